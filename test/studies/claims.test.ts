import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect } from "chai";
import { type ClaimRow, claim, claims, studies } from "chalk-and-tape/studies";
import { type ClaimDefinition, claimDefinitions, claimRow, combined, lessonTitles } from "#internal/studies";
import { root } from "../house/source.ts";
import { lessons } from "../notebooks/lessons.ts";
import { claimsFiles } from "./claims-files.ts";

const written: readonly ClaimRow[] = JSON.parse(readFileSync(join(root, "studies/claims.json"), "utf8"));
const verdictWords = ["holds", "holds within limits", "not seen here", "not measurable here"];

/** One sentence for each claim that names a study which does not name it back, and the other way round. */
function unpaired(
  table: readonly Pick<ClaimDefinition, "id" | "evidence">[],
  all: readonly { readonly name: string; readonly claims: readonly string[] }[],
): string[] {
  const named = table.flatMap(({ id, evidence }) =>
    evidence.kind === "measured" ? evidence.studies.map((study) => `${id} by ${study}`) : [],
  );
  const measured = all.flatMap(({ name, claims }) => claims.map((id) => `${id} by ${name}`));
  return [
    ...named.filter((pair) => !measured.includes(pair)).map((pair) => `only the table says ${pair}`),
    ...measured.filter((pair) => !named.includes(pair)).map((pair) => `only the study says ${pair}`),
  ];
}

/** What is wrong with a row: one sentence each. */
function rowProblems({ id, kind, verdict, sentence, runs, statement, correctedSlide }: ClaimRow): string[] {
  const problems: string[] = [];
  if (!verdictWords.includes(verdict)) problems.push(`${id}: verdict ${verdict}`);
  if (runs.length === 0) problems.push(`${id}: no run`);
  for (const { seeds, date, command, numbers } of runs) {
    if (kind === "measured" && !(seeds !== null && seeds >= 5)) problems.push(`${id}: ${seeds} seeds`);
    if (kind !== "computed" && !/^20\d\d-\d\d-\d\d$/.test(date ?? "")) problems.push(`${id}: no date`);
    if (kind !== "dated" && command === null) problems.push(`${id}: no command`);
    if (kind !== "dated" && Object.keys(numbers).length === 0) problems.push(`${id}: no numbers`);
  }
  for (const text of [statement, sentence, correctedSlide ?? "."])
    if (!/[.!?]$/.test(text)) problems.push(`${id}: “${text}” is no sentence`);
  return problems;
}

describe("the lecture's claims", () => {
  it("what `npm run claims` writes is what is committed", () => {
    for (const [path, text] of Object.entries(claimsFiles(claimDefinitions.map(claimRow))))
      expect(readFileSync(join(root, path), "utf8"), `${path}: run npm run claims`).to.equal(text);
  });
  it("every study's claims are in the table, which names the studies of each", () => {
    expect(unpaired(claimDefinitions, Object.values(studies)).join("\n")).to.equal("");
  });
  it("every row has one of four verdicts, 5 seeds or more when measured, a date and a command", () => {
    expect(written.flatMap(rowProblems).join("\n")).to.equal("");
  });
  it("every id is there once", () => {
    const ids = claimDefinitions.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).to.deep.equal([]);
    expect(written.map(({ id }) => id)).to.deep.equal(ids);
  });
  it("lessons are called by the titles that they have", () => {
    for (const [number, title] of Object.entries(lessonTitles)) {
      const lesson = lessons.find(({ name }) => name.startsWith(number));
      const [first] = lesson?.cells ?? [];
      expect(first?.text.split("\n")[0]).to.equal(`# ${title}`);
    }
  });
  it("no sentence has a hole: nothing undefined, no NaN, no empty list", () => {
    for (const { id, runs } of claims())
      for (const { sentence } of runs)
        expect(sentence, id).to.not.match(/undefined|null|(?<!= )NaN| of \.|: ;|0 of 0/);
  });
  it("a lecture's name, a person or a university is nowhere", () => {
    for (const [path, text] of Object.entries(claimsFiles(written)))
      if (path !== "README.md") expect(text, path).to.not.match(/university|institute|kaist|prof\.|coe ?\d/i);
  });
  it("the few words for the picture fit their column", () => {
    const drawn = claimDefinitions.filter(({ evidence }) => evidence.kind === "measured");
    expect(drawn.filter(({ short }) => short.length > 52).map(({ id }) => id)).to.deep.equal([]);
  });
  it("the picture says each verdict in words", () => {
    const picture = claimsFiles(written)["docs/claims.svg"] ?? "";
    for (const { kind, short, verdict } of written)
      if (kind === "measured") {
        const escaped = short.replaceAll("'", "&#39;");
        expect(picture).to.match(
          new RegExp(`>${verdict}</text><text[^>]*>${escaped.replace(/[()]/g, ".")}<`),
        );
      }
  });
});

