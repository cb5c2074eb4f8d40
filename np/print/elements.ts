import type { NDArray } from "../ndarray.ts";

/** What printing reads of an array. */
export type Printed = Pick<NDArray, "shape" | "strides" | "offset" | "dtype" | "data" | "size">;

/** Writes one element; all are equally wide. */
export type Write = (x: number) => string;

/** The places that are shown along an axis: all of them, or `edge` from each end with a gap in between. */
export function placesShown(n: number, edge: number): { first: number[]; last: number[] } {
  const all = Array.from({ length: n }, (_, i) => i);
  return n > 2 * edge ? { first: all.slice(0, edge), last: all.slice(-edge) } : { first: [], last: all };
}

/** The elements that are shown, in order. */
export function elementsShown({ shape, strides, offset, data }: Printed, edge: number): number[] {
  const visit = (axis: number, at: number): number[] => {
    if (axis === shape.length) return [data[at] as number];
    const { first, last } = placesShown(shape[axis] as number, edge);
    return [...first, ...last].flatMap((i) => visit(axis + 1, at + i * (strides[axis] as number)));
  };
  return visit(0, offset);
}
