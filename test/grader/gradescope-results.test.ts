import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type GradedCheck, gradescopeResults, readMetadata, type SubmissionResult } from "#internal/grader";
import type { Assignment } from "#internal/homework";

const assignment: Assignment = {
  ...{ id: "hw9", title: "Layers", points: 20, hours: 1, hints: "where", tasks: [], checks: [], hidden: 1 },
  essays: [{ id: "width", task: 1, points: 5, title: "Why?", rubric: [] }],
  credit: { "extra factor": 0.5 },
};
const check: GradedCheck = {
  ...{ id: "t1", task: 1, title: "dW is xᵀ dy", points: 4, share: 1, state: "passed", advice: null },
  ...{ cause: null, isHidden: false },
};
const failed: GradedCheck = {
  ...{ ...check, share: 0.5, state: "failed", cause: "extra factor" },
  advice: { where: "db: 3 of 3 differ", what: "SECRET", cure: "SECRET" },
};
const result: SubmissionResult = {
  ...{
    assignment: "hw9",
    student: "ada",
    attempt: 1,
    handedIn: null,
    source: "ab",
    state: "graded",
    reason: "",
  },
  checks: [
    check,
    failed,
    { ...failed, task: 2, isHidden: true, advice: { where: "SECRET", what: "SECRET", cure: "SECRET" } },
    {
      ...check,
      task: 2,
      state: "skipped",
      share: 0,
      advice: { where: "skipped: it needs t1", what: "", cure: "" },
    },
  ],
  ...{ score: 8, of: 16, essays: {}, hints: [], wall: "bubblewrap", grader: "g", noise: "SECRET" },
};
const none = { student: "ada", attempt: 3, handedIn: null, due: null, minutesLate: 0 };

describe("results.json", () => {
  const results = gradescopeResults(result, assignment, none, "Isolated by X.");
  it("has a test for each check, with points, state, number and visibility", () => {
    const shown = results.tests.map(({ number, score, max_score, status, visibility }) => [
      number,
      score,
      max_score,
      status,
      visibility,
    ]);
    expect(shown).to.deep.equal([
      ["1.1", 4, 4, "passed", "visible"],
      ["1.2", 2, 4, "failed", "visible"],
      ["2.1", 2, 4, "failed", "after_published"],
      ["2.2", 0, 4, "failed", "visible"],
    ]);
    expect(results.score).to.equal(8);
  });
  it("says as much as the assignment gives away, and of a hidden check nothing", () => {
    expect(results.tests.map(({ output }) => output)).to.deep.equal([
      "",
      'db: 3 of 3 differ\nPartial credit: the cause is "extra factor", for which this assignment gives 50 % of 4 points.',
      "A hidden check shows only how it ended.",
      "skipped: it needs t1",
    ]);
    expect(JSON.stringify(results)).to.not.include("SECRET");
  });
  it("says what a person grades, the attempt, what is hidden, and the wall", () => {
    expect(results.output.split("\n")).to.deep.equal([
      "hw9: Layers. 16 points by checks.",
      "5 more points are for text that a person grades.",
      "1 checks are hidden until grades are published.",
      "Attempt 3. Isolated by X.",
    ]);
  });
});

describe("Gradescope's metadata", () => {
  const folder = mkdtempSync(join(tmpdir(), "metadata-"));
  after(() => rmSync(folder, { recursive: true }));
  const read = (content: unknown) => {
    const path = join(folder, "m.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return readMetadata(path);
  };
  const created_at = "2026-11-03T10:00:00.000000-08:00";
  it("gives lateness by the time of handing in, across time zones, and never by the clock", () => {
    const due = (due_date: unknown) => read({ created_at, assignment: { due_date } }).minutesLate;
    expect(due("2026-11-03T09:58:30.000000-08:00")).to.equal(2);
    expect(due("2026-11-03T19:00:00.000000+01:00")).to.equal(0);
    expect(due("2026-11-03T18:59:00.000000+01:00")).to.equal(1);
    expect([due(null), due(12), due("soon")]).to.deep.equal([0, 0, 0]);
    expect(read({ assignment: { due_date: "2000-01-01T00:00:00Z" } }).minutesLate).to.equal(0);
  });
  it("counts attempts and names the group", () => {
    const users = [{ email: "a@x" }, { name: "Bo" }, null, { email: 3 }];
    const { attempt, student, handedIn } = read({ created_at, users, previous_submissions: [{}, {}] });
    expect([attempt, student, handedIn]).to.deep.equal([3, "a@x Bo", created_at]);
    expect(read({ id: 5 })).to.include({ attempt: 1, student: "submission 5", handedIn: null });
  });
  it("of another form changes nothing", () => {
    for (const content of ["", "[]", "null", "{", '{"users":{},"assignment":3,"previous_submissions":"x"}'])
      expect(read(content), content).to.deep.include({ attempt: 1, student: "unknown", minutesLate: 0 });
  });
});
