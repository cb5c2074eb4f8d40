import { random } from "../../np/index.ts";
import type { Check, CheckResult } from "../checks/check.ts";
import { examiner } from "../checks/examine.ts";
import { Failure } from "../checks/failure.ts";
import type { Conversation } from "../protocol/conversation.ts";

export interface RunOptions {
  /** The text of the student's file. */
  readonly source: string;
  /** Every check draws from a stream of its own that begins with this. */
  readonly seed: number;
  /** The share of points that a known mistake still earns, by cause, where a check gives credit for it. */
  readonly credit: Readonly<Record<string, number>>;
  /** Called after each check. */
  readonly onResult?: (result: CheckResult) => void;
}

/**
 * Runs checks in order against one submission. A check whose `needs` have not passed is skipped, with
 * the reason. The order and the number of checks do not change what one of them draws.
 */
export async function runChecks(
  checks: readonly Check[],
  submission: Conversation,
  options: RunOptions,
): Promise<readonly CheckResult[]> {
  const results = new Map<string, CheckResult>();
  for (const check of checks) {
    const broken = check.needs.find((id) => results.get(id)?.state !== "passed");
    const result =
      broken === undefined ? await runOne(check, submission, options) : skipped(check, checks, broken);
    results.set(check.id, result);
    options.onResult?.(result);
  }
  return [...results.values()];
}

async function runOne(
  check: Check,
  submission: Conversation,
  { seed, source, credit }: RunOptions,
): Promise<CheckResult> {
  const { id, task, title, points, credit: causes = [] } = check;
  try {
    await check.run(examiner(submission, source, random(streamOf(seed, id)), causes));
    return { id, task, title, points, share: 1, state: "passed", advice: null, cause: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { advice, cause, isAlone } = error;
    const earns = isAlone && causes.includes(cause) && Object.hasOwn(credit, cause);
    const share = earns ? (credit[cause] as number) : 0;
    return { id, task, title, points, share, state: "failed", advice, cause };
  }
}

function skipped({ id, task, title, points }: Check, checks: readonly Check[], broken: string): CheckResult {
  const other = checks.find((check) => check.id === broken)?.title ?? broken;
  const text = `skipped: it needs "${other}"`;
  const advice = { where: text, what: text, cure: "" };
  return { id, task, title, points, share: 0, state: "skipped", advice, cause: "skipped" };
}

/** A seed for one check: FNV-1a over its name, from the submission's seed on. */
function streamOf(seed: number, id: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193) >>> 0;
  return hash;
}
