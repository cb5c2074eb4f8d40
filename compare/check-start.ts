import { type CheckRow, propertyRow, type Subject } from "../gradcheck/index.ts";
import { formatShape, type NDArray, sameShape } from "../np/index.ts";

const nothing = { maxAbsolute: Number.NaN, maxRelative: Number.NaN, worst: 0, agrees: false };

/** A gradient that backward did not give. */
export function missing(title: string, quantity: string, shape: readonly number[]): CheckRow {
  const field = quantity === "x" ? "backward returned no dx" : `backward assigned no gradient of ${quantity}`;
  return propertyRow(title, quantity, nothing, shape, `${field}; its shape is ${formatShape(shape)}`);
}

/** What makes all further comparison pointless: other parameters, or an output of another shape. */
export function cannotStart(
  title: string,
  left: Subject,
  right: Subject,
  mine: NDArray,
  theirs: NDArray,
): CheckRow | null {
  const names = ({ parameters }: Subject): string => [...parameters.keys()].sort().join(", ") || "none";
  if (names(left) !== names(right)) {
    const rule = "a parameter is an array `p` with a field `dP` beside it, null at first";
    const diagnosis = `chalk's parameters are ${names(left)}; the tape's are ${names(right)}: ${rule}`;
    return propertyRow(title, "parameters", nothing, [], diagnosis);
  }
  if (sameShape(mine.shape, theirs.shape)) return null;
  const diagnosis = `forward returns shape ${formatShape(mine.shape)}, expected ${formatShape(theirs.shape)}`;
  return propertyRow(title, "forward", nothing, theirs.shape, diagnosis);
}
