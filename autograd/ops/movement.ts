import { gather, type Range, scatter, transpose, unslice } from "../../np/index.ts";
import { unbroadcast } from "./adjoints.ts";
import type { Ops } from "./vjp.ts";

/** Adjoint pairs: elements moved back to where they came from. */
// biome-ignore format: a sheet, one rule a line
export const movement: Pick<Ops, "transpose" | "reshape" | "broadcastTo" | "slice" | "unslice" | "pad" | "gather" | "scatter" | "concatenate" | "stack"> = {
  transpose: [(dy, _x, axes) => transpose(dy, axes.map((_, to) => axes.findIndex((from) => (from + dy.ndim) % dy.ndim === to)))], // from < 0 counts from the end
  reshape: [(dy, x) => dy.reshape(x.shape)],
  broadcastTo: [(dy, x) => unbroadcast(dy, x)],
  slice: [(dy, x, ranges) => unslice(dy, ranges, x.shape)],
  unslice: [(dy, _x, ranges) => dy.slice(...ranges)],
  pad: [(dy, x, widths) => dy.slice(...widths.map(([before], axis): Range => [before, before + (x.shape[axis] as number)]))],
  gather: [(dy, x, indices, axis) => scatter(dy, indices, axis, x.shape), null],
  scatter: [(dy, _x, indices, axis) => gather(dy, indices, axis), null],
  concatenate: [(dy, xs, axis) => {
    let stop = 0;
    return xs.map((x) => {
      const along = axis < 0 ? axis + x.ndim : axis;
      const start = stop;
      stop += x.shape[along] as number;
      return dy.slice(...x.shape.map((_, i): Range => (i === along ? [start, stop] : null))).astype(x.dtype);
    });
  }],
  stack: [(dy, xs, axis) => {
    const before = dy.shape.slice(0, axis).map(() => null); // a negative axis counts from the end here too
    return xs.map((x, i) => dy.slice(...before, i).astype(x.dtype));
  }],
};
