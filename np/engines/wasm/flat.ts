import type { TypedArray } from "../../dtype.ts";
import type { BinaryName, Engine, FloatArray, View } from "../../engine.ts";
import { type Layout, layoutOf } from "../js/layout.ts";
import { logsumexpRows, unary } from "./flat-exp.ts";
import { type FlatKernels, FlatMemory, pieceLength, pieces, worthCopying } from "./flat-memory.ts";
import { comoments, moments, sumProducts } from "./flat-row-sums.ts";
import { fused } from "./flat-rows.ts";
import { softmaxCrossEntropy, softmaxMinus } from "./flat-softmax.ts";
import { sumOf } from "./flat-sums.ts";
import { flatUpdates } from "./flat-updates.ts";

// The op codes of assembly/flat.ts, in order.
const arithmetic: readonly BinaryName[] = ["add", "sub", "mul", "div", "maximum", "minimum", "wherePositive"];
const comparisons: readonly BinaryName[] = [
  "greater",
  "greaterEqual",
  "less",
  "lessEqual",
  "equal",
  "notEqual",
];

/**
 * The base engine, with SIMD for the element-wise functions, sums and updates that it speeds up;
 * all else is left to the base.
 */
export function withFlatKernels(base: Engine): Engine {
  const memory = new FlatMemory();
  return {
    ...base,
    unary(f, out, x) {
      if (out.size < worthCopying || !unary(memory, f, out, x)) base.unary(f, out, x);
    },
    binary(f, out, a, b) {
      if (out.size < worthCopying || !binary(memory, f, out, a, b)) base.binary(f, out, a, b);
    },
    where(out, condition, a, b) {
      if (out.size < worthCopying || !where(memory, out, condition, a, b)) base.where(out, condition, a, b);
    },
    fused(f, out, operands) {
      if (out.size < worthCopying || !fused(memory, f, out, operands)) base.fused(f, out, operands);
    },
    sumProducts(...args) {
      if (args[1].length < worthCopying || !sumProducts(memory, ...args)) base.sumProducts(...args);
    },
    moments(...args) {
      if (args[2].length < worthCopying || !moments(memory, ...args)) base.moments(...args);
    },
    comoments(...args) {
      if (args[2].length < worthCopying || !comoments(memory, ...args)) base.comoments(...args);
    },
    reduce(f, out, x, outer, length, inner) {
      const done =
        x.length >= worthCopying &&
        ((f === "sum" && sumOf(memory, out, x, outer, length, inner)) ||
          (f === "logsumexp" && inner === 1 && logsumexpRows(memory, out, x, length)));
      if (!done) base.reduce(f, out, x, outer, length, inner);
    },
    softmaxCrossEntropy(out, x, t, length) {
      if (x.length < worthCopying || !softmaxCrossEntropy(memory, out, x, t, length))
        base.softmaxCrossEntropy(out, x, t, length);
    },
    softmaxMinus(out, x, t, scale, length) {
      if (x.length < worthCopying || !softmaxMinus(memory, out, x, t, scale, length))
        base.softmaxMinus(out, x, t, scale, length);
    },
    addInPlace(y, x, scale) {
      if (y.length < worthCopying || !addScaled(memory, y, x, scale)) base.addInPlace(y, x, scale);
    },
    updates: flatUpdates(memory, base.updates),
  };
}

function binary(memory: FlatMemory, f: BinaryName, out: View, a: View, b: View | number): boolean {
  const kernels = memory.kernelsFor(a.data);
  if (!kernels) return false;
  const op = arithmetic.indexOf(f);
  if (op < 0) return compare(memory, kernels, comparisons.indexOf(f), out, a, b);
  if (out.dtype !== a.dtype) return false;
  const layout = layoutOf(out, [a, b]);
  if (layout?.kinds[0] !== "dense") return false;
  if (typeof b !== "number" && b.dtype !== a.dtype) {
    if (f !== "mul" || b.dtype !== "uint8" || layout.kinds[1] !== "dense") return false;
    pieces(out.size, (at, n) => {
      memory.put(1, a.data, a.offset + at, n);
      memory.put(2, b.data, b.offset + at, n);
      kernels.mask(n, memory.at(0), memory.at(1), memory.at(2));
      memory.take(0, out.data, out.offset + at, n);
    });
    return true;
  }
  return rowwise(memory, kernels, op, out, a, b, layout);
}

