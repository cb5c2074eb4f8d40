import type { View } from "../../engine.ts";

/**
 * A dense result as (outer, middle, inner). Each operand is either dense like the result, or one
 * row of `middle` numbers that repeats: a bias for the columns, a mean for each row, a scale for
 * each channel of (N, C, H, W).
 */
export interface Layout {
  readonly outer: number;
  readonly middle: number;
  readonly inner: number;
  readonly kinds: readonly Kind[];
}
export type Kind = "dense" | "middle" | "number";

/**
 * The layout of the operands relative to a dense result; null if flat loops cannot read one of
 * them, such as a transposed view.
 */
export function layoutOf(out: View, operands: readonly (View | number)[]): Layout | null {
  if (!isDense(out)) return null;
  let [outer, middle, inner] = [1, 1, out.size];
  const kinds: Kind[] = [];
  let repeated: readonly [number, number, number] | null = null;
  for (const x of operands) {
    if (typeof x === "number") kinds.push("number");
    else if (isDense(x)) kinds.push("dense");
    else {
      const found = repeats(x);
      if (!found || (repeated && found.some((n, i) => n !== repeated?.[i]))) return null;
      repeated = found;
      [outer, middle, inner] = found;
      kinds.push("middle");
    }
  }
  return { outer, middle, inner, kinds };
}

export function isDense(x: View): boolean {
  let step = 1;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    const n = x.shape[axis] as number;
    if (n !== 1 && x.strides[axis] !== step) return false;
    step *= n;
  }
  return true;
}

/** (outer, middle, inner) of a view that is dense along `middle` and repeats along the others (stride 0); else null. */
function repeats({ shape, strides }: View): readonly [number, number, number] | null {
  const counts: [number, number, number] = [1, 1, 1];
  let at = 2; // filled from the last axis on: inner, middle, outer
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const n = shape[axis] as number;
    if (n === 1) continue;
    const repeating = strides[axis] === 0;
    if (repeating === (at === 1)) at--; // from inner to middle, or from middle to outer
    if (at < 0 || (at === 1 && strides[axis] !== counts[1])) return null;
    counts[at] = (counts[at] as number) * n;
  }
  return counts;
}
