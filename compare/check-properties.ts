import { againstExact, type Distance } from "../gradcheck/index.ts";
import type { NDArray, Random } from "../np/index.ts";
import type { Case } from "./cases.ts";
import { type CheckRow, propertyRow } from "./check-row.ts";
import type { Side } from "./sides.ts";

/** a in a·dy + dy₂: any factor that is not a power of 2. */
const factor = 2.7;

/** The worse of two distances. */
function worse(a: Distance, b: Distance): Distance {
  if (a.agrees !== b.agrees) return a.agrees ? b : a;
  return b.maxAbsolute > a.maxAbsolute ? b : a;
}

function compareAll(
  a: ReadonlyMap<string, NDArray>,
  b: ReadonlyMap<string, NDArray>,
  tolerance: number,
): Distance {
  const distances = [...a].map(([name, x]) => againstExact(x, b.get(name) ?? x.neg(), tolerance));
  return distances.reduce(worse, { maxAbsolute: 0, maxRelative: 0, worst: 0, agrees: true });
}

/**
 * What holds for every right backward, whatever the formula: it starts from equal weights, changes no input, gives the same numbers
 * twice, remembers its last forward only, and is linear in dy: backward(a·dy + dy₂) = a·backward(dy) + backward(dy₂).
 * `left` must not have run yet: what it does to its inputs it may do only once. `fresh` is another object of the same class. Yields between its parts.
 */
export function* checkProperties(
  row: Case,
  { left, right, fresh }: { readonly left: Side; readonly right: Side; readonly fresh: Side },
  inputs: readonly [NDArray, ...NDArray[]],
  dy: NDArray,
  rng: Random,
): Generator<void, CheckRow[]> {
  const shape = inputs[0].shape;
  const start = left.parameters.size > 0 ? compareAll(left.parameters, right.parameters, 1e-12) : null;
  yield;
  const watched = new Map(
    [...inputs.entries(), ...left.parameters].map(([name, x]) => [String(name), x] as const),
  );
  const before = new Map([...watched].map(([name, x]) => [name, x.copy()]));
  const first = left.gradients(dy, ...inputs);
  yield;
  const second = left.gradients(dy, ...inputs);
  yield;
  const unchanged = compareAll(before, watched, 0);
  yield;
  for (const [name, x] of watched) x.copyFrom(before.get(name) as NDArray);
  const next = [row.x(rng), ...(row.target ? [row.target(rng)] : [])] as [NDArray, ...NDArray[]];
  const later = left.gradients(dy, ...(next.map((x) => x.copy()) as typeof next));
  const alone = fresh.gradients(dy, ...next);
  yield;
  const other = rng.normal(0, 1, dy.shape);
  const mixed = left.gradients(dy.mul(factor).add(other), ...inputs).gradients;
  const others = left.gradients(other, ...inputs).gradients;
  yield;
  const expected = new Map(
    [...first.gradients].map(([name, g]) => [name, g.mul(factor).add(others.get(name) ?? g)]),
  );
  yield;
  const repeated = compareAll(first.gradients, second.gradients, 0);
  yield;
  const forgotten = compareAll(later.gradients, alone.gradients, 0);
  yield;
  const linear = compareAll(mixed, expected, 1e-10);
  const otherStart = "the two sides were built from one seed but start from different weights";
  return [
    ...(start ? [propertyRow(row, "equal start", shape, start, otherStart)] : []),
    propertyRow(
      row,
      "inputs unchanged",
      shape,
      unchanged,
      "forward or backward changes an input or a parameter in place; compute a new array",
    ),
    propertyRow(
      row,
      "repeatable",
      shape,
      repeated,
      "a second forward and backward give other numbers: backward must assign gradients, not add to them",
    ),
    propertyRow(
      row,
      "remembers its last forward",
      shape,
      forgotten,
      "after another input the numbers differ from those of a new object: backward uses what an earlier forward left",
    ),
    propertyRow(
      row,
      "linear in dy",
      shape,
      linear,
      "backward is not linear in dy: is dy ignored, squared, or added to?",
    ),
  ];
}
