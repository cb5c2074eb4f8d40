import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { array } from "chalk-and-tape/np";
import type { GradedCheck, Question, SubmissionResult } from "#internal/grader";
import { ResultFiles, vivaKinds, vivaOf, vivaQuestions, vivaText } from "#internal/grader";
import { anna, ben, clara, edition } from "./small-homework.ts";

const check = (more: Partial<GradedCheck>): GradedCheck => ({
  ...{ id: "t2-bias", task: 2, title: "db is the sum over the batch", points: 2, isHidden: false },
  ...{ share: 1, state: "passed", advice: null, cause: null, ...more },
});
const failed = check({
  ...{ share: 0, state: "failed", cause: "extra factor" },
  advice: { where: "db: 3 of 3 differ", what: "found = expected / 4", cure: "drop the division" },
});
const resultOf = (
  checks: readonly GradedCheck[],
  more: Partial<SubmissionResult> = {},
): SubmissionResult => ({
  ...{
    assignment: "hw9",
    student: "ada",
    attempt: 1,
    handedIn: null,
    source: "",
    state: "graded",
    reason: "",
  },
  ...{ checks, score: 0, of: 2, essays: {}, hints: [], wall: "", grader: "", noise: "" },
  ...more,
});

/** The question of one kind about a line of code within a function. */
function asked(kind: string, code: string): Question | undefined {
  const text = `export function f() {\n${code}\n}\n`;
  for (let salt = 0; salt < 12; salt++) {
    const found = vivaQuestions(`${text}// ${salt}`, null, "").find((one) => one.kind === kind);
    if (found) return found;
  }
  return undefined;
}
const numbers = (text: string) => JSON.parse(text.match(/\[\[.*\]\]/)?.[0] ?? "null") as number[][];
const captured = (asked: Question | undefined, pattern: RegExp): number[] =>
  (pattern.exec(asked?.question ?? "") ?? []).slice(1).map(Number);

