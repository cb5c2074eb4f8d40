import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { NDArray, ShapeError } from "chalk-and-tape/np";
import fc from "fast-check";
import { anyArray, broadcastable, dtype, exact, strided } from "./arbitraries.ts";
import { at, expectSame, plain, tabulate } from "./plain.ts";
import { holds, seed } from "./seeded.ts";

describe(`np, transpose, reshape, broadcastTo, pad (seed ${seed})`, () => {
  it("transpose: any order of axes, a view; T and mT", () => {
    const ordered = anyArray.chain((sample) =>
      fc.tuple(
        fc.constant(sample),
        fc.shuffledSubarray([...sample.x.shape.keys()], { minLength: sample.x.ndim }),
      ),
    );
    holds(
      fc.property(ordered, ([{ x, plain }, order]) => {
        const shape = order.map((axis) => plain.shape[axis] as number);
        const source = (index: number[]): number[] =>
          plain.shape.map((_, axis) => index[order.indexOf(axis)] as number);
        const expected = tabulate(x.dtype, shape, (index) => at(plain, source(index)));
        const moved = x.transpose(order.map((axis, i) => (i % 2 ? axis - x.ndim : axis)));
        expectSame(moved, expected);
        expect(moved.view.data).to.equal(x.view.data);
        expectSame(
          x.T,
          tabulate(x.dtype, plain.shape.toReversed(), (index) => at(plain, index.toReversed())),
        );
        if (x.ndim < 2) return;
        const swap = <T>(list: readonly T[]): T[] => [...list.slice(0, -2), ...list.slice(-2).reverse()];
        expectSame(
          x.mT,
          tabulate(x.dtype, swap(plain.shape), (index) => at(plain, swap(index))),
        );
      }),
      200,
    );
  });

  it("reshape: the same elements in row-major order, whatever the layout; -1 is worked out", () => {
    holds(
      fc.property(anyArray, fc.nat(5), fc.boolean(), ({ x, plain }, cut, hide) => {
        // Two neighbouring axes become one, and a 1 is put in.
        const at = Math.min(cut, Math.max(0, x.ndim - 2));
        const joined = [...plain.shape];
        if (x.ndim >= 2) joined.splice(at, 2, (joined[at] as number) * (joined[at + 1] as number), 1);
        const wanted = [...joined];
        if (hide && x.size > 0 && wanted.length > 0) wanted[at] = -1;
        expectSame(x.reshape(wanted), { ...plain, shape: joined });
        expectSame(x.reshape(...joined), { ...plain, shape: joined });
        expectSame(x.reshape(-1).reshape(plain.shape), plain);
      }),
      200,
    );
    expect(np.zeros([0, 4]).reshape(2, -1).shape).to.deep.equal([2, 0]);
    expect(np.ones([1, 1]).reshape([]).item()).to.equal(1);
    expect(() => np.zeros([0, 4]).reshape(0, -1)).to.throw(ShapeError);
    expect(() => np.zeros([6]).reshape(-1, -1)).to.throw(ShapeError);
    expect(() => np.zeros([6]).reshape(-2, -3)).to.throw(ShapeError);
  });

  it("reshape of a contiguous array is a view, of any other a copy", () => {
    const x = np.arange(12).reshape(3, 4);
    expect(x.slice([1]).reshape(-1).view.data).to.equal(x.view.data);
    expect([...x.slice([1]).reshape(2, 4).slice(0).flat()]).to.deep.equal([4, 5, 6, 7]);
    expect(x.T.reshape(-1).view.data).not.to.equal(x.view.data);
  });

  it("broadcastTo: stretched axes repeat, as a view", () => {
    const stretched = fc
      .tuple(dtype, broadcastable(1))
      .chain(([d, { parts }]) =>
        fc.tuple(strided(d, parts[0] as number[]), fc.nat(3), fc.constantFrom(0, 1, 2, 4)),
      );
    holds(
      fc.property(stretched, ([{ x, plain }, lead, n]) => {
        const shape = [...[2, 1, 3].slice(0, lead), ...plain.shape.map((m) => (m === 1 ? n : m))];
        const wide = x.broadcastTo(shape);
        expectSame(
          wide,
          tabulate(x.dtype, shape, (index) => at(plain, index)),
        );
        expect(wide.view.data).to.equal(x.view.data);
      }),
    );
  });

  it("pad: the value around, x inside; ⟨pad(x), y⟩ = ⟨x, slice(y)⟩", () => {
    const padded = anyArray.chain((sample) => {
      const { ndim } = sample.x;
      const widths = fc.array(fc.tuple(fc.nat(2), fc.nat(3)), { minLength: ndim, maxLength: ndim });
      return fc.tuple(fc.constant(sample), widths, exact[sample.x.dtype]);
    });
    holds(
      fc.property(padded, ([{ x, plain }, widths, value]) => {
        const shape = plain.shape.map((n, axis) => n + (widths[axis]?.[0] ?? 0) + (widths[axis]?.[1] ?? 0));
        const expected = tabulate(x.dtype, shape, (index) => {
          const inner = index.map((i, axis) => i - (widths[axis]?.[0] as number));
          const inside = inner.every((i, axis) => i >= 0 && i < (plain.shape[axis] as number));
          return inside ? at(plain, inner) : value;
        });
        expectSame(np.pad(x, widths, value), expected);
      }),
      150,
    );
    expectSame(np.pad(np.ones([2]), 1), { dtype: "float64", shape: [4], data: [0, 1, 1, 0] });
    expect(plain(np.pad(np.ones([1]), 1, -0)).data.map((v) => Object.is(v, -0))).to.deep.equal([
      true,
      false,
      true,
    ]);
  });

  it("an array keeps its shape when the list it was made from changes", () => {
    const shape = [2, 3];
    const [x, y] = [np.zeros(shape), NDArray.from(new Float64Array(6), shape)];
    shape[0] = 5;
    expect([x.shape, y.shape]).to.deep.equal([[2, 3], [2, 3]]); // biome-ignore format: two shapes
  });
});
