import { expect } from "chai";
import type { Index, NDArray } from "chalk-and-tape/np";
import * as np from "chalk-and-tape/np";
import fc from "fast-check";
import { dtype, exact, shape, strided } from "./arbitraries.ts";
import { holds, seed } from "./seeded.ts";

/**
 * Entries with at least one array for axes of these lengths, and how many axes they cover. What an index picks is compared
 * with NumPy in numpy.test.ts; here each property holds for every array and layout.
 */
function indexOf(lengths: readonly number[]): fc.Arbitrary<Index<NDArray>[]> {
  const count = lengths.includes(0) ? 0 : 2; // arrays of one length broadcast
  const positionsOf = (n: number): fc.Arbitrary<NDArray> =>
    fc
      .array(fc.integer({ min: -n, max: Math.max(0, n - 1) }), { minLength: count, maxLength: count })
      .map((list) => np.array(list, int32));
  const entryOf = (n: number): fc.Arbitrary<Index<NDArray>> =>
    fc.oneof(
      fc.constant(null),
      fc.constantFrom<Index<NDArray>>([1], [null, null, -1], [0, 2], [null, -1, 2]),
      positionsOf(n),
      ...(n > 0 ? [fc.integer({ min: -n, max: n - 1 }), fc.constant(np.zeros([1], int32))] : []),
    );
  return fc
    .tuple(fc.nat(lengths.length - 1), fc.nat(lengths.length), fc.tuple(...lengths.map(entryOf)))
    .chain(([at, given, entries]) =>
      positionsOf(lengths[at] as number).map((array) =>
        entries.map((entry, axis) => (axis === at ? array : entry)).slice(0, Math.max(at + 1, given)),
      ),
    );
}

const int32 = { dtype: "int32" } as const;

const sliced = fc.tuple(dtype, shape).chain(([d, s]) => {
  const lengths = s.length > 0 ? s : [3];
  return fc.record({ sample: strided(d, lengths, exact[d]), index: indexOf(lengths) });
});

