import type { Engine, UnaryName, View } from "../../engine.ts";
import { columnsSize, type WindowGeometry } from "../../window-geometry.ts";

/** The engine methods that can be divided: each part writes memory of its own, so threads may compute them in any order. */
export type SharedName =
  | "assign"
  | "unary"
  | "binary"
  | "where"
  | "fused"
  | "sumProducts"
  | "moments"
  | "comoments"
  | "reduce"
  | "softmaxCrossEntropy"
  | "softmaxMinus"
  | "largest"
  | "unpool"
  | "scatter"
  | "gemmBatch"
  | "im2col"
  | "col2im"
  | "convolve";

type Arguments<K extends SharedName> = Parameters<Engine[K]>;

/** How one method's arguments are divided. */
interface Partition<K extends SharedName> {
  /** The number of units; a part is any run of them. */
  units(...args: Arguments<K>): number;
  /** The approximate cost of the whole, in elements of an addition. */
  cost(...args: Arguments<K>): number;
  /** The arguments of the same method for one part. */
  part(part: UnitRange, args: Arguments<K>): Arguments<K>;
}

/** A part of a task: the units `from` … `to` − 1. */
export interface UnitRange {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** Element-wise methods are divided along the first axis of `out`. */
const firstAxis = (out: View): number => out.shape[0] ?? 1;
function rows<T>(x: T, { from, to }: UnitRange): T {
  if (!isView(x)) return x;
  const { data, dtype, shape, strides, offset, size } = x;
  const [n, step] = [shape[0] as number, strides[0] as number];
  return {
    data,
    dtype,
    shape: [to - from, ...shape.slice(1)],
    strides,
    offset: offset + from * step,
    size: (size / n) * (to - from),
  } as T;
}
export function isView(x: unknown): x is View {
  return typeof x === "object" && x !== null && "strides" in x;
}

/** A part's elements, where every unit has `length` of them. */
function run<A extends { subarray(from: number, to: number): unknown } | null>(
  x: A,
  length: number,
  { from, to }: Pick<UnitRange, "from" | "to">,
): A {
  return (x?.subarray(from * length, to * length) ?? null) as A;
}

/** The number of elements of one image. */
function imageSize({ channels, size }: WindowGeometry): number {
  return channels * size[0] * size[1];
}

/** Functions that take only a few instructions per element. */
const cheap: ReadonlySet<UnaryName> = new Set(["neg", "abs", "sqrt", "sign", "isfinite"]);

const elementwise = { units: firstAxis, cost: (out: View): number => out.size };
/** The same for methods whose first argument is a function's name. */
const named = {
  units: (_: string, out: View): number => firstAxis(out),
  cost: (_: string, out: View): number => out.size,
};

export const partitions: { readonly [K in SharedName]: Partition<K> } = {
  assign: { ...elementwise, part: (part, [out, x]) => [rows(out, part), rows(x, part)] },
  unary: {
    ...named,
    cost: (f, out) => (cheap.has(f) ? 2 : 5) * out.size,
    part: (part, [f, out, x]) => [f, rows(out, part), rows(x, part)],
  },
  binary: {
    ...named,
    part: (part, [f, out, a, b]) => [f, rows(out, part), rows(a, part), rows(b, part)],
  },
  where: {
    ...elementwise,
    part: (part, args) => args.map((x) => rows(x, part)) as typeof args,
  },
  fused: {
    ...named,
    part: (part, [f, out, operands]) => [f, rows(out, part), operands.map((x) => rows(x, part))],
  },
  sumProducts: {
    units: (out) => out.length,
    cost: (_, x) => x.length,
    part: (part, [out, x, y, length]) => [
      run(out, 1, part),
      run(x, length, part),
      run(y, length, part),
      length,
    ],
  },
  moments: {
    units: (sums) => sums.length,
    cost: (_sums, _squares, x) => 2 * x.length,
    part: (part, [sums, squares, x, length]) => [
      run(sums, 1, part),
      run(squares, 1, part),
      run(x, length, part),
      length,
    ],
  },
  comoments: {
    units: (sums) => sums.length,
    cost: (_sums, _products, x) => 2 * x.length,
    part: (part, [sums, products, x, y, centers, length]) => [
      run(sums, 1, part),
      run(products, 1, part),
      run(x, length, part),
      run(y, length, part),
      run(centers, 1, part),
      length,
    ],
  },
  reduce: {
    units: (_f, _out, _x, outer) => outer,
    cost: (_f, _out, x) => x.length,
    part: (part, [f, out, x, , length, inner]) => [
      f,
      run(out, inner, part),
      run(x, length * inner, part),
      part.to - part.from,
      length,
      inner,
    ],
  },
  softmaxCrossEntropy: {
    units: (out) => out.length,
    cost: (_out, x) => 20 * x.length,
    part: (part, [out, x, t, length]) => [
      run(out, 1, part),
      run(x, length, part),
      run(t, length, part),
      length,
    ],
  },
  softmaxMinus: {
    units: (out, _x, _t, _scale, length) => out.length / length,
    cost: (out) => 20 * out.length,
    part: (part, [out, x, t, scale, length]) => [
      run(out, length, part),
      run(x, length, part),
      run(t, length, part),
      typeof scale === "number" ? scale : run(scale, 1, part),
      length,
    ],
  },
  largest: {
    units: (_x, _geometry, planes) => planes,
    cost: (x) => 2 * x.length,
    part: (part, [x, geometry, , out, winners]) => {
      const [plane, found] = [
        geometry.size[0] * geometry.size[1],
        geometry.positions[0] * geometry.positions[1],
      ];
      return [
        run(x, plane, part),
        geometry,
        part.to - part.from,
        run(out, found, part),
        run(winners, found, part),
      ];
    },
  },
  unpool: {
    units: (_out, _y, _x, _geometry, planes) => planes,
    cost: (out) => 3 * out.length,
    part: (part, [out, y, x, geometry]) => {
      const [plane, found] = [
        geometry.size[0] * geometry.size[1],
        geometry.positions[0] * geometry.positions[1],
      ];
      return [run(out, plane, part), run(y, found, part), run(x, plane, part), geometry, part.to - part.from];
    },
  },
  scatter: {
    units: (_out, _x, _indices, outer) => outer,
    cost: (_out, x) => 10 * x.length,
    part: (part, [out, x, indices, , length, n, inner]) => [
      run(out, n * inner, part),
      run(x, length * inner, part),
      run(indices, length * inner, part),
      part.to - part.from,
      length,
      n,
      inner,
    ],
  },
  gemmBatch: {
    units: (count) => count,
    cost: (count, [m, n, k]) => (count * m * n * k) / 10,
    part: (part, [, sizes, a, b, c]) => [
      part.to - part.from,
      sizes,
      { ...a, offset: a.offset + part.from * a.step },
      { ...b, offset: b.offset + part.from * b.step },
      run(c, sizes[0] * sizes[1], part),
    ],
  },
  im2col: {
    units: (_out, _x, _slide, samples) => samples,
    cost: (out) => out.length,
    part: (part, [out, x, geometry]) => [
      run(out, columnsSize(geometry), part),
      run(x, imageSize(geometry), part),
      geometry,
      part.to - part.from,
    ],
  },
  col2im: {
    units: (_out, _x, _slide, samples) => samples,
    cost: (_out, x) => x.length,
    part: (part, [out, x, geometry]) => [
      run(out, imageSize(geometry), part),
      run(x, columnsSize(geometry), part),
      geometry,
      part.to - part.from,
    ],
  },
  /**
   * Divided by samples. If w is computed, each part writes a `w` of its own; these are stored one
   * after another.
   */
  convolve: {
    units: (_, { samples }) => samples,
    cost: (_, { samples, rows, geometry }) => samples * columnsSize(geometry) * (1 + rows / 16),
    part: (part, [into, sizes, x, w, y]) => {
      const { geometry, rows, groups } = sizes;
      const product = rows * groups * geometry.positions[0] * geometry.positions[1];
      const weight = (columnsSize(geometry) / (geometry.positions[0] * geometry.positions[1])) * rows;
      const own = into === "w" ? run(w, weight, { from: part.index, to: part.index + 1 }) : w;
      return [
        into,
        { ...sizes, samples: part.to - part.from },
        run(x, imageSize(geometry), part),
        own,
        run(y, product, part),
      ];
    },
  },
};
