import { type DType, formatShape, NDArray } from "chalk-and-tape/np";
import fc from "fast-check";
import { dtypes, indicesOf, memory, type Plain } from "./plain.ts";

/** An array over memory laid out at random, and what it holds. */
export interface Sample {
  readonly x: NDArray;
  readonly plain: Plain;
}

export const dtype: fc.Arbitrary<DType> = fc.constantFrom(...dtypes);
export const floatDtype: fc.Arbitrary<"float64" | "float32"> = fc.constantFrom("float64", "float32");

/** 0 to 4 axes of lengths 0, 1, 2, 3, 5. */
const length = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(2, 3, 1, 5) },
  { weight: 1, arbitrary: fc.constant(0) },
);
export const shape: fc.Arbitrary<number[]> = fc.array(length, { maxLength: 4 });

const special = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0);
const small = fc.integer({ min: -4, max: 4 });

export const numbers: Record<DType, fc.Arbitrary<number>> = {
  float64: fc.oneof(small, fc.double(), special),
  float32: fc.oneof(small, fc.float(), special),
  int32: fc.oneof(small, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  uint8: fc.integer({ min: 0, max: 255 }),
};

/** Sums and products of a few hundred of these are exact in float32, in any order. */
export const exact: Record<DType, fc.Arbitrary<number>> = {
  float64: fc.integer({ min: -8, max: 8 }).map((n) => n / 4),
  float32: fc.integer({ min: -8, max: 8 }).map((n) => n / 4),
  int32: small,
  uint8: fc.integer({ min: 0, max: 3 }),
};

/** An array of this shape: axes in any order in memory, gaps between them, walked backwards, or stretched (stride 0). */
export function strided(
  dtype: DType,
  shape: readonly number[],
  number: fc.Arbitrary<number> = numbers[dtype],
): fc.Arbitrary<Sample> {
  const ndim = shape.length;
  const each = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(one, { minLength: ndim, maxLength: ndim });
  const size = shape.reduce((product, n) => product * n, 1);
  return fc
    .record({
      order: fc.shuffledSubarray([...shape.keys()], { minLength: ndim }),
      steps: each(fc.constantFrom(1, 1, -1, 2, -2, 3)),
      gaps: each(fc.nat(2)),
      stretched: each(fc.integer({ min: 0, max: 5 }).map((n) => n === 5)),
      before: fc.nat(3),
      numbers: fc.array(number, { minLength: size, maxLength: size }),
    })
    .map(({ order, steps, gaps, stretched, before, numbers }) => {
      const strides = new Array<number>(ndim).fill(0);
      let [span, offset] = [1, before];
      for (const axis of order) {
        const n = shape[axis] as number;
        if (stretched[axis]) continue;
        const step = steps[axis] as number;
        strides[axis] = span * step;
        if (step < 0) offset += Math.max(0, n - 1) * -(strides[axis] as number);
        span *= Math.max(1, n) * Math.abs(step) + (gaps[axis] as number);
      }
      // What lies in the gaps must never be read.
      const data = memory[dtype](span + before + 1).fill(99);
      const indices = indicesOf(shape);
      const position = (index: number[]): number =>
        index.reduce((sum, i, axis) => sum + i * (strides[axis] as number), offset);
      for (const [i, index] of indices.entries()) data[position(index)] = numbers[i] as number;
      const x = new NDArray({ data, version: 0 }, [...shape], strides, offset);
      const held = indices.map((index) => data[position(index)] as number);
      return { x, plain: { dtype, shape: [...shape], data: held } };
    });
}

/** A random array of any dtype and shape. */
export const anyArray: fc.Arbitrary<Sample> = fc.tuple(dtype, shape).chain(([d, s]) => strided(d, s));

/** Two or three shapes that broadcast: axes turned into 1, leading axes left out. */
export function broadcastable(count: number): fc.Arbitrary<{ result: number[]; parts: number[][] }> {
  return shape.chain((whole) => {
    const part = fc
      .tuple(fc.nat({ max: whole.length }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
      .map(([missing, ones]) => whole.map((n, axis) => (ones[axis] ? 1 : n)).slice(missing));
    return fc.array(part, { minLength: count, maxLength: count }).map((parts) => {
      const result = whole.map((_, axis) =>
        parts.reduce((n, p) => {
          const own = p[axis - whole.length + p.length] ?? 1;
          return own === 1 ? n : own;
        }, 1),
      );
      const ndim = Math.max(0, ...parts.map((p) => p.length));
      return { result: result.slice(whole.length - ndim), parts };
    });
  });
}

/** How fast-check shows a counterexample. */
export function describeSample({ x, plain }: Sample): string {
  return `${x.dtype} ${formatShape(x.shape)} strides [${x.strides}] offset ${x.offset}: ${plain.data}`;
}
