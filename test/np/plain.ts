import { expect } from "chai";
import { type DType, formatShape, NDArray, type Nested, type TypedArray } from "chalk-and-tape/np";

/** What the naive references compute with: numbers in row-major order. No strides, no views. */
export interface Plain {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export const dtypes: readonly DType[] = ["float64", "float32", "int32", "uint8"];

export const memory: Record<DType, (size: number) => TypedArray> = {
  float64: (size) => new Float64Array(size),
  float32: (size) => new Float32Array(size),
  int32: (size) => new Int32Array(size),
  uint8: (size) => new Uint8Array(size),
};

/** Every index of a shape, the last axis fastest. */
export function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])),
    [[]],
  );
}

/** The element at an index; an axis of length 1 answers to every index, leading axes may be missing. */
export function at(x: Plain, index: readonly number[]): number {
  const own = index.slice(index.length - x.shape.length);
  let position = 0;
  for (const [axis, n] of x.shape.entries()) position = position * n + (n === 1 ? 0 : (own[axis] as number));
  return x.data[position] as number;
}

/** An array computed index by index; the dtype rounds or wraps each number. */
export function tabulate(dtype: DType, shape: readonly number[], f: (index: number[]) => number): Plain {
  const stored = memory[dtype](1);
  const data = indicesOf(shape).map((index) => {
    stored[0] = f(index);
    return stored[0] as number;
  });
  return { dtype, shape: [...shape], data };
}

/** What an array holds, read through its public face. */
export function plain(x: NDArray): Plain {
  const flatten = (nested: Nested): number[] =>
    typeof nested === "number" ? [nested] : (nested as readonly Nested[]).flatMap(flatten);
  return { dtype: x.dtype, shape: [...x.shape], data: flatten(x.toArray()) };
}

export function fromPlain({ dtype, shape, data }: Plain): NDArray {
  const x = memory[dtype](data.length);
  x.set(data);
  return NDArray.from(x, shape);
}

/** Same dtype, shape and numbers: NaN equals NaN, −0 does not equal 0. */
export function expectSame(actual: NDArray, expected: Plain, about: string = ""): void {
  const found = plain(actual);
  expect(found.dtype, `${about} dtype`).to.equal(expected.dtype);
  expect(found.shape, `${about} shape`).to.deep.equal(expected.shape);
  expect(found.data.length, `${about} size`).to.equal(expected.data.length);
  const wrong = found.data.findIndex((value, i) => !Object.is(value, expected.data[i]));
  if (wrong < 0) return;
  const index = formatShape(indicesOf(expected.shape)[wrong] as number[]);
  expect.fail(`${about} at ${index}: ${found.data[wrong]}, expected ${expected.data[wrong]}`);
}
