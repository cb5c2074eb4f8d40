import { againstExact, type Diagnosis, diagnose } from "../gradcheck/index.ts";
import { NDArray } from "../np/index.ts";
import type { Call, Run } from "./calls.ts";
import { evidenceFor, type Inputs } from "./evidence.ts";
import { sentence } from "./parting-text.ts";
import { partsOf } from "./parts.ts";
import { recordChalk } from "./record-chalk.ts";
import { recordTape } from "./record-tape.ts";
import { type AnyLayer, type AnyModule, tape } from "./sides.ts";

/** The first point, in the order of the pass, where the two sides part. */
export interface Parting {
  readonly pass: "forward" | "backward";
  /** The path of the part, `layer2` or `layers[1]`; "" for a network or layer as a whole. */
  readonly part: string;
  /** "part": what goes in agrees, what comes out does not. "network": something else than what it should be is passed to the part. */
  readonly blame: "part" | "network";
  /** What differs there: "y", "dy", "x" (dx) or the names of parameters. */
  readonly quantities: readonly string[];
  /** What the first of them looks like. */
  readonly diagnosis?: Diagnosis;
  readonly text: string;
}

/** Both networks, built with equal weights, and one run; an earlier run comes before it, so that stale caches show. */
export interface PartingQuestion {
  readonly left: AnyLayer;
  readonly right: AnyModule;
  readonly inputs: Inputs;
  readonly dy: NDArray;
  readonly earlier?: { readonly inputs: Inputs; readonly dy: NDArray };
  /** Relative to each array's largest element; default 1e-10. */
  readonly tolerance?: number;
}

/** A call on both sides. */
export interface Pair {
  readonly ours: Call<AnyLayer>;
  readonly theirs: Call<AnyModule>;
  /** The tape's, of the earlier run. */
  readonly before?: Call<AnyModule> | undefined;
}

export interface Runs {
  readonly ours: Run<AnyLayer>;
  readonly theirs: Run<AnyModule>;
  readonly pairs: readonly Pair[];
  readonly same: (a: unknown, b: unknown) => boolean;
}

/**
 * Runs chalk's network and its twin on tape, writes down what enters and leaves each of their parts, and finds the first part, in the
 * order of forward and then of backward, where what goes in agrees and what comes out does not, or where the network hands on something
 * wrong. null when nothing parts. Both networks are left as they were, but for their gradients.
 */
export function firstParting(question: PartingQuestion): Parting | null {
  const { left, right, inputs, dy, earlier, tolerance = 1e-10 } = question;
  const parts = partsOf(left, right);
  if (earlier) recordChalk(left, parts.left, earlier.inputs, earlier.dy);
  const before = earlier && recordTape(right, parts.right, earlier.inputs, earlier.dy);
  const ours = recordChalk(left, parts.left, inputs, dy);
  const theirs = recordTape(right, parts.right, inputs, dy);
  const same = (a: unknown, b: unknown): boolean =>
    a instanceof NDArray && b instanceof NDArray && againstExact(a, b, tolerance).agrees;
  const runs: Runs = { ours, theirs, same, pairs: paired(ours, theirs, before) };
  return inForward(runs) ?? inBackward(runs, dy) ?? atTheEnd(runs, question);
}

/** Calls that belong together: one by one where both sides made as many, else by name. */
function paired(ours: Run<AnyLayer>, theirs: Run<AnyModule>, before?: Run<AnyModule>): Pair[] {
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

function inForward(runs: Runs): Parting | null {
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

function inBackward(runs: Runs, given: NDArray): Parting | null {
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

/** What the first wrong gradient of a part looks like, by the part's own twin. */
function diagnosed({ ours, theirs, before }: Pair, wrong: readonly string[]): Diagnosis | undefined {
  for (const quantity of wrong) {
    const found = quantity === "x" ? ours.dx : ours.gradients.get(quantity);
    const expected = quantity === "x" ? theirs.dx : theirs.gradients.get(quantity);
    if (!found || found === "other" || !expected || expected === "other" || !theirs.dy) continue;
    const earlier = before?.dy
      ? { inputs: [before.x, ...before.constants] as const, dy: before.dy }
      : undefined;
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

/** All parts agree, or there are none: what the whole gives. */
function atTheEnd(runs: Runs, { right, inputs, dy, earlier }: PartingQuestion): Parting | null {
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
            right: tape(right),
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
