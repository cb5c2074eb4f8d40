import { type Diagnosis, diagnose } from "../../../gradcheck/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import { tape } from "../../subjects/sides.ts";
import { evidenceFor } from "../evidence.ts";
import type { CallPair, FirstDifference, FirstDifferenceQuestion, Runs } from "./difference.ts";
import { sentence } from "./first-difference-text.ts";

/** The first part, in the order of forward, whose input agrees and whose output differs. */
export function inForward(runs: Runs): FirstDifference | null {
  const { pairs, same, ours, theirs } = runs;
  for (const pair of pairs) {
    const at = { pass: "forward", part: pair.ours.name } as const;
    if (!same(pair.ours.x, pair.theirs.x))
      return sentence(runs, { ...at, blame: "network", quantities: ["x"] }, pair);
    if (pair.ours.threw?.pass === "forward" || !same(pair.ours.y, pair.theirs.y))
      return sentence(runs, { ...at, blame: "part", quantities: ["y"] }, pair);
  }
  if (ours.threw?.pass !== "forward" && same(ours.y, theirs.y)) return null;
  return sentence(runs, {
    pass: "forward",
    part: "",
    blame: pairs.length > 0 ? "network" : "part",
    quantities: ["y"],
  });
}

/** The first part, from last to first, that receives a wrong dy, or turns a right dy into wrong gradients. */
export function inBackward(runs: Runs, given: NDArray): FirstDifference | null {
  const { pairs, same } = runs;
  for (const pair of pairs.toReversed()) {
    const { ours, theirs } = pair;
    if (!theirs.dy) continue;
    const at = { pass: "backward", part: ours.name } as const;
    if (!same(ours.dy, theirs.dy))
      return sentence(runs, { ...at, blame: "network", quantities: ["dy"] }, pair, given);
    const wrong = [...theirs.gradients]
      .filter(
        ([name, gradient]) =>
          ours.gradients.has(name) && gradient && !same(ours.gradients.get(name), gradient),
      )
      .map(([name]) => name);
    if (theirs.dx && !same(ours.dx, theirs.dx)) wrong.push("x");
    const broken = ours.threw?.pass === "backward";
    if (wrong.length === 0 && !broken) continue;
    const diagnosis = broken ? undefined : diagnosed(pair, wrong);
    return sentence(runs, { ...at, blame: "part", quantities: wrong, ...(diagnosis && { diagnosis }) }, pair);
  }
  return null;
}

/** The diagnosis of a part's first wrong gradient, made with the part's own twin. */
function diagnosed({ ours, theirs, before }: CallPair, wrong: readonly string[]): Diagnosis | undefined {
  for (const quantity of wrong) {
    const found = quantity === "x" ? ours.dx : ours.gradients.get(quantity);
    const expected = quantity === "x" ? theirs.dx : theirs.gradients.get(quantity);
    if (!found || found === "other" || !expected || expected === "other" || !theirs.dy) continue;
    const earlier = before?.dy
      ? { inputs: [before.x, ...before.constants] as const, dy: before.dy }
      : undefined;
    theirs.restart();
    const evidence = evidenceFor({
      right: tape(theirs.part),
      inputs: [theirs.x, ...theirs.constants],
      dy: theirs.dy,
      quantity,
      found,
      expected,
      ...(earlier && { earlier }),
    });
    return diagnose(evidence);
  }
  return undefined;
}

/** Compares the results of the whole network, when all parts agree or there are none. */
export function atTheEnd(
  runs: Runs,
  { right, inputs, dy, earlier, batchAxis = 0, differentiable = 1 }: FirstDifferenceQuestion,
): FirstDifference | null {
  const { ours, theirs, same, pairs } = runs;
  const wrong = [...theirs.gradients]
    .filter(
      ([name, gradient]) =>
        gradient && (name !== "x" || ours.gradients.has("x")) && !same(ours.gradients.get(name), gradient),
    )
    .map(([name]) => name);
  if (wrong.length === 0 && !ours.threw) return null;
  const quantity = wrong.find((name) => ours.gradients.get(name));
  const found = quantity === undefined ? null : ours.gradients.get(quantity);
  const expected = quantity === undefined ? null : theirs.gradients.get(quantity);
  const diagnosis =
    quantity !== undefined && found && expected && !ours.threw
      ? diagnose(
          evidenceFor({
            right: tape(right, differentiable),
            batchAxis,
            inputs,
            dy,
            quantity,
            found,
            expected,
            ...(earlier && { earlier }),
          }),
        )
      : undefined;
  const blame = pairs.length > 0 ? "network" : "part";
  return sentence(runs, {
    pass: "backward",
    part: "",
    blame,
    quantities: wrong,
    ...(diagnosis && { diagnosis }),
  });
}
