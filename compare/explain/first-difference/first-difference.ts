import { againstExact, generatorsOf } from "../../../gradcheck/internal.ts";
import { NDArray } from "../../../np/index.ts";
import type { AnyLayer, AnyModule } from "../../subjects/sides.ts";
import type { Call, Run } from "./calls.ts";
import { atTheEnd, inBackward, inForward } from "./compare-runs.ts";
import type { CallPair, FirstDifference, FirstDifferenceQuestion, Runs } from "./difference.ts";
import { partsOf } from "./parts.ts";
import { recordChalk } from "./record-chalk.ts";
import { recordTape } from "./record-tape.ts";

/**
 * Runs chalk's network and its twin on tape, records the inputs and outputs of all parts, and
 * finds the first part, in the order of forward and then of backward, whose inputs agree and whose
 * outputs differ, or to which the network passes a wrong array. Returns null if nothing differs.
 * Changes nothing in either network but its gradients.
 */
export function firstDifference(question: FirstDifferenceQuestion): FirstDifference | null {
  const { left, right, inputs, dy, earlier, differentiable = 1, tolerance = 1e-10 } = question;
  const parts = partsOf(left, right);
  const generators = [generatorsOf(left), generatorsOf(right)];
  if (earlier) recordChalk(left, parts.left, earlier.inputs, earlier.dy);
  const before = earlier && recordTape(right, parts.right, earlier.inputs, earlier.dy, differentiable);
  for (const one of generators) one.restart();
  const ours = recordChalk(left, parts.left, inputs, dy);
  const theirs = recordTape(right, parts.right, inputs, dy, differentiable);
  const same = (a: unknown, b: unknown): boolean =>
    a instanceof NDArray && b instanceof NDArray && againstExact(a, b, tolerance).agrees;
  const runs: Runs = { ours, theirs, same, pairs: paired(ours, theirs, before) };
  return inForward(runs) ?? inBackward(runs, dy) ?? atTheEnd(runs, question);
}

/** Pairs the calls of both sides: one by one if there are equally many, else by name. */
function paired(ours: Run<AnyLayer>, theirs: Run<AnyModule>, before?: Run<AnyModule>): CallPair[] {
  const comparable = ours.calls.filter((call) => call.dx !== "other");
  const whole = ours.calls.length === theirs.calls.length && ours.calls.length === comparable.length;
  const nth = (call: Call<unknown>, calls: readonly Call<unknown>[]): number =>
    calls.filter(({ name }) => name === call.name).indexOf(call);
  return comparable.flatMap((call) => {
    const at = whole
      ? ours.calls.indexOf(call)
      : theirs.calls.findIndex(
          (other) => other.name === call.name && nth(other, theirs.calls) === nth(call, ours.calls),
        );
    const other = theirs.calls[at];
    return other ? [{ ours: call, theirs: other, before: before?.calls[at] }] : [];
  });
}
