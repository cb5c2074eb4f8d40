import type { CheckRow } from "../../gradcheck/index.ts";
import { judge, propertyRow, randomUpstream } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { drawBatch } from "../subjects/inputs.ts";
import type { Trial } from "./trial.ts";
import { numericalInTurns } from "./whole-network/numerical-in-turns.ts";

/** Batches drawn before a parameter without a gradient counts as never checked. */
const batches = 50;
/** A batch holds this many times a row's own samples: units that are awake on one sample in a hundred are found sooner. */
const drawsInBatch = 8;

/** Flat positions by array. */
type Positions = Map<string, number[]>;

/**
 * A weight between two units that are never awake on the same sample has the gradient 0, which any backward may return. So elements that
 * were 0 are checked again on new inputs, until each was checked where it is not 0; the rows are those given, with what was found added.
 */
export function* checkSilent(
  { row, title, layer, left, right, full, rng }: Trial,
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
      const [manual, autograd] = [mine.get(name), theirs.get(name)];
      const rest = new Set(next.get(name));
      const awake = positions.filter((i) => !rest.has(i));
      if (!before || !manual || !autograd || awake.length === 0) continue;
      const x = left.parameters.get(name) as NDArray;
      const numerical = yield* numericalInTurns({ layer, subject: left, inputs, dy, full }, x, awake);
      found.set(name, mergeRows(before, judge(title, name, x.shape, { manual, autograd, numerical })));
    }
    silent = next;
  }
  const count = [...silent.values()].reduce((sum, { length }) => sum + length, 0);
  const none = { maxAbsolute: count, maxRelative: 0, worst: 0, agrees: count === 0 };
  const diagnosis = `the gradient of ${count} parameters is 0 in all batches: any backward would pass there`;
  return [...found.values(), propertyRow(title, "no parameter unchecked", none, [], diagnosis)];
}

/** The positions at which the gradient is 0 as well. */
function stillSilent(positions: Positions, gradients: ReadonlyMap<string, NDArray>): Positions {
  const silent: Positions = new Map();
  for (const [name, at] of positions) {
    const flat = gradients.get(name)?.flat();
    const left = flat ? at.filter((i) => flat[i] === 0) : [];
    if (left.length > 0) silent.set(name, left);
  }
  return silent;
}

/** Two rows of one quantity, for different elements of it, as one. */
function mergeRows(a: CheckRow, b: CheckRow): CheckRow {
  const shown = a.verdict === "agree" && b.verdict === "disagree" ? b : a;
  return {
    ...shown,
    maxAbsolute: Math.max(a.maxAbsolute, b.maxAbsolute),
    maxRelative: Math.max(a.maxRelative, b.maxRelative),
    kinks: a.kinks + b.kinks,
  };
}