describe("claim", () => {
  it("gives the row, which shows itself as text and HTML", () => {
    const row = claim("depth-capacity");
    expect(row).to.deep.equal(written.find(({ id }) => id === "depth-capacity"));
    const shown = inspect(row);
    expect(shown).to.contain(row.statement).and.to.contain(row.verdict);
    expect(shown).to.contain("npx chalk-and-tape study depth-vs-width").and.to.contain(row.runs[0]?.date);
    const display: unknown = Reflect.get(row, Symbol.for("Jupyter.display"));
    const bundle = typeof display === "function" ? display.call(row) : {};
    expect(bundle["text/html"]).to.contain("<code>npx chalk-and-tape study sawtooth</code>");
    expect(bundle["text/plain"]).to.equal(shown);
    expect(claims()).to.have.length(written.length);
  });
  it("of another id: the nearest", () => {
    expect(() => claim("depth-capacty")).to.throw(RangeError, 'Did you mean "depth-capacity"?');
  });
});

describe("claims", () => {
  it("of a lesson: its own, which show themselves together", () => {
    const own = claims({ lesson: "06" });
    expect(own).to.deep.equal(written.filter(({ lesson }) => lesson === "06"));
    const display: unknown = Reflect.get(own, Symbol.for("Jupyter.display"));
    const bundle = typeof display === "function" ? display.call(own) : {};
    for (const { statement } of own) {
      expect(bundle["text/html"]).to.contain(statement);
      expect(inspect(own)).to.contain(statement);
    }
    expect(own.length).to.be.within(1, written.length - 1);
  });
  it("of lesson 06: two claims of one study do not tell the same, nor a second data set what the first told", () => {
    const told = claims({ lesson: "06" }).flatMap(({ runs }) => runs);
    const sentences = told.flatMap(({ sentence }) => sentence.split(/\.(?= [A-Z])/));
    const long = sentences.filter((sentence) => /\[.*\[/.test(sentence));
    expect(long).to.have.length.at.least(8);
    expect(long.filter((sentence, i) => long.indexOf(sentence) !== i)).to.deep.equal([]);
    const onMnist = told.filter(({ sentence }) => sentence.startsWith("On MNIST"));
    expect(onMnist.filter(({ sentence }) => sentence.includes("spirals"))).to.deep.equal([]);
  });
  it("of a lesson without claims: the lessons that have some", () => {
    expect(() => claims({ lesson: "6" })).to.throw(RangeError, 'lesson is "6"; expected one of 01, ');
  });
});

describe("the tests of the claims themselves", () => {
  const finding = (verdict: ClaimRow["verdict"]) => ({ verdict, sentence: "So." });
  it("several findings: the verdict on which all agree, else limits", () => {
    expect(combined([finding("holds"), finding("holds")]).verdict).to.equal("holds");
    expect(combined([finding("holds"), finding("not seen here")]).verdict).to.equal("holds within limits");
    expect(combined([finding("holds"), finding("not measurable here")]).verdict).to.equal("holds");
    expect(combined([finding("not measurable here")]).verdict).to.equal("not measurable here");
    expect(() => combined([])).to.throw(RangeError, "no findings");
  });
  it("catch a claim without its study, and a study without its claim", () => {
    const evidence = { kind: "measured", studies: ["circles"] } as const;
    const study = { name: "circles", claims: ["width-helps"] };
    expect(unpaired([{ id: "width-helps", evidence }], [study])).to.deep.equal([]);
    expect(unpaired([], [study])).to.deep.equal(["only the study says width-helps by circles"]);
    expect(unpaired([{ id: "width-helps", evidence }], [])).to.have.length(1);
  });
  it("catch four seeds, another verdict and a missing date", () => {
    const row = claim("width-helps");
    const runs = row.runs.map((run) => ({ ...run, seeds: 4, date: null }));
    expect(rowProblems(row)).to.deep.equal([]);
    expect(rowProblems({ ...row, runs })).to.deep.equal(["width-helps: 4 seeds", "width-helps: no date"]);
    expect(rowProblems({ ...row, verdict: "true" as ClaimRow["verdict"] })).to.have.length(1);
  });
  it("a claim whose study has no result: the writer says which", () => {
    const evidence = { kind: "measured", studies: ["circle"] } as const;
    const [first] = claimDefinitions;
    if (first) expect(() => claimRow({ ...first, evidence })).to.throw(RangeError, 'Did you mean "circles"?');
  });
});
