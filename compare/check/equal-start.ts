import type { CheckRow } from "../../gradcheck/index.ts";
import { gradientKeys, noDistance, ownArrays, propertyRow, type Subject } from "../../gradcheck/internal.ts";
import { formatShape, isfinite, type NDArray, sameShape } from "../../np/index.ts";
import { inputNames } from "../subjects/inputs.ts";

/** The failed row of a gradient that backward did not compute. */
export function missing(title: string, quantity: string, shape: readonly number[]): CheckRow {
  const field = inputNames.includes(quantity)
    ? `backward returned no d${quantity}`
    : `backward assigned no gradient of ${quantity}`;
  return propertyRow(title, quantity, noDistance, shape, `${field}; its shape is ${formatShape(shape)}`);
}

/** The failed row if further comparison is pointless: different parameters, or an output of another shape. Else null. */
export function cannotStart(
  title: string,
  left: Subject,
  right: Subject,
  mine: NDArray,
  theirs: NDArray,
  student?: object,
): CheckRow | null {
  if (names(left) !== names(right)) {
    const rule = "a parameter is a field `p` with an array, next to a field `dP` that is null at first";
    const diagnosis = student
      ? (withoutGradient(left, right, student) ??
        `your parameters are ${described(left)}; ours are ${described(right)}: ${ownRule}`)
      : `chalk's parameters are ${names(left)}; the tape's are ${names(right)}: ${rule}`;
    return propertyRow(title, "parameters", noDistance, [], diagnosis);
  }
  if (sameShape(mine.shape, theirs.shape)) {
    if (mine.size === 0) return null;
    return isfinite(mine).min().item() < isfinite(theirs).min().item() ? overflow(title, mine) : null;
  }
  const diagnosis = `${student ? "your forward" : "forward"} returns shape ${formatShape(mine.shape)}, expected ${formatShape(theirs.shape)}`;
  return propertyRow(title, "forward", noDistance, theirs.shape, diagnosis);
}

/** What is looked for in a class that need not extend ours. */
const ownRule =
  "a parameter is an NDArray in a field W, and backward assigns its gradient to a field dW (or gradW, WGrad, grads.W); a #private field cannot be seen";

/** Says which array of the student's looks like one of our parameters and gets no gradient; null if none does. */
function withoutGradient(left: Subject, right: Subject, student: object): string | null {
  const wanted = [...right.parameters].filter(([name]) => !left.parameters.has(name));
  const arrays = [...ownArrays(student)].filter(([name]) => !left.parameters.has(name));
  for (const [ours, { shape }] of wanted)
    for (const [name, value] of arrays)
      if (sameShape(value.shape, shape) || (shape.length === 2 && sameShape(value.T.shape, shape))) {
        const field = name.split(".").at(-1) as string;
        return `backward assigns no gradient of your ${name} ${formatShape(value.shape)}, which looks like our ${ours}: put it into ${gradientKeys(field)[0]}`;
      }
  return null;
}

function names({ parameters }: Subject): string {
  return [...parameters.keys()].sort().join(", ") || "none";
}

/** `W (5, 3), b (3,)` */
function described({ parameters }: Subject): string {
  return [...parameters].map(([name, { shape }]) => `${name} ${formatShape(shape)}`).join(", ") || "none";
}

/** The failed row if only the tape's y is finite: everything after it would be NaN as well. */
function overflow(title: string, y: NDArray): CheckRow {
  const count = y.size - isfinite(y).astype("float64").sum().item();
  const diagnosis = `forward gives NaN or infinity in ${count} of ${y.size} elements, where the tape gives finite numbers: does exp overflow, or is a logarithm taken of 0?`;
  return propertyRow(title, "forward", noDistance, y.shape, diagnosis);
}
