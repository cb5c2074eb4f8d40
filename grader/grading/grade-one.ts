import { rmSync } from "node:fs";
import { type Check, Failure, NotGradable, runChecks, type TimeLimits } from "../../homework/internal.ts";
import { DataError } from "../../np/index.ts";
import type { GradedAssignment } from "../graded.ts";
import type { Frozen } from "./freeze.ts";
import { type Ground, wallText } from "./ground.ts";
import { expectMachine } from "./machine-error.ts";
import type { Parser } from "./parsing.ts";
import type { GradedCheck, SubmissionResult } from "./result.ts";
import { WatchedConversation } from "./watched-conversation.ts";

/** What a result says about the submission beside its checks. */
export type About = Pick<
  SubmissionResult,
  "student" | "attempt" | "handedIn" | "place" | "notes" | "grader"
> &
  Partial<Pick<SubmissionResult, "hints">>;

export interface OneOptions {
  readonly ground: Ground;
  readonly parser: Parser;
  /** Seconds that all answers of a submission may take together. */
  readonly seconds: number;
  readonly limits?: TimeLimits;
  /** Every question with its shapes and its time; for the instructor alone. */
  readonly log?: (line: string) => void;
}

/** A result, and how long its answers and its starts took in seconds. */
export interface Outcome {
  readonly result: SubmissionResult;
  readonly answering: number;
  readonly loading: number;
}

const mostNoise = 4000;
const usualLimits: TimeLimits = { load: 10, answer: 10 };

/**
 * Grades one frozen submission. When this returns, every process of the submission has ended.
 * Nothing that a submission does makes it throw.
 * @throws MachineError if this computer starts no process; DataError if the grader's data is missing
 */
export async function gradeOne(
  graded: GradedAssignment,
  frozen: Frozen,
  about: About,
  options: OneOptions,
): Promise<Outcome> {
  const { assignment, hidden } = graded;
  const { ground, parser, log } = options;
  let parsed: Awaited<ReturnType<Parser["parse"]>>;
  try {
    const ids = assignment.essays.map(({ id }) => id);
    parsed = await parser.parse(frozen.text, `${assignment.id}.ts`, ids);
  } catch (error) {
    if (!(error instanceof NotGradable)) throw error;
    log?.(`not gradable: ${error.message}`);
    const result = notGradable(graded, about, error.message, wallText(ground), frozen.source);
    return { result, answering: 0, loading: 0 };
  }
  const folder = ground.box.place("submission", parsed.code);
  const command = ground.wall.command(ground.box.folder, folder, assignment.id);
  const { limits = usualLimits, seconds } = options;
  const conversation = new WatchedConversation(command, limits, seconds, log);
  const hiddenIds = new Set(hidden.map(({ id }) => id));
  try {
    const reason = await whyNotLoaded(conversation);
    if (reason !== null) {
      log?.(`not gradable: ${reason}`);
      const result = notGradable(graded, about, reason, wallText(ground), frozen.source);
      return { result, answering: 0, loading: conversation.loading };
    }
    const results = await runChecks([...assignment.checks, ...hidden].map(guarded), conversation, {
      source: frozen.text,
      seed: frozen.seed,
      credit: assignment.credit,
      onResult: ({ id, state, cause, share }) =>
        log?.(`check ${id}: ${state}, ${cause ?? "no cause"}, ${share}`),
    });
    await conversation.ended();
    const checks = results.map((one) => ({ ...one, isHidden: hiddenIds.has(one.id) }));
    const { noise, answering, loading } = conversation;
    log?.(noise === "" ? "it printed nothing" : `it printed:\n${noise}`);
    const shown = noise.length > mostNoise ? `${noise.slice(0, mostNoise)} …` : noise;
    const result: SubmissionResult = {
      ...common(graded, about, wallText(ground), frozen.source),
      state: "graded",
      reason: "",
      checks,
      score: scoreOf(checks),
      essays: parsed.essays,
      noise: shown,
    };
    return { result, answering, loading };
  } finally {
    await conversation.ended();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Why a file throws when it is loaded; null if it loads, or ends its process, or takes too long: that is judged by the checks. */
async function whyNotLoaded(conversation: WatchedConversation): Promise<string | null> {
  try {
    await conversation.load();
    return null;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expectMachine(error);
    return error.cause === "not loaded" ? error.message : null;
  }
}

/** A result without points: nothing could be checked. */
export function notGradable(
  graded: GradedAssignment,
  about: About,
  reason: string,
  wall: string,
  source = "",
): SubmissionResult {
  const rest = { state: "not gradable", reason, checks: [], score: 0, essays: {}, noise: "" } as const;
  return { ...common(graded, about, wall, source), ...rest };
}

function common(
  { assignment, hidden }: GradedAssignment,
  { student, attempt, handedIn, place, notes, grader, hints = [] }: About,
  wall: string,
  source: string,
): Omit<SubmissionResult, "state" | "reason" | "checks" | "score" | "essays" | "noise"> {
  const of = [...assignment.checks, ...hidden].reduce((sum, { points }) => sum + points, 0);
  return {
    assignment: assignment.id,
    student,
    attempt,
    handedIn,
    place,
    notes,
    source,
    of,
    hints,
    wall,
    grader,
  };
}

/** The sum of points × share, without the last digits of the sum. */
function scoreOf(checks: readonly GradedCheck[]): number {
  return toPoints(checks.reduce((sum, { points, share }) => sum + points * share, 0));
}

/** Points with at most four decimals. */
export function toPoints(x: number): number {
  return Math.round(x * 1e4) / 1e4;
}

/** The cause of a check that failed because of the grader's own mistake. */
export const graderCause = "grader";

/**
 * An answer that the check itself cannot handle fails the check, not the run. The instructor gets its name.
 * @throws MachineError, DataError: no submission is to blame, so nothing is decided
 */
function guarded(check: Check): Check {
  return {
    ...check,
    async run(examiner) {
      try {
        await check.run(examiner);
      } catch (error) {
        expectMachine(error);
        if (error instanceof Failure || error instanceof DataError) throw error;
        const where = `the check could not judge this answer (${(error as Error)?.message}); ask your instructor`;
        throw new Failure(graderCause, { where });
      }
    },
  };
}
