import { expect } from "chai";
import { cases, check } from "chalk-and-tape/compare";
import { type CheckReport, formatReport } from "chalk-and-tape/gradcheck";
import { causeInWords, type ZooEntry, zoo } from "./index.ts";

/** The row that must fail has failed, and says why. */
function expectCaught(report: CheckReport, { quantity, says }: ZooEntry["expects"]): void {
  const wrong = report.rows.filter((row) => row.verdict !== "agree");
  expect(wrong.length, "rows that failed").to.equal(report.failed).and.to.be.above(0);
  const caught = wrong.filter((row) => row.quantity === quantity);
  expect(caught.map(({ diagnosis }) => diagnosis).join("\n"), formatReport(report)).to.match(
    new RegExp(says.source, "m"),
  );
  expect(formatReport(report)).to.contain("✗").and.to.contain("checks failed");
}

/** The rows written by hand: an entry has to be caught by one of them. */
function byHand(name: string): readonly string[] | "all" {
  const rows = cases.filter((row) => row.name === name && !row.drawn).map(({ what }) => what);
  return rows.length > 0 ? rows : "all"; // a schedule has rows of its own
}

describe("the bug zoo", () => {
  /** What the check says of an entry, asked once. */
  const reports = new Map<string, CheckReport>();
  const reportOf = ({ id, name, student }: ZooEntry): CheckReport => {
    const report = reports.get(id) ?? check(name, student, { quiet: true, rows: byHand(name) });
    reports.set(id, report);
    return report;
  };

  for (const entry of zoo) {
    const { name, what, expects } = entry;
    it(`not ${name}, ${what}: ${expects.quantity} catches it`, () => {
      expectCaught(reportOf(entry), expects);
    });
  }

  it("has at least 90 entries, each with a name of its own, a reason and a fix", () => {
    expect(zoo.length).to.be.at.least(90);
    expect(new Set(zoo.map(({ id }) => id)).size).to.equal(zoo.length);
    for (const { id, what, why, fix } of zoo) {
      expect(id).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      for (const text of [what, why, fix]) expect(text, id).to.match(/^[^\n]{3,120}$/);
    }
  });

  it("stands in for every class of the case table", () => {
    const covered = new Set(zoo.map(({ name }) => name));
    expect([...new Set(cases.map(({ name }) => name))].filter((name) => !covered.has(name))).to.deep.equal(
      [],
    );
  });

  it("has an entry for each cause, and the diagnosis of every entry names its cause", () => {
    const causes = Object.keys(causeInWords);
    expect(causes.filter((cause) => !zoo.some((entry) => entry.cause === cause))).to.deep.equal([]);
    const unnamed = zoo.filter((entry) => {
      const { cause } = entry;
      if (cause === "other") return false;
      return !reportOf(entry).rows.some(
        (row) =>
          row.verdict !== "agree" && (row.cause === cause || causeInWords[cause]?.test(row.diagnosis ?? "")),
      );
    });
    expect(unnamed.map(({ id }) => id)).to.deep.equal([]);
  });

  it("holds wrong backwards, not wrong forwards", () => {
    for (const entry of zoo) {
      const wrong = reportOf(entry).rows.filter(
        (row) => row.quantity === "forward" && row.verdict !== "agree",
      );
      expect(wrong, entry.id).to.deep.equal([]);
    }
  });
});
