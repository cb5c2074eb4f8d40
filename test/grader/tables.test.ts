import { expect } from "chai";
import { parse } from "csv-parse/sync";
import {
  type Additions,
  classCsv,
  daysLate,
  type GradedCheck,
  gradesCsv,
  hoursLate,
  lateRuleFrom,
  marksOf,
  penaltyOf,
  type RosterEntry,
  readOverrides,
  readRoster,
  readRubric,
  type StudentMark,
  type SubmissionResult,
} from "#internal/grader";
import { Scratch, secret, tiny } from "./tiny.ts";

const scratch = new Scratch();
after(() => scratch.remove());

function result(
  student: string,
  shares: readonly number[],
  more: Partial<SubmissionResult> = {},
): SubmissionResult {
  const all = [...tiny.assignment.checks, ...tiny.hidden];
  const checks = all.map(({ id, task, title, points }, i): GradedCheck => {
    const share = shares[i] ?? 0;
    const state = share === 1 ? "passed" : "failed";
    return { id, task, title, points, share, state, advice: null, cause: null, isHidden: i > 1 };
  });
  const score = checks.reduce((sum, { points, share }) => sum + points * share, 0);
  return {
    assignment: "tiny",
    student,
    attempt: 1,
    handedIn: null,
    source: "aa",
    state: "graded",
    reason: "",
    checks,
    score,
    of: 9,
    essays: {},
    hints: [],
    wall: "test",
    grader: "test",
    noise: "",
    ...more,
  };
}

function entry(student: string, more: Partial<RosterEntry> = {}): RosterEntry {
  return { student, firstName: "", lastName: "", email: "", file: "", extension: 0, handedIn: null, ...more };
}

const late = lateRuleFrom("10% per day, at most 3");
const due = "2026-03-01T12:00:00Z";
const refused = result("ned", [], {
  state: "not gradable",
  reason: "tiny.ts is missing",
  checks: [],
  score: 0,
});

describe("late work", () => {
  it("reads the rule", () => {
    expect(late).to.deep.equal({ percent: 10, mostDays: 3 });
    expect(lateRuleFrom("2.5 % per day")).to.deep.equal({ percent: 2.5, mostDays: Number.POSITIVE_INFINITY });
    for (const text of ["10%", "110% per day", "-1% per day", "10% per hour", ""])
      expect(() => lateRuleFrom(text), text).to.throw(RangeError, "per day");
  });
  it("counts each day that has begun, after the student's own extension", () => {
    expect(hoursLate("2026-03-01T12:00:00Z", due, 0)).to.equal(0);
    expect(hoursLate("2026-03-01T13:00:00Z", due, 0)).to.equal(1);
    expect(hoursLate("2026-03-03T13:00:00Z", due, 48)).to.equal(1);
    expect(hoursLate("2026-03-03T12:00:00Z", due, 48)).to.equal(0);
    expect(hoursLate(null, due, 0)).to.equal(0);
    expect([0, 0.1, 24, 24.1, 500].map((hours) => daysLate(hours, late))).to.deep.equal([0, 1, 1, 2, 3]);
    expect(penaltyOf(8, 25, late)).to.equal(1.6);
    expect(penaltyOf(8, 1e6, lateRuleFrom("60% per day"))).to.equal(8);
  });
});

