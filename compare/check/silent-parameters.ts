import type { CheckRow } from "../../gradcheck/index.ts";
import { judge, propertyRow, randomUpstream } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { drawBatch } from "../subjects/inputs.ts";
import type { Trial } from "./trial.ts";
import { numericalInTurns } from "./whole-network/numerical-in-turns.ts";

/** The most batches that are drawn to find a nonzero gradient for every parameter. */
const batches = 50;
/** A batch has this many times the row's own number of samples, to find units sooner that are active on one sample in a hundred. */
const drawsInBatch = 8;

/** Flat positions by the name of the array. */
type Positions = Map<string, number[]>;

/**
 * A weight between two units that are never active on the same sample has the gradient 0, so a
 * wrong backward may pass there. Elements whose gradient was 0 are therefore checked again on new
 * inputs, until each has been checked where it is not 0. Returns the given rows with these results merged in.
 */
export function* checkSilent(
  { row, title, layer, left, right, full, rng, rounding, student }: Trial,
  rows: readonly CheckRow[],
  gradients: ReadonlyMap<string, NDArray>,
): Generator<void, readonly CheckRow[]> {
  const found = new Map(rows.map((one) => [one.quantity, one]));
  const everywhere: Positions = new Map(
    [...left.parameters].map(([name, x]) => [name, Array.from({ length: x.size }, (_, i) => i)]),
  );
  let silent = stillSilent(everywhere, gradients);
  for (let batch = 0; batch < batches && silent.size > 0; batch++) {
    const inputs = drawBatch(row.inputs, rng, drawsInBatch);
    const dy = randomUpstream(right.forward(...inputs.values()).shape, rng);
    const mine = left.gradients(dy, ...inputs.values()).gradients;
    const theirs = right.gradients(dy, ...inputs.values()).gradients;
    yield;
    const next = stillSilent(silent, theirs);
    for (const [name, positions] of silent) {
      const before = found.get(name);
      const [own, autograd] = [mine.get(name), theirs.get(name)];
      const rest = new Set(next.get(name));
      const awake = positions.filter((i) => !rest.has(i));
      if (!before || !own || !autograd || awake.length === 0) continue;
      const x = left.parameters.get(name) as NDArray;
      const numerical = yield* numericalInTurns({ layer, subject: left, inputs, dy, full }, x, awake);
      const testimony = { [student ? "analytical" : "manual"]: own, autograd, numerical };
      found.set(name, mergeRows(before, judge(title, name, x.shape, testimony, undefined, rounding)));
    }
    silent = next;
  }
  const count = [...silent.values()].reduce((sum, { length }) => sum + length, 0);
  const none = { maxAbsolute: count, maxRelative: 0, worst: 0, agrees: count === 0 };
  const diagnosis = `the gradient of ${count} parameters is 0 in all batches, so any backward would pass there`;
  return [...found.values(), propertyRow(title, "no parameter unchecked", none, [], diagnosis)];
}

/** Those of the positions where this gradient is 0 as well. */
function stillSilent(positions: Positions, gradients: ReadonlyMap<string, NDArray>): Positions {
  const silent: Positions = new Map();
  for (const [name, at] of positions) {
    const flat = gradients.get(name)?.flat();
    const left = flat ? at.filter((i) => flat[i] === 0) : [];
    if (left.length > 0) silent.set(name, left);
  }
  return silent;
}

/** Merges two rows about different elements of the same quantity. */
function mergeRows(a: CheckRow, b: CheckRow): CheckRow {
  const shown = a.verdict === "agree" && b.verdict === "disagree" ? b : a;
  return {
    ...shown,
    maxAbsolute: Math.max(a.maxAbsolute, b.maxAbsolute),
    maxRelative: Math.max(a.maxRelative, b.maxRelative),
    kinks: a.kinks + b.kinks,
  };
}