describe(`np, arrays in an index (seed ${seed})`, () => {
  it("picks the same elements from every layout, as a copy", () => {
    holds(
      fc.property(sliced, ({ sample: { x, plain }, index }) => {
        const places = np
          .arange(plain.data.length)
          .reshape(plain.shape)
          .slice(...index);
        const part = x.slice(...index);
        expect(part.shape).to.deep.equal(places.shape);
        expect(part.dtype).to.equal(x.dtype);
        expect([...part.flat()]).to.deep.equal(Array.from(places.flat(), (at) => plain.data[at]));
        expect(part.isContiguous).to.equal(true);
        if (part.size > 0) expect(part.data).not.to.equal(x.data);
      }),
      400,
    );
  });

  it("⟨slice(x), y⟩ = ⟨x, unslice(y)⟩: what is picked twice is added twice", () => {
    holds(
      fc.property(sliced, fc.integer({ min: 1, max: 9 }), ({ sample: { x }, index }, factor) => {
        const [wide, part] = [x.astype("float64"), x.astype("float64").slice(...index)];
        const y = np.arange(part.size).reshape(part.shape).mul(factor).add(1);
        const back = np.unslice(y, index, x.shape);
        expect(part.mul(y).sum().item()).to.equal(wide.mul(back).sum().item());
        expect(back.sum().item()).to.equal(y.sum().item());
      }),
      200,
    );
  });

  it("set writes where slice reads, and nowhere else", () => {
    holds(
      fc.property(sliced, fc.boolean(), ({ sample: { x }, index }, transposed) => {
        const fresh = x.astype("float64").copy();
        const target = transposed ? fresh.T.copy().T : fresh;
        const hit = np.unslice(np.ones(target.slice(...index).shape), index, target.shape);
        expect(target.set(99, ...index)).to.equal(target);
        expect(target.toArray()).to.deep.equal(
          np.where(hit.greater(0), 99, fresh.copy().set(99, ...index)).toArray(),
        );
        expect(np.where(hit.greater(0), 0, target).toArray()).to.deep.equal(
          np.where(hit.greater(0), 0, x.astype("float64")).toArray(),
        );
        expect(target.slice(...index).toArray()).to.deep.equal(
          np.full(target.slice(...index).shape, 99).toArray(),
        );
        const before = target.copy();
        target.set(target.slice(...index), ...index);
        expect(target.toArray()).to.deep.equal(before.toArray());
      }),
      200,
    );
  });

  it("NumPy programs: CS231n's probabilities, a mask set to 0, rows in a new order", () => {
    const p = np.array([[0.1, 0.9], [0.7, 0.3], [0.5, 0.5]]); // biome-ignore format: a matrix
    const y = np.array([1, 0, 0], { dtype: "int32" });
    expect(p.slice(np.arange(3), y).toArray()).to.deep.equal([0.9, 0.7, 0.5]);
    const dscores = p.copy();
    dscores.set(dscores.slice(np.arange(3), y).sub(1), np.arange(3), y);
    expect(p.sub(dscores).greater(0.5).toArray()).to.deep.equal([[0, 1], [1, 0], [1, 0]]); // biome-ignore format: a matrix
    const x = np.array([[-1, 2], [3, -4]]); // biome-ignore format: a matrix
    x.set(0, x.less(0));
    expect(x.toArray()).to.deep.equal([[0, 2], [3, 0]]); // biome-ignore format: a matrix
    expect(x.slice(np.array([-1, 0])).toArray()).to.deep.equal([[3, 0], [0, 2]]); // biome-ignore format: a matrix
    expect(x.slice(null, x.slice(0).greater(0)).toArray()).to.deep.equal([[2], [0]]);
    expect(x.slice(np.array([true, false])).toArray()).to.deep.equal([[0, 2]]);
    expect(np.arange(5).slice(np.array([[0, 1], [2, -1]])).toArray()).to.deep.equal([[0, 1], [2, 4]]); // biome-ignore format: a matrix
  });

  it("arrays that a range parts have their axes in front", () => {
    const [x, two] = [np.zeros([2, 3, 4, 5]), np.array([0, 1])];
    expect(x.slice(null, two, null, two).shape).to.deep.equal([2, 2, 4]);
    expect(x.slice(null, 0, null, two).shape).to.deep.equal([2, 2, 4]);
    expect(x.slice(null, two, two).shape).to.deep.equal([2, 2, 5]);
    expect(x.slice(null, null, x.slice(0, 0).greater(0)).shape).to.deep.equal([2, 3, 0]);
  });

  it("set through a view changes the array and raises the version of all views", () => {
    const x = np.zeros([2, 3], { dtype: "float32" });
    const view = x.T;
    view.set(np.array([7, 8], { dtype: "int32" }), [1], 0);
    expect(x.toArray()).to.deep.equal([[0, 7, 8], [0, 0, 0]]); // biome-ignore format: a matrix
    expect([x.version, view.version]).to.deep.equal([1, 1]);
    expect(
      x
        .set(np.ones([1, 1, 3]), 1)
        .slice(1)
        .toArray(),
    ).to.deep.equal([1, 1, 1]);
    const flags = np.zeros([3], { dtype: "uint8" }).set(np.array([0.5, 1.5, 2.5]));
    expect(flags.toArray()).to.deep.equal([0, 1, 2]);
    const line = np.arange(4);
    expect(line.set(line.slice([null, null, -1])).toArray()).to.deep.equal([3, 2, 1, 0]);
  });

  it("a wrong index or value is refused before anything is written", () => {
    const x = np.arange(12).reshape(3, 4);
    const mask = (...flags: number[]): NDArray => np.array(flags, { dtype: "uint8" });
    const calls: readonly [call: () => unknown, type: new (message: string) => Error, message: string][] = [
      [() => x.slice(np.array([0, 5])), RangeError, "slice: index 5 on axis 0 of shape (3, 4); expected -3 … 2"],
      [() => x.slice(null, np.array([-5])), RangeError, "slice: index -5 on axis 1 of shape (3, 4); expected -4 … 3"],
      [() => x.slice(np.array([0.5])), TypeError, 'holds 0.5; expected whole numbers, or a mask of dtype uint8, as x.greater(0) gives; index.astype("int32")'],
      [() => x.slice(mask(1, 0)), np.ShapeError, 'needs that part of the shape, got (2,); positions are int32: index.astype("int32")'],
      [() => x.slice(mask(1, 0, 2)), RangeError, 'a uint8 array is a mask of 0 and 1, but holds 2; positions are int32: index.astype("int32")'],
      [() => x.slice(np.array([0, 1]), np.array([0, 1, 2])), np.ShapeError, "slice, index arrays: shapes (2,) and (3,) cannot be broadcast"],
      [() => x.slice(x.greater(1), 0), RangeError, "slice: an index of 3 axes for shape (3, 4)"],
      [() => x.set(1, np.array([3])), RangeError, "set: index 3 on axis 0 of shape (3, 4)"],
      [() => x.set(1, 0, 4), RangeError, "set: index 4 on axis 1"],
      [() => x.set(np.ones([3]), 0), np.ShapeError, "set: a value of shape (3,) does not fit the part that the index names, of shape (4,)"],
      [() => x.astype("int32").set(0.5, 0), TypeError, "set: 0.5 does not fit dtype int32"],
      [() => np.ones([1]).broadcastTo([3]).set(1, 0), TypeError, "x.copy() gives each its own"],
      [() => np.unslice(np.ones([3]), [np.array([0, 1])], [4]), np.ShapeError, "unslice: x has shape (3,)"],
    ]; // biome-ignore format: a table, one case a line
    for (const [call, type, message] of calls) expect(call).to.throw(type, message);
    expect([x.version, ...x.flat()]).to.deep.equal([0, ...np.arange(12).flat()]);
  });
});