describe("the marks of a class", () => {
  const marks = (results: readonly SubmissionResult[], additions: Additions): Record<string, StudentMark> =>
    Object.fromEntries(marksOf(results, tiny, additions).map((mark) => [mark.student, mark]));

  it("adds checks and texts, and takes off for late work", () => {
    const at = "2026-03-02T13:00:00Z";
    const rubric = [{ student: "ada", essay: "answers.why", points: 1, comment: "good" }];
    const { ada, bob } = marks([result("ada", [1, 1, 0.5], { handedIn: at }), result("bob", [1, 0, 0])], {
      rubric,
      due,
      late,
    });
    expect([ada?.raw, ada?.penalty, ada?.score]).to.deep.equal([9, 1.8, 7.2]);
    expect(ada?.changes).to.deep.equal([{ text: "2 days late, 10 % for each", points: -1.8 }]);
    expect([bob?.raw, bob?.score, bob?.essays.size]).to.deep.equal([4, 4, 0]);
    expect(
      marks([result("ada", [1, 1, 0.5], { handedIn: at })], {
        due,
        late,
        roster: [entry("ada", { extension: 25 })],
      }).ada?.score,
    ).to.equal(8);
  });
  it("lets a person decide a check, or the total after everything", () => {
    const results = [result("ada", [1, 0, 0], { handedIn: "2026-03-02T11:00:00Z" })];
    const one = { student: "ada", check: "halves", points: 2, reason: "right in another way" };
    const total = { student: "ada", check: "total", points: 9.5, reason: "illness" };
    const { ada } = marks(results, { overrides: [one], due, late });
    expect([ada?.raw, ada?.score]).to.deep.equal([6, 5.4]);
    const both = marks(results, { overrides: [one, total], due, late }).ada;
    expect([both?.raw, both?.score]).to.deep.equal([6, 9.5]);
    expect(both?.changes.map(({ text }) => text)).to.deep.equal([
      "override of halves: right in another way",
      "1 day late, 10 % for each",
      "override of the total: illness",
    ]);
    expect(both?.changes.reduce((sum, { points }) => sum + points, results[0]?.score ?? 0)).to.be.closeTo(
      9.5,
      1e-9,
    );
  });
  it("decides no points where nothing could be graded, unless a person does", () => {
    const all = marksOf([result("ada", [1, 1, 1]), refused], tiny, { roster: [entry("zoe"), entry("ada")] });
    expect(all.map(({ student, state, score }) => [student, state, score])).to.deep.equal([
      ["ned", "not gradable", null],
      ["zoe", "missing", null],
      ["ada", "graded", 9],
    ]);
    const overrides = [{ student: "ned", check: "total", points: 5, reason: "saw it run" }];
    expect(marks([refused], { overrides }).ned?.score).to.equal(5);
  });
  it("refuses decisions about nobody, and about nothing", async () => {
    expect(() =>
      marksOf([refused], tiny, { overrides: [{ student: "nedd", check: "total", points: 1, reason: "x" }] }),
    ).to.throw(RangeError, "nedd");
    const tried = async (text: string, read = readOverrides): Promise<string> =>
      read(scratch.write("o.csv", text), tiny).then(
        (all) => JSON.stringify(all),
        (error: Error) => `${error.constructor.name}: ${error.message}`,
      );
    expect(await tried("student,check,points,reason\nada,halfs,1,x")).to.match(
      /RangeError: .*line 2.*halves/,
    );
    expect(await tried("student,check,points,reason\nada,halves,4,x")).to.contain(
      "points is 4, expected 0 … 3",
    );
    expect(await tried("student,check,points,reason\nada,halves,,x")).to.contain("expected a number");
    expect(await tried("student,check,points,reason\nada,halves,1,")).to.contain("reason is missing");
    expect(await tried("student,check,points,reason\nada,halves,1,x\nada,halves,2,y")).to.contain("twice");
    expect(await tried("student,check,points\nada,halves,1")).to.contain("column reason is missing");
    expect(await tried("student,check,points,reason,extra\na,halves,1,x,y")).to.contain("unknown column");
    expect(await tried("\uFEFFStudent,check,points,reason\nada,total,11.5,bonus")).to.contain(
      '"points":11.5',
    );
    const rubric = readRubric as unknown as typeof readOverrides;
    expect(await tried("student,essay,points\nada,answers.why,2", rubric)).to.contain("0 … 1");
    expect(await tried("student,essay,points\nada,why,1", rubric)).to.contain("answers.why");
    const roster = scratch.write("r.csv", "student\nada\nada\n");
    expect(await readRoster(roster).catch((error: Error) => error.message)).to.contain("twice");
  });
});

