import { expect } from "chai";
import { cases, check } from "chalk-and-tape/compare";
import type { Cause } from "./index.ts";
import { zoo } from "./index.ts";
import { mutate } from "./mutate.ts";
import { mutators, stepMutators } from "./mutators.ts";
import { type Tally, tally } from "./tally.ts";

describe("the bug zoo", () => {
  it("has at least 40 entries, each with a name of its own, a reason and a fix", () => {
    expect(zoo.length).to.be.at.least(40);
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

  it("has an entry for each cause that a diagnosis may name", () => {
    const causes: Record<Cause, true> = {
      "factor N": true,
      "factor 1/N": true,
      "factor 2": true,
      sign: true,
      transposed: true,
      "not summed": true,
      mask: true,
      "permuted rows": true,
      "upstream ignored": true,
      zero: true,
      "stale cache": true,
      accumulated: true,
      other: true,
    };
    const shown = new Set(zoo.map(({ cause }) => cause));
    expect(Object.keys(causes).filter((cause) => !shown.has(cause as Cause))).to.deep.equal([]);
  });

  it("holds wrong backwards, not wrong forwards", () => {
    for (const { id, name, student } of zoo) {
      const { rows } = check(name, student, { quiet: true, directional: name === "Mlp" });
      const wrong = rows.filter((row) => row.quantity === "forward" && row.verdict !== "agree");
      expect(wrong, id).to.deep.equal([]);
    }
  });
});

describe("the checker is checked", () => {
  const three = tally({ seeds: [0, 1, 2], everyParameter: false, everyMutantOfMlp: false });
  const ours = (table: Record<string, Tally>): [string, Tally][] =>
    Object.entries(table).filter(([key]) => key.endsWith("ours"));
  const missed = (table: Record<string, Tally>): string[] =>
    ours(table).flatMap(([key, t]) => t.missed.map((where) => `${key}: ${where}`));

  it("every entry of the zoo is caught at three seeds", () => {
    expect(missed(three.zoo)).to.deep.equal([]);
    expect(ours(three.zoo).map(([, t]) => t.tried)).to.deep.equal(zoo.map(() => 3));
  });

  it("every mutation of every gradient is caught at three seeds, and each mutator changes something", () => {
    expect(missed(three.mutants)).to.deep.equal([]);
    expect(ours(three.mutants)).to.have.length(mutators.length);
    for (const [key, t] of ours(three.mutants)) expect(t.tried, key).to.be.above(5);
  });

  it("no right class is called wrong at three seeds, by PyTorch's rule and CS231n's neither, but at a kink", () => {
    const alarms = Object.entries(three.right).map(([key, t]) => [key, t.caught]);
    expect(Object.fromEntries(alarms)).to.deep.equal({
      ours: 0,
      torch: 0,
      cs231n: 0,
      "torch at a kink": 3,
      "cs231n at a kink": 3,
    });
  });

  it("a mutant that changes nothing is none: one row permuted, a mean that is 0", () => {
    const one = cases.find(({ what }) => what === "one sample");
    const ce = cases.find(({ what }) => what === "class indices, mean");
    const [permuted, mean] = ["rows-permuted", "row-mean-subtracted"].map((id) =>
      mutators.find((m) => m.id === id),
    );
    if (!one || !ce || !permuted || !mean) throw new Error("the table has changed");
    for (const [row, mutator, reason] of [
      [one, permuted, "one row has one order"],
      [ce, mean, null],
    ] as const) {
      const mutant = mutate(row, "x", mutator);
      const report = check(row.name, class {} as never, { quiet: true }).failed;
      expect(report).to.be.above(0);
      expect(mutant.changed()).to.equal(false);
      expect(mutant.skipped()).to.equal(reason === null ? null : mutant.skipped());
    }
    expect(stepMutators).to.have.length(5);
  });
});
