import { againstExact, diagnose, exactTolerance } from "../../gradcheck/internal.ts";
import { formatShape, type NDArray, type Random, sameShape } from "../../np/index.ts";
import type { Conversation } from "../protocol/conversation.ts";
import type { Examiner, Known } from "./check.ts";
import { Failure } from "./failure.ts";
import { together } from "./together.ts";

/** Room for the roundings of any right order of operations, far below what finite differences reach. */
const roundings = 1000 * exactTolerance;

/** The examiner of one check; `credit` are the causes that earn a part of its points. */
export function examiner(
  submission: Conversation,
  source: string,
  random: Random,
  credit: readonly string[],
): Examiner {
  return {
    random,
    source,
    submission,
    ask: (call, inputs, replies) => submission.ask(call, inputs, replies),
    agree,
    together: (judgements) => together(judgements, credit),
    require(condition, { cause = "answer", ...advice }) {
      if (!condition) throw new Failure(cause, advice);
    },
  };
}

function agree(quantity: string, found: NDArray | undefined, expected: NDArray, known: Known = {}): void {
  const { tolerance = roundings, ...evidence } = known;
  if (!found) throw new Failure("answer", { where: `${quantity} is missing from the answer` });
  if (!sameShape(found.shape, expected.shape)) {
    const where = `${quantity} has shape ${formatShape(found.shape)}, expected ${formatShape(expected.shape)}`;
    const { cause, cure } = diagnose({ quantity, found, expected, ...evidence });
    const advice =
      found.ndim === 0 && cure === ""
        ? "sum() or mean() without an axis takes all elements together: name the axis"
        : cure;
    throw new Failure(cause === "unknown" ? "other shape" : cause, { where, cure: advice });
  }
  if (againstExact(found, expected, tolerance).agrees) return;
  const { cause, where, what, cure } = diagnose({ quantity, found, expected, ...evidence }, { tolerance });
  throw new Failure(cause, { where, what, cure });
}
