import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import fc from "fast-check";
import { promote } from "#internal/np";
import { dtype, exact, type Sample, strided } from "./arbitraries.ts";
import { at, expectSame, indicesOf, tabulate } from "./plain.ts";
import { holds, seed } from "./seeded.ts";

const base = fc.array(fc.constantFrom(1, 2, 3, 5), { minLength: 1, maxLength: 3 });
/** 1 to 4 arrays whose shapes differ along one axis only, if at all. */
const parts = (equal: boolean): fc.Arbitrary<{ xs: Sample[]; axis: number }> =>
  fc
    .tuple(base, fc.nat(2), fc.array(fc.tuple(dtype, fc.nat(4)), { minLength: 1, maxLength: 4 }))
    .chain(([shape, a, list]) => {
      const axis = a % shape.length;
      const own = (n: number): number[] => shape.map((m, i) => (i === axis && !equal ? n : m));
      return fc.record({
        xs: fc.tuple(...list.map(([d, n]) => strided(d, own(n)))),
        axis: fc.constant(axis),
      });
    });

describe(`np, concatenate, stack, gather, scatter (seed ${seed})`, () => {
  it("concatenate: every element of every part, in its place, along any axis", () => {
    holds(
      fc.property(parts(false), fc.boolean(), ({ xs, axis }, negative) => {
        const owners = xs.flatMap(({ plain }) =>
          Array.from({ length: plain.shape[axis] as number }, (_, i) => ({ plain, i })),
        );
        const shape = (xs[0] as Sample).plain.shape.map((n, i) => (i === axis ? owners.length : n));
        const expected = tabulate(xs.map(({ x }) => x.dtype).reduce(promote), shape, (index) => {
          const { plain, i } = owners[index[axis] as number] as (typeof owners)[number];
          // Not `at`: it would answer for an axis of length 1 whatever the index.
          const place = indicesOf(plain.shape).findIndex((own) =>
            own.every((j, k) => j === (k === axis ? i : index[k])),
          );
          return plain.data[place] as number;
        });
        const actual = np.concatenate(xs.map(({ x }) => x), negative ? axis - shape.length : axis); // biome-ignore format: one call
        expectSame(actual, expected);
      }),
      150,
    );
  });

  it("stack: a new axis anywhere; slicing it gives the parts back", () => {
    holds(
      fc.property(parts(true), fc.nat(3), fc.boolean(), ({ xs }, where, negative) => {
        const shape = (xs[0] as Sample).plain.shape;
        const axis = where % (shape.length + 1);
        const out = np.stack(xs.map(({ x }) => x), negative ? axis - shape.length - 1 : axis); // biome-ignore format: one call
        expect(out.shape).to.deep.equal(shape.toSpliced(axis, 0, xs.length));
        for (const [i, { plain }] of xs.entries()) {
          const ranges = out.shape.map((_, k) => (k === axis ? i : null));
          expectSame(
            out.slice(...ranges),
            tabulate(out.dtype, shape, (index) => at(plain, index)),
          );
        }
      }),
    );
  });

  const indexed = fc.tuple(dtype, base, fc.nat(2), fc.nat(6)).chain(([d, shape, a, count]) => {
    const axis = a % shape.length;
    const picked = shape.map((n, i) => (i === axis ? count : n));
    return fc.record({
      sample: strided(d, shape, exact[d]),
      indices: strided("int32", picked, fc.nat((shape[axis] as number) - 1)),
      y: strided("float64", picked, exact.float64),
      axis: fc.constant(axis),
      negative: fc.boolean(),
    });
  });

  it("gather: x at the index along one axis", () => {
    holds(
      fc.property(indexed, ({ sample: { x, plain }, indices, axis, negative }) => {
        const expected = tabulate(x.dtype, indices.x.shape, (index) =>
          at(plain, index.with(axis, at(indices.plain, index))),
        );
        expectSame(np.gather(x, indices.x, negative ? axis - x.ndim : axis), expected);
        expectSame(np.gather(x, indices.x.astype("float64"), axis), expected);
      }),
      150,
    );
  });

  it("scatter adds where indices repeat: ⟨gather(x), y⟩ = ⟨x, scatter(y)⟩", () => {
    holds(
      fc.property(indexed, ({ sample: { x, plain }, indices, y, axis }) => {
        const back = np.scatter(y.x, indices.x, axis, plain.shape);
        expect(back.shape).to.deep.equal(plain.shape);
        const picked = np.gather(x, indices.x, axis);
        expect(picked.mul(y.x).sum().item()).to.equal(x.mul(back).sum().item());
        const expected = new Map<string, number>();
        for (const index of indicesOf(indices.x.shape)) {
          const to = String(index.with(axis, at(indices.plain, index)));
          expected.set(to, (expected.get(to) ?? 0) + at(y.plain, index));
        }
        expectSame(
          back,
          tabulate("float64", plain.shape, (index) => expected.get(String(index)) ?? 0),
        );
      }),
      150,
    );
  });
});