describe("the tables", () => {
  const roster = [entry("=1+1", { firstName: "@sum", lastName: "-2", email: "+3" }), entry("zoe")];
  const results = [
    result("ada", [1, 0.5, 1], { handedIn: "2026-03-02T13:00:00Z", notes: ['a, "b"\nc'] }),
    result("=1+1", [1, 1, 1]),
    refused,
  ];
  const all = marksOf(results, tiny, { roster, due, late });

  it("grades.csv has nbgrader's columns, field by field", async () => {
    const text = await gradesCsv(all, tiny, due);
    expect(text.split("\n")[0]).to.equal(
      "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score",
    );
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows.find((row) => row.student_id === "ada")).to.deep.equal({
      assignment: "tiny",
      duedate: "2026-03-01 12:00:00",
      timestamp: "2026-03-02 13:00:00",
      student_id: "ada",
      last_name: "",
      first_name: "",
      email: "",
      raw_score: "7.5",
      late_submission_penalty: "1.5",
      score: "6.0",
      max_score: "10.0",
    });
    const of = (student: string): string[] => {
      const { raw_score, late_submission_penalty, score } =
        rows.find((row) => row.student_id === student) ?? {};
      return [raw_score ?? "?", late_submission_penalty ?? "?", score ?? "?"];
    };
    expect(of("zoe")).to.deep.equal(["0.0", "0.0", "0.0"]);
    expect(of("ned")).to.deep.equal(["", "", ""]);
    expect(rows.map(({ student_id }) => student_id)).to.deep.equal(["'=1+1", "ada", "ned", "zoe"]);
  });
  it("no field is a formula, in either table", async () => {
    for (const text of [await gradesCsv(all, tiny, due), await classCsv(all, tiny)]) {
      const fields = (parse(text) as string[][]).flat();
      expect(fields.filter((field) => /^[=+\-@\t\r]/.test(field))).to.deep.equal([]);
      expect(fields).to.include.members(["'=1+1"]);
    }
  });
  it("the class table has what is not gradable first, points by check, and what people should know", async () => {
    const rows = parse(await classCsv(all, tiny), { columns: true }) as Record<string, string>[];
    expect(rows.map(({ student, state }) => `${student} ${state}`)).to.deep.equal([
      "ned not gradable",
      "zoe missing",
      "'=1+1 graded",
      "ada graded",
    ]);
    expect(rows[0]).to.include({ reason: "tiny.ts is missing", raw: "", score: "", doubles: "" });
    expect(rows[3]).to.include({
      doubles: "4",
      halves: "1.5",
      large: "2",
      raw: "7.5",
      penalty: "1.5",
      score: "6",
    });
    expect(rows[3]?.notes).to.contain('a, "b"\nc').and.to.contain("answers.why is not graded yet");
  });
  it("with pseudonyms it has no id, no name and no place, and they stay the same", async () => {
    const text = await classCsv(all, tiny, secret);
    const fields = (parse(text) as string[][]).flat();
    for (const word of ["ada", "ned", "zoe", "1+1", "sum", "tiny.ts"])
      expect(
        fields.filter((field) => field.split(/[^a-z0-9.+]/).includes(word)),
        word,
      ).to.deep.equal([]);
    const ids = (parse(text, { columns: true }) as Record<string, string>[]).map(({ student }) => student);
    expect(new Set(ids).size).to.equal(4);
    expect(ids).to.deep.equal([...ids].sort());
    const [alone] = parse(await classCsv(marksOf([result("ada", [1])], tiny, {}), tiny, secret), {
      columns: true,
    }) as Record<string, string>[];
    expect(ids).to.include(alone?.student);
    expect(await classCsv(all, tiny, secret.replaceAll("0", "f"))).to.not.contain(alone?.student);
  });
  it("the same results in another order give the same bytes", async () => {
    const other = marksOf([...results].reverse(), tiny, { roster: [...roster].reverse(), due, late });
    expect(await classCsv(other, tiny)).to.equal(await classCsv(all, tiny));
    expect(await gradesCsv(other, tiny, due)).to.equal(await gradesCsv(all, tiny, due));
  });
});