/**
 * Processes as many whole rows at once as fit into a piece; b is dense, one row that repeats, or
 * one number per row.
 */
function rowwise(
  memory: FlatMemory,
  kernels: FlatKernels,
  op: number,
  out: View,
  a: View,
  b: View | number,
  { outer, middle, inner, kinds }: Layout,
): boolean {
  const [x, y] = [memory.at(1), memory.at(2)];
  const run = (at: number, rows: number, length: number, kind: number): void => {
    memory.put(1, a.data, a.offset + at, rows * length);
    kernels.binary(op, rows, length, memory.at(0), x, y, kind);
    memory.take(0, out.data, out.offset + at, rows * length);
  };
  if (typeof b === "number") {
    memory.putNumber(2, b, a.data);
    pieces(out.size, (at, n) => run(at, 1, n, perRow));
  } else if (kinds[1] === "dense") {
    pieces(out.size, (at, n) => {
      memory.put(2, b.data, b.offset + at, n);
      run(at, 1, n, dense);
    });
  } else if (inner === 1) {
    if (middle > pieceLength) return false;
    memory.put(2, b.data, b.offset, middle);
    const most = Math.floor(pieceLength / middle);
    for (let o = 0; o < outer; o += most) run(o * middle, Math.min(most, outer - o), middle, repeated);
  } else {
    if (inner > pieceLength) return false;
    const most = Math.floor(pieceLength / inner);
    const numbers = memory.seenAs(a.data);
    const start = y / a.data.BYTES_PER_ELEMENT;
    for (let row = 0; row < outer * middle; row += most) {
      const rows = Math.min(most, outer * middle - row);
      for (let r = 0; r < rows; r++) numbers[start + r] = b.data[b.offset + ((row + r) % middle)] as number;
      run(row * inner, rows, inner, perRow);
    }
  }
  return true;
}
// How y is laid out, as in assembly/flat.ts.
const [dense, repeated, perRow] = [0, 1, 2];

function compare(
  memory: FlatMemory,
  kernels: FlatKernels,
  op: number,
  out: View,
  a: View,
  b: View | number,
): boolean {
  if (op < 0 || (typeof b !== "number" && b.dtype !== a.dtype)) return false;
  const layout = layoutOf(out, [a, b]);
  if (layout?.kinds[0] !== "dense" || layout.kinds[1] === "middle") return false;
  if (typeof b === "number") memory.putNumber(2, b, a.data);
  pieces(out.size, (at, n) => {
    memory.put(1, a.data, a.offset + at, n);
    if (typeof b !== "number") memory.put(2, b.data, b.offset + at, n);
    const step = typeof b === "number" ? 0 : a.data.BYTES_PER_ELEMENT;
    kernels.compare(op, n, memory.at(0), memory.at(1), memory.at(2), step);
    memory.take(0, out.data, out.offset + at, n);
  });
  return true;
}

function where(memory: FlatMemory, out: View, condition: View, a: View | number, b: View | number): boolean {
  const kernels = memory.kernelsFor(out.data);
  const branches = [a, b] as const;
  if (!kernels || condition.dtype !== "uint8") return false;
  if (branches.some((x) => typeof x !== "number" && x.dtype !== out.dtype)) return false;
  const layout = layoutOf(out, [condition, a, b]);
  if (!layout || layout.kinds.includes("middle")) return false;
  const [step, otherStep] = branches.map((x) => (typeof x === "number" ? 0 : 16)) as [number, number];
  branches.forEach((x, i) => {
    if (typeof x === "number") memory.putNumber(2 + i, x, out.data);
  });
  pieces(out.size, (at, n) => {
    memory.put(1, condition.data, condition.offset + at, n);
    branches.forEach((x, i) => {
      if (typeof x !== "number") memory.put(2 + i, x.data, x.offset + at, n);
    });
    kernels.where(n, memory.at(0), memory.at(1), memory.at(2), step, memory.at(3), otherStep);
    memory.take(0, out.data, out.offset + at, n);
  });
  return true;
}

function addScaled(memory: FlatMemory, y: TypedArray, x: TypedArray, scale: number): boolean {
  const kernels = memory.kernelsFor(y);
  if (!kernels || x.constructor !== y.constructor) return false;
  pieces(y.length, (at, n) => {
    memory.put(0, y, at, n);
    memory.put(1, x as FloatArray, at, n);
    kernels.addScaled(n, memory.at(0), memory.at(1), scale);
    memory.take(0, y, at, n);
  });
  return true;
}
