import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { type Axis, type DType, logsumexp, type NDArray } from "chalk-and-tape/np";
import fc from "fast-check";
import { floating, isFloat } from "#internal/np";
import { dtype, exact, shape, strided } from "./arbitraries.ts";
import { at, expectSame, type Plain, plain, tabulate } from "./plain.ts";
import { holds, seed } from "./seeded.ts";

const nanOrInfinite = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
const values = (d: DType): fc.Arbitrary<number> =>
  isFloat(d) ? fc.oneof({ weight: 20, arbitrary: exact[d] }, nanOrInfinite) : exact[d];

/** Any array with some of its axes, a few of them counted from the end. */
const reducible = fc.tuple(dtype, shape).chain(([d, s]) =>
  fc.record({
    sample: strided(d, s, values(d)),
    axes: fc.shuffledSubarray([...s.keys()]),
    negative: fc.boolean(),
    all: fc.boolean(),
    keepdims: fc.boolean(),
  }),
);

/** The elements that end up in each place of the result, collected by walking over all of x. */
function groups(x: Plain, axes: readonly number[], keepdims: boolean) {
  const reduced = (index: readonly number[]): number[] =>
    index.map((i, axis) => (axes.includes(axis) ? 0 : i));
  const wide = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const members = new Map<string, number[]>();
  tabulate(x.dtype, wide, (index) => members.set(String(index), []).size);
  tabulate(x.dtype, x.shape, (index) => members.get(String(reduced(index)))?.push(at(x, index)) ?? 0);
  const narrow = keepdims ? wide : wide.filter((_, axis) => !axes.includes(axis));
  return {
    compute: (result: DType, f: (group: number[]) => number): Plain => {
      const data = [...members.values()].map(f);
      const rounded = tabulate(result, [data.length], ([i]) => data[i as number] as number);
      return { ...rounded, shape: narrow };
    },
    empty: axes.some((axis) => x.shape[axis] === 0),
  };
}

const total = (group: number[]): number => group.reduce((sum, x) => sum + x, 0);
const largest = (group: number[]): number => group.reduce((a, b) => (Number.isNaN(a) || a >= b ? a : b));
const smallest = (group: number[]): number => group.reduce((a, b) => (Number.isNaN(a) || a <= b ? a : b));
const firstLargest = (group: number[]): number => group.findIndex((x) => Object.is(x, largest(group)));

describe(`np, reductions (seed ${seed})`, () => {
  it("sum and mean over any set of axes, in any order, positive or negative, with and without keepdims", () => {
    holds(
      fc.property(reducible, ({ sample: { x, plain }, axes, negative, all, keepdims }) => {
        const own = all ? [...x.shape.keys()] : axes;
        const axis: Axis = all ? null : axes.map((a) => (negative ? a - x.ndim : a));
        const { compute } = groups(plain, own, keepdims);
        const float = floating(x.dtype);
        expectSame(x.sum(axis, keepdims), compute(float, total), "sum");
        const round = float === "float32" ? Math.fround : Number;
        expectSame(
          x.mean(axis, keepdims),
          compute(float, (group) => round(total(group)) / group.length),
          "mean",
        );
      }),
      300,
    );
  });

  it("max, min and argmax along one axis or all; the first of equals wins, and the first NaN", () => {
    holds(
      fc.property(reducible, ({ sample: { x, plain }, axes, negative, keepdims }) => {
        const one = axes[0] ?? null;
        const axis = one === null ? null : negative ? one - x.ndim : one;
        const { compute, empty } = groups(plain, one === null ? [...x.shape.keys()] : [one], keepdims);
        if (empty) {
          expect(() => x.max(axis, keepdims)).to.throw(RangeError, "nothing to choose from");
          expect(() => x.argmax(axis, keepdims)).to.throw(RangeError, "nothing to choose from");
          return;
        }
        expectSame(x.max(axis, keepdims), compute(x.dtype, largest), "max");
        expectSame(x.min(axis, keepdims), compute(x.dtype, smallest), "min");
        expectSame(x.argmax(axis, keepdims), compute("int32", firstLargest), "argmax");
      }),
      300,
    );
  });

  it("logsumexp over any set of axes is log of the sum of exp, and moves with its input", () => {
    const close = (actual: NDArray, expected: Plain, about: string): void => {
      const tolerance = actual.dtype === "float32" ? 1e-6 : 1e-14;
      expect([actual.dtype, actual.shape], about).to.deep.equal([expected.dtype, expected.shape]);
      for (const [i, value] of plain(actual).data.entries()) {
        const wanted = expected.data[i] as number;
        if (Object.is(value, wanted)) continue;
        expect(Math.abs(value - wanted), `${about}: ${value}, expected ${wanted}`).to.be.below(
          tolerance * Math.max(1, Math.abs(wanted)),
        );
      }
    };
    holds(
      fc.property(reducible, ({ sample: { x, plain }, axes, negative, all, keepdims }) => {
        const own = all ? [...x.shape.keys()] : axes;
        const axis: Axis = all ? null : axes.map((a) => (negative ? a - x.ndim : a));
        const { compute } = groups(plain, own, keepdims);
        const float = floating(x.dtype);
        const naive = (group: number[]): number => Math.log(total(group.map(Math.exp)));
        close(logsumexp(x, axis, keepdims), compute(float, naive), "logsumexp");
        for (const shift of [4096, -4096]) {
          const moved = logsumexp(x.astype(float).add(shift), axis, keepdims);
          close(moved, compute(float, (group) => naive(group) + shift), `shifted by ${shift}`); // biome-ignore format: one call
        }
      }),
      200,
    );
  });

  it("the order in which axes are named changes not one bit", () => {
    const x = np.random(9).normal(0, 1, [7, 11, 5]);
    for (const [a, b] of [
      [
        [0, 1],
        [1, 0],
      ],
      [
        [0, 2],
        [2, 0],
      ],
      [
        [0, 1, 2],
        [2, -3, 1],
      ],
      [
        [1, 2],
        [-1, -2],
      ],
    ] as const) {
      // biome-ignore format: pairs
      expect(x.sum(a).toArray()).to.deep.equal(x.sum(b).toArray());
      expect(logsumexp(x, a).toArray()).to.deep.equal(logsumexp(x, b).toArray());
    }
  });

  it("sums of a million float32 are as exact as float64 makes them", () => {
    const x = np.full([1000, 1000], 0.1, { dtype: "float32" });
    const exactly = Math.fround(0.1);
    expect(x.sum().item()).to.equal(Math.fround(exactly * 1e6));
    expect(x.sum(0).max().item()).to.equal(Math.fround(exactly * 1e3));
    expect(x.sum(1).min().item()).to.equal(Math.fround(exactly * 1e3));
  });

  it("the smallest of integers whose negation wraps around", () => {
    expect(np.array([200, 0, 255], { dtype: "uint8" }).min().item()).to.equal(0);
    expect(
      np
        .array([5, -(2 ** 31), 7], { dtype: "int32" })
        .min()
        .item(),
    ).to.equal(-(2 ** 31));
  });
});
