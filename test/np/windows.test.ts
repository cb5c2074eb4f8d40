import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { array, type NDArray, type Window } from "chalk-and-tape/np";
import fc from "fast-check";
import { conv2dWeight, maxUnpool2d, promote } from "#internal/np";
import { dtype, exact, floatDtype, strided } from "./arbitraries.ts";
import { expectSame, indicesOf, type Plain, plain, tabulate } from "./plain.ts";
import { holds, seed } from "./seeded.ts";
import { counts, sliding } from "./window-arbitraries.ts";
import { addedUp, exactly, look, positions, products, seenIndex } from "./windows-by-definition.ts";

/** The same numbers in another dtype. */
const as = (x: Plain, dtype: Plain["dtype"]): Plain => ({ ...x, dtype });

describe(`np, windows that slide over images (seed ${seed})`, () => {
  it("im2col: what the window sees, at every position, in every padding", () => {
    const samples = fc
      .tuple(sliding, dtype, counts)
      .chain(([s, d, { samples, groups }]) =>
        fc.tuple(fc.constant(s), strided(d, [samples, groups, ...s.size], exact[d])),
      );
    holds(
      fc.property(samples, ([s, { x, plain }]) => {
        const shape = [...plain.shape.slice(0, 2), ...s.window.kernel, ...positions(s)];
        const expected = tabulate(x.dtype, shape, (index) => look(plain, index, s.window));
        expectSame(np.im2col(x, s.window), expected);
      }),
      150,
    );
  });

  it("col2im: every element added where it was seen, so that ⟨im2col(x), y⟩ = ⟨x, col2im(y)⟩", () => {
    const samples = fc.tuple(sliding, floatDtype, counts).chain(([s, d, { samples, groups }]) => {
      const seen = [samples, groups, ...s.window.kernel, ...positions(s)];
      const image = [samples, groups, ...s.size];
      return fc.tuple(fc.constant(s), strided(d, seen, exact[d]), strided(d, image, exact[d]));
    });
    holds(
      fc.property(samples, ([s, y, x]) => {
        const back = np.col2im(y.x, s.window, s.size);
        const terms = indicesOf(y.plain.shape).flatMap((from) => {
          const index = seenIndex(from, s.window, s.size);
          return index ? [{ index, term: exactly(y.plain, from) }] : [];
        });
        expectSame(back, as(addedUp(x.plain.shape, terms), y.x.dtype));
        const [there, here] = [np.im2col(x.x, s.window).mul(y.x), x.x.mul(back)];
        expect(there.sum().item()).to.equal(here.sum().item());
      }),
      150,
    );
  });

  it("argmaxPool, maxPool2d: the first of the largest that each window sees; padding is nothing, not 0", () => {
    const samples = fc.tuple(sliding, dtype, counts).chain(([s, d, { samples, groups }]) => {
      const window: Window = { ...s.window, mode: "zeros" };
      const few = fc.constantFrom(...(d === "uint8" ? [0, 1, 2] : [-3, -2, -1]));
      return fc.tuple(fc.constant({ ...s, window }), strided(d, [samples, groups, ...s.size], few));
    });
    holds(
      fc.property(samples, ([s, { x, plain }]) => {
        const [, width] = s.size;
        const winner = ([n, c, y, x]: number[]): number => {
          const inside = indicesOf(s.window.kernel).flatMap(([i, j]) => {
            const index = [n, c, i, j, y, x] as number[];
            return [seenIndex(index, s.window, s.size) ?? []].filter((place) => place.length > 0);
          });
          if (inside.length === 0) throw new RangeError("a window sees nothing");
          const values = inside.map((place) => exactly(plain, place));
          const [, , row, column] = inside[values.indexOf(Math.max(...values))] as number[];
          return (row as number) * width + (column as number);
        };
        const shape = [...plain.shape.slice(0, 2), ...positions(s)];
        let expected: Plain;
        try {
          expected = tabulate("int32", shape, winner);
        } catch {
          expect(() => np.argmaxPool(x, s.window)).to.throw(np.ShapeError, /covers only padding on an image/);
          return;
        }
        expectSame(np.argmaxPool(x, s.window), expected);
        const values = tabulate(x.dtype, shape, ([n, c, y, x]) => {
          const place = winner([n, c, y, x] as number[]);
          return exactly(plain, [n as number, c as number, Math.floor(place / width), place % width]);
        });
        expectSame(np.maxPool2d(x, s.window), values);
        const y = np.arange(1, values.data.length + 1).reshape(shape);
        const planes = (shape[0] as number) * (shape[1] as number);
        const [found, size] = [values.data.length / planes, plain.data.length / planes];
        const back = new Float64Array(plain.data.length);
        for (const [i, place] of expected.data.entries()) {
          const at = Math.floor(i / found) * size + place;
          back[at] = (back[at] as number) + i + 1;
        }
        const unpooled = maxUnpool2d(y, x, s.window);
        expect(unpooled.shape).to.deep.equal(plain.shape);
        expect([...unpooled.flat()]).to.deep.equal([...back]);
      }),
      150,
    );
  });

  it("argmaxPool: NaN wins, the first of several; −∞ may win", () => {
    const window: Window = { kernel: [1, 3], stride: [1, 3], dilation: [1, 1], padding: [[0, 0], [0, 0]], mode: "zeros" }; // biome-ignore format: one line
    const x = array([1, Number.NaN, Number.NaN, -Infinity, -Infinity, -Infinity, 5, 7, 7]).reshape(
      1,
      1,
      1,
      9,
    );
    expect(np.argmaxPool(x, window).toArray()).to.deep.equal([[[[1, 3, 7]]]]);
  });

  const convolutions = fc
    .tuple(sliding, counts, floatDtype, floatDtype, floatDtype)
    .chain(([s, { samples, each, groups }, dx, dw, dy]) => {
      const [C, M] = [each[0] * groups, each[1] * groups];
      return fc.record({
        s: fc.constant(s),
        groups: fc.constant(groups),
        x: strided(dx, [samples, C, ...s.size], exact[dx]),
        weight: strided(dw, [M, each[0], ...s.window.kernel], exact[dw]),
        y: strided(dy, [samples, M, ...positions(s)], exact[dy]),
      });
    });
  type Convolved = typeof convolutions extends fc.Arbitrary<infer T> ? T : never;
  const of = ({ s, groups, x, y }: Convolved) =>
    products([x.plain.shape[0] as number, x.plain.shape[1] as number], y.plain.shape[1] as number, groups, s);
  const term = (x: Plain, a: number[], y: Plain, b: number[]): number => exactly(x, a) * exactly(y, b);

  it("conv2d: Σ weight · x, by its products one after the other", () => {
    holds(
      fc.property(convolutions, (c) => {
        const { s, groups, x, weight, y } = c;
        const terms = [...of(c)].map(({ inX, inWeight, inY }) => ({ index: inY, term: term(x.plain, inX, weight.plain, inWeight) })); // biome-ignore format: one call
        const expected = as(addedUp(y.plain.shape, terms), promote(x.x.dtype, weight.x.dtype));
        expectSame(np.conv2d(x.x, weight.x, s.window, groups).add(0), expected);
      }),
      120,
    );
  });
  it("convTranspose2d: y · weight, added where x was seen", () => {
    holds(
      fc.property(convolutions, (c) => {
        const { s, groups, x, weight, y } = c;
        const terms = [...of(c)].map(({ inX, inWeight, inY }) => ({ index: inX, term: term(y.plain, inY, weight.plain, inWeight) })); // biome-ignore format: one call
        const expected = as(addedUp(x.plain.shape, terms), promote(y.x.dtype, weight.x.dtype));
        expectSame(np.convTranspose2d(y.x, weight.x, s.window, groups, s.size).add(0), expected);
      }),
      120,
    );
  });
  it("conv2dWeight: y · x, added for the weight that they met at", () => {
    holds(
      fc.property(convolutions, (c) => {
        const { s, groups, x, weight, y } = c;
        const terms = [...of(c)].map(({ inX, inWeight, inY }) => ({ index: inWeight, term: term(x.plain, inX, y.plain, inY) })); // biome-ignore format: one call
        const expected = as(addedUp(weight.plain.shape, terms), promote(x.x.dtype, y.x.dtype));
        expectSame(conv2dWeight(y.x, x.x, s.window, groups).add(0), expected);
      }),
      120,
    );
  });

  it("conv2d is one matrix product of im2col, the same to the last bit, with more than one block of a product", () => {
    const rng = np.random(seed);
    const window: Window = { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: [[1, 1], [1, 1]], mode: "zeros" }; // biome-ignore format: one line
    const [x, w] = [rng.normal(0, 1, [2, 40, 18, 17]), rng.normal(0, 1, [5, 40, 3, 3])];
    const columns = np.im2col(x, window).reshape(2, 360, 306);
    const expected = w.reshape(5, 360).matmul(columns).reshape(2, 5, 18, 17);
    expectSame(np.conv2d(x, w, window), plain(expected));
  });

  it("images without a sample, and integers as images", () => {
    const window: Window = { kernel: [2, 2], stride: [1, 1], dilation: [1, 1], padding: [[0, 0], [0, 0]], mode: "zeros" }; // biome-ignore format: one line
    expect(np.conv2d(np.zeros([0, 1, 3, 3]), np.ones([2, 1, 2, 2]), window).shape).to.deep.equal([
      0, 2, 2, 2,
    ]);
    const bytes: NDArray = array([[[[1, 2], [3, 250]]]], { dtype: "uint8" }); // biome-ignore format: one line
    const y = np.conv2d(bytes, np.ones([1, 1, 2, 2]), window);
    expect([y.dtype, y.item()]).to.deep.equal(["float64", 256]);
  });
});
