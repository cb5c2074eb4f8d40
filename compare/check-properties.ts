import { againstExact, type Distance } from "../gradcheck/index.ts";
import type { NDArray, Random } from "../np/index.ts";
import type { Case } from "./cases.ts";
import { type CheckRow, propertyRow } from "./check-case.ts";
import type { Side } from "./sides.ts";

/** dy₂ in a·dy + dy₂: any factor that is not a power of 2. */
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
  return distances.reduce(worse);
}

/**
 * What holds for every right backward, whatever the formula: it starts from equal weights, changes no input, gives the same numbers
 * twice, and is linear in dy: backward(a·dy + dy₂) = a·backward(dy) + backward(dy₂).
 */
export function checkProperties(
  row: Case,
  left: Side,
  right: Side,
  inputs: readonly [NDArray, ...NDArray[]],
  dy: NDArray,
  rng: Random,
): CheckRow[] {
  const shape = inputs[0].shape;
  const start = left.parameters.size > 0 ? compareAll(left.parameters, right.parameters, 0) : null;
  const before = new Map(
    [...inputs.entries(), ...left.parameters].map(([name, x]) => [String(name), x.copy()]),
  );
  const first = left.gradients(dy, ...inputs);
  const second = left.gradients(dy, ...inputs);
  const after = new Map([...inputs.entries(), ...left.parameters].map(([name, x]) => [String(name), x]));
  const other = rng.normal(0, 1, dy.shape);
  const mixed = left.gradients(dy.mul(factor).add(other), ...inputs).gradients;
  const others = left.gradients(other, ...inputs).gradients;
  const expected = new Map(
    [...first.gradients].map(([name, g]) => [name, g.mul(factor).add(others.get(name) ?? g)]),
  );
  return [
    ...(start
      ? [
          propertyRow(
            row,
            "equal start",
            shape,
            start,
            "the two sides were built from one seed but start from different weights",
          ),
        ]
      : []),
    propertyRow(
      row,
      "inputs unchanged",
      shape,
      compareAll(before, after, 0),
      "forward or backward changes an input or a parameter in place; compute a new array",
    ),
    propertyRow(
      row,
      "repeatable",
      shape,
      compareAll(first.gradients, second.gradients, 0),
      "a second forward and backward give other numbers: something is remembered that should not be",
    ),
    propertyRow(
      row,
      "linear in dy",
      shape,
      compareAll(mixed, expected, 1e-10),
      "backward is not linear in dy: is dy ignored, squared, or added to?",
    ),
  ];
}
