import type { GradedAssignment } from "../graded.ts";
import { gradeOne } from "../grading/grade-one.ts";
import { type Ground, problemsOf } from "../grading/ground.ts";
import { Parser } from "../grading/parsing.ts";
import type { WallProbe } from "../grading/result.ts";
import { seedOf, sha256 } from "../grading/secret.ts";
import { textOf } from "../known-answer.ts";
import { attacks } from "./attacks.ts";
import { editionOf, referenceOf } from "./texts.ts";

/** A text whose points are known before it is graded. */
export interface RehearsalCase {
  readonly kind: "edition" | "reference" | "right" | "wrong" | "attack";
  readonly name: string;
  readonly text: string;
  readonly points: number;
}

/** What grading one of them gave. */
export interface RehearsalRow {
  readonly kind: RehearsalCase["kind"];
  readonly name: string;
  readonly declared: number;
  readonly awarded: number;
  readonly holds: boolean;
  readonly seconds: number;
  /** The checks that failed, or why it is not gradable. */
  readonly failed: string;
}

/** Everything of an assignment whose points are known. */
export function rehearsalCases({
  assignment,
  hidden,
  right,
  wrong,
}: GradedAssignment): readonly RehearsalCase[] {
  const { id, checks } = assignment;
  const [edition, reference] = [editionOf(id), referenceOf(id)];
  const all = [...checks, ...hidden].reduce((sum, { points }) => sum + points, 0);
  return [
    { kind: "edition", name: "the students' edition as released", text: edition, points: 0 },
    { kind: "reference", name: "the instructor's source", text: reference, points: all },
    ...right.map((one) => ({
      kind: "right" as const,
      name: one.name,
      text: textOf(one, reference),
      points: all,
    })),
    ...wrong.map((one) => ({
      kind: "wrong" as const,
      name: one.name,
      text: textOf(one, reference),
      points: one.points,
    })),
    ...attacks.map(({ name, text }) => ({
      kind: "attack" as const,
      name,
      text: `${edition}\n{\n${text}\n}\n`,
      points: 0,
    })),
  ];
}

/**
 * Grades texts whose points are known, on this machine and behind its wall.
 * @throws RangeError if the wall does not hold
 */
export async function rehearse(
  graded: GradedAssignment,
  cases: readonly RehearsalCase[],
  ground: Ground,
  {
    jobs = 1,
    seconds = 60,
    onRow,
  }: { jobs?: number; seconds?: number; onRow?: (row: RehearsalRow) => void } = {},
): Promise<{ readonly rows: readonly RehearsalRow[]; readonly selfTest: readonly WallProbe[] }> {
  const selfTest = await ground.selfTest();
  const problems = problemsOf(ground, selfTest);
  if (problems.length > 0) throw new RangeError(problems.join("; "));
  const parser = new Parser();
  const { default: pLimit } = await import("p-limit");
  try {
    const rows = await pLimit(jobs).map(cases, async (one) => {
      const row = await gradeCase(graded, one, ground, parser, seconds);
      onRow?.(row);
      return row;
    });
    return { rows, selfTest };
  } finally {
    parser.close();
  }
}

async function gradeCase(
  graded: GradedAssignment,
  { kind, name, text, points }: RehearsalCase,
  ground: Ground,
  parser: Parser,
  seconds: number,
): Promise<RehearsalRow> {
  const began = performance.now();
  const bytes = new TextEncoder().encode(text);
  const source = sha256(bytes).toString("hex");
  const seed = seedOf(bytes, "rehearsal", graded.assignment.id);
  const about = { student: name, attempt: 1, handedIn: null, grader: "rehearsal" };
  const { result } = await gradeOne(graded, { text, source, seed }, about, { ground, parser, seconds });
  const failed = result.checks
    .filter(({ state }) => state === "failed")
    .map(({ id, cause }) => `${id} (${cause})`);
  return {
    kind,
    name,
    declared: points,
    awarded: result.score,
    // An attack may end where the file is loaded: it earns nothing, and that is all that is asked.
    holds: result.score === points && (result.state === "graded" || kind === "attack"),
    seconds: (performance.now() - began) / 1000,
    failed: result.state === "graded" ? failed.join(", ") : result.reason,
  };
}