describe("questions for a viva", () => {
  /** A kind, code that gives reason to ask, and code that looks alike and gives none. */
  const cases: Readonly<Record<string, readonly [string, string]>> = {
    "axis of a sum": ["return dy.sum(0);", "return dy.sum();"],
    transpose: ["return x.T.matmul(dy);", "return x.TT;"],
    "axis that stays": ["return z.max(1, true);", "return z.max(1);"],
    reshape: ["return x.reshape(-1, 4);", "return reshape;"],
    "order of a product": ["return matmul(x, W);", "return x.mul(W);"],
    "repeated bias": ["return x.add(this.bias);", "return x.add(y);"],
    "minus the target": ["return p.sub(oneHot);", "return p.sub(q);"],
    mask: ["return x.greater(0).mul(dy);", "return x.greater(y);"],
    "division by N": ["return d.div(n);", "return d.div(s);"],
    "sign of the update": ["w -= lr * g;", "w -= g;"],
    overflow: ["return exp(z.sub(m));", "return expm1(z);"],
    "order of a loop": ["for (let i = n - 1; i >= 0; i--) g(i);", "for (const i of n) g(i);"],
    accumulation: ["x.grad += dy;", "x.grad = dy;"],
    "loop or array operation": ["for (let i = 0; i < n; i++) g(i);", "for (const i of n) g(i);"],
  };
  it("cover every kind here", () => {
    expect(Object.keys(cases)).to.have.members(vivaKinds.map(({ kind }) => kind));
  });
  for (const [kind, [reason, none]] of Object.entries(cases))
    it(`ask about ${kind}: \`${reason}\`, and not about \`${none}\``, () => {
      const question = asked(kind, reason);
      expect(question?.line).to.equal(2);
      expect(question?.question).to.match(/\d/);
      expect(question?.answer).to.have.length.above(20);
      expect(asked(kind, none)).to.equal(undefined);
    });

  it("have answers whose numbers are right", () => {
    const sum = asked("axis of a sum", "return dy.sum(0);");
    const x = array(numbers(sum?.question ?? ""));
    const text = (values: unknown) => JSON.stringify(values).replaceAll(",", ", ");
    expect(sum?.answer)
      .to.match(/^\[/)
      .and.to.include(`${text(x.sum(0).tolist())}. sum(1) gives ${text(x.sum(1).tolist())}`);
    const bias = asked("repeated bias", "return y.add(b);");
    const [top = [], ...others] = numbers(bias?.question ?? "");
    const total = top.map((first, i) => others.reduce((s, row) => s + (row[i] as number), first));
    expect(bias?.answer).to.include(`adds the rows: ${text(total)}.`);
    const step = asked("sign of the update", "return w.sub(g.mul(lr));");
    const [w, g, lr] = captured(
      step,
      /weight is (-?[\d.]+), its gradient (-?[\d.]+), the learning rate (\d\.\d)/,
    );
    const after = Number(step?.answer.match(/= (-?[\d.]+)\./)?.[1]);
    expect(after).to.be.closeTo((w as number) - (lr as number) * (g as number), 1e-4);
    const turned = asked("transpose", "return x.T.matmul(dy);");
    const [rows, columns, i, j] = captured(turned, /shape \((\d), (\d)\).*element \[(\d), (\d)\]/);
    expect(turned?.answer).to.include(`Shape (${columns}, ${rows}); at [${j}, ${i}].`);
    const moved = asked("reshape", "return x.reshape(2, 6);");
    const [r, c] = captured(moved, /element \[(\d), (\d)\]/);
    const place = array(Array.from({ length: 12 }, (_, k) => k))
      .reshape(3, 4)
      .item(r as number, c as number);
    expect(moved?.answer).to.include(
      `number ${place} in row order, so it lands at [${Math.floor(place / 6)}, ${place % 6}]`,
    );
  });
  it("are three, of three kinds, about the student's own lines", () => {
    for (const source of [anna, ben, clara]) {
      const questions = vivaQuestions(source, null, edition);
      expect(new Set(questions.map(({ kind }) => kind)).size).to.equal(3);
      const lines = source.split("\n");
      for (const { line, code } of questions) {
        const near = lines.slice((line as number) - 1, (line as number) + 2).join(" ");
        expect(near).to.include(code.split(".").at(-1)?.split("(")[0]);
        expect(edition, code).to.not.include(code);
      }
    }
  });
  it("are the same for the same text, and differ from student to student", () => {
    expect(vivaQuestions(anna, null, edition)).to.deep.equal(vivaQuestions(anna, null, edition));
    const sets = [0, 1, 2, 3, 4, 5].map((i) =>
      JSON.stringify(vivaQuestions(`${anna}// ${i}`, null, edition)),
    );
    expect(new Set(sets).size).to.equal(6);
  });
  it("hold the numbers of a check that failed", () => {
    const questions = vivaQuestions(anna, resultOf([check({ id: "t1" }), failed]), edition);
    expect(questions.map(({ kind }) => kind).filter((kind) => kind === "failed check")).to.have.length(1);
    expect(questions[2]?.question).to.include("db: 3 of 3 differ; found = expected / 4");
    expect(questions[2]?.answer).to.include("extra factor").and.to.include("drop the division");
  });
  it("fall back to the checks where the file holds nothing but the edition", () => {
    const more = check({ id: "t1", title: "the layer forward" });
    const kinds = vivaQuestions(edition, resultOf([more, failed, { ...failed, id: "t3" }]), edition).map(
      ({ kind }) => kind,
    );
    expect(kinds.slice(0, 2)).to.deep.equal(
      ["failed check", "failed check"].slice(0, 1).concat(kinds[1] as string),
    );
    expect(kinds).to.have.length(3);
    expect(vivaQuestions(edition, null, edition)).to.deep.equal([]);
    expect(vivaQuestions(edition, null, ""), "the same text as a student's own").to.not.deep.equal([]);
  });
  it("of a file that is not gradable are about the reason, and do not parse it", () => {
    const brackets = "(".repeat(200_000); // ends the process of a parser
    const result = resultOf([], { state: "not gradable", reason: "line 3: unexpected token" });
    const [only, ...others] = vivaQuestions(brackets, result, edition);
    expect([only?.code, others]).to.deep.equal(["line 3: unexpected token", []]);
  });
  it("hold nothing that a terminal obeys", () => {
    const evil = 'export function f(x) {\n  return x["\u001b[2J\u202e"].sum(0);\n}\n';
    const text = vivaText("ada", "hw9", vivaQuestions(evil, null, ""));
    expect(text).to.include(".sum(0)");
    expect(
      [...text].filter((letter) => (letter < " " && letter !== "\n") || letter === "\u202e"),
    ).to.deep.equal([]);
  });
  it("print as numbered text with answers", () => {
    const text = vivaText("ada", "hw9", vivaQuestions(anna, resultOf([failed]), edition));
    expect(text).to.match(/^hw9, ada: .*\n\n1\. line \d+: .*\n {3}\(.*\)\n {3}.*\n {3}Answer: .*\n\n2\. /);
    expect(text).to.include("3. t2-bias: db is the sum over the batch\n   (failed check)");
  });
});

describe("homework viva", () => {
  const out = mkdtempSync(join(tmpdir(), "viva-"));
  after(() => rmSync(out, { recursive: true }));
  before(async () => {
    const files = new ResultFiles(out);
    await files.write(resultOf([failed], { assignment: "hw1", student: "a/b" }));
    await files.writeSource("a/b", anna);
  });
  it("asks the student of a grading run about the frozen file", () => {
    expect(vivaOf("a/b", out))
      .to.match(/^hw1, a\/b: /)
      .and.to.match(/\n1\. line \d+: /)
      .and.to.include("3. t2-bias");
  });
  it("refuses an unknown student and a folder without results", () => {
    expect(() => vivaOf("a/c", out)).to.throw(RangeError, /unknown student "a\/c".*a\/b/);
    expect(() => vivaOf("a/b", join(out, "sources"))).to.throw(RangeError, /results/);
  });
});
