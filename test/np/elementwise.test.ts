import { expect } from "chai";
import type { DType, NDArray } from "chalk-and-tape/np";
import * as np from "chalk-and-tape/np";
import fc from "fast-check";
import { isFloat, promote } from "#internal/np";
import { anyArray, broadcastable, dtype, numbers, strided } from "./arbitraries.ts";
import { at, dtypes, expectSame, type Plain, tabulate } from "./plain.ts";
import { binaryReferences, unaryReferences } from "./scalar-reference.ts";
import { holds, seed } from "./seeded.ts";

const functions: Readonly<Record<string, unknown>> = np;
type Call = (...operands: (NDArray | number)[]) => NDArray;
/** A method where arrays have one, else np's function: `a.add(b)`, `maximum(a, b)`. */
function call(op: string, a: NDArray, ...rest: (NDArray | number)[]): NDArray {
  const method = (a as unknown as Record<string, Call | undefined>)[op];
  return method ? method.apply(a, rest) : (functions[op] as Call)(a, ...rest);
}

const bothIntegers = (a: DType, b: DType): boolean => !isFloat(a) && !isFloat(b);
/** Integer powers stay below 2⁵³, which they are exact to. */
const numberFor = (op: string, own: DType, other: DType): fc.Arbitrary<number> =>
  op === "pow" && bothIntegers(own, other) ? fc.integer({ min: 0, max: 7 }) : numbers[own];

function expected(op: string, a: Plain, b: Plain, shape: readonly number[]): Plain {
  const { result, f } = binaryReferences[op] as (typeof binaryReferences)[string];
  const out = result(a.dtype, b.dtype);
  return tabulate(out, shape, (index) => f(at(a, index), at(b, index), out));
}

describe(`np, element by element (seed ${seed})`, () => {
  for (const op of Object.keys(binaryReferences)) {
    it(`${op} of two arrays: any shapes that broadcast, any strides, any dtypes`, () => {
      const pair = fc.tuple(dtype, dtype, broadcastable(2)).chain(([left, right, { result, parts }]) =>
        fc.record({
          a: strided(left, parts[0] as number[], numberFor(op, left, right)),
          b: strided(right, parts[1] as number[], numberFor(op, right, left)),
          shape: fc.constant(result),
        }),
      );
      holds(
        fc.property(pair, ({ a, b, shape }) => {
          expectSame(call(op, a.x, b.x), expected(op, a.plain, b.plain, shape));
        }),
        150,
      );
    });

    it(`${op} of all 16 pairs of dtypes`, () => {
      for (const left of dtypes) {
        for (const right of dtypes) {
          const a = { dtype: left, shape: [2, 3], data: [0, 1, 2, 3, 5, 7] };
          const b = { dtype: right, shape: [3], data: [2, 3, 1] };
          const actual = call(op, np.array([[0, 1, 2], [3, 5, 7]], { dtype: left }), np.array([2, 3, 1], { dtype: right })); // biome-ignore format: one call
          expectSame(actual, expected(op, a, b, [2, 3]), `${left} ${op} ${right}`);
        }
      }
    });

    it(`${op} with a number is ${op} with an array full of it, and keeps the array's dtype`, () => {
      const one = fc
        .tuple(dtype, fc.constantFrom([], [3], [2, 5], [0, 2]))
        .chain(([d, shape]) => fc.tuple(strided(d, shape, numberFor(op, d, d)), numberFor(op, d, d)));
      holds(
        fc.property(one, ([{ x, plain }, number]) => {
          const full = np.full(x.shape, number, { dtype: x.dtype });
          const actual = call(op, x, number);
          expectSame(actual, expected(op, plain, { ...plain, data: [...full.flat()] }, x.shape));
          expect(actual.dtype).to.equal(binaryReferences[op]?.result(x.dtype, x.dtype));
        }),
      );
    });
  }

  for (const [op, { result, f }] of Object.entries(unaryReferences)) {
    it(`${op}: any shape, strides and dtype`, () => {
      holds(
        fc.property(anyArray, ({ x, plain }) => {
          expectSame(
            call(op, x),
            tabulate(result(x.dtype), x.shape, (index) => f(at(plain, index))),
          );
        }),
      );
    });
  }

  it("where: three broadcast operands of any layout; NaN is a true condition", () => {
    const triple = fc
      .tuple(dtype, dtype, dtype, broadcastable(3))
      .chain(([c, left, right, { result, parts }]) =>
        fc.record({
          condition: strided(c, parts[0] as number[], fc.oneof(fc.constantFrom(0, 0, 1), numbers[c])),
          a: strided(left, parts[1] as number[]),
          b: strided(right, parts[2] as number[]),
          shape: fc.constant(result),
        }),
      );
    holds(
      fc.property(triple, ({ condition, a, b, shape }) => {
        const pick = (index: number[]): number =>
          at(condition.plain, index) === 0 ? at(b.plain, index) : at(a.plain, index);
        expectSame(np.where(condition.x, a.x, b.x), tabulate(promote(a.x.dtype, b.x.dtype), shape, pick));
        const mine = tabulate(a.x.dtype, shape, (index) =>
          at(condition.plain, index) === 0 ? 3 : at(a.plain, index),
        );
        const shapes = np.broadcastShapes("test", condition.x.shape, a.x.shape);
        if (np.sameShape(shapes, shape)) expectSame(np.where(condition.x, a.x, 3), mine);
      }),
      200,
    );
  });

  it("astype: any layout, every pair of dtypes, numbers that both hold", () => {
    const one = fc
      .tuple(dtype, dtype, fc.constantFrom([], [3], [2, 5], [5, 0]))
      .chain(([from, to, shape]) =>
        fc.tuple(strided(from, shape, fc.integer({ min: 0, max: 255 })), fc.constant(to)),
      );
    holds(
      fc.property(one, ([{ x, plain }, to]) => {
        expectSame(x.astype(to), { ...plain, dtype: to });
      }),
    );
  });

  it("long axes in an order of their own: the loops' blocks have edges", () => {
    const shape = [3, 70, 67];
    const count = (order: number[]): NDArray =>
      np.arange(3 * 70 * 67).reshape(order.map((axis) => shape[axis] as number));
    for (const order of [
      [2, 0, 1],
      [0, 2, 1],
      [1, 2, 0],
    ]) {
      // biome-ignore format: one line
      const back = order.map((_, axis) => order.indexOf(axis));
      const [a, b] = [count(order).transpose(back), count([0, 1, 2])];
      const difference = a.sub(b).slice([null, null, -1]);
      for (const [i, j, k] of [
        [0, 0, 0],
        [2, 69, 66],
        [1, 63, 64],
        [2, 64, 63],
        [0, 65, 1],
      ] as const) {
        // biome-ignore format: one line
        expect(difference.item(2 - i, j, k)).to.equal(a.item(i, j, k) - b.item(i, j, k));
      }
      expect(a.sub(b).sum().item()).to.equal(0);
      expect(a.mul(a).sum().item()).to.equal(b.mul(b).sum().item());
    }
  });
});
