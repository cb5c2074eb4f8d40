import { expect } from "chai";
import type { Range } from "chalk-and-tape/np";
import * as np from "chalk-and-tape/np";
import fc from "fast-check";
import { dtype, exact, shape, strided } from "./arbitraries.ts";
import { at, expectSame, type Plain, tabulate } from "./plain.ts";
import { holds, seed } from "./seeded.ts";

/**
 * The positions a Python slice visits, by the definition of the language reference ("Sequence types", notes 3 to 5): not by
 * a formula for their number.
 */
function positions(range: readonly (number | null | undefined)[], n: number): number[] {
  const step = range[2] ?? 1;
  const bound = (given: number | null | undefined, otherwise: number): number => {
    if (given === null || given === undefined) return otherwise;
    const p = given < 0 ? given + n : given;
    if (p < 0) return step > 0 ? 0 : -1;
    return p >= n ? (step > 0 ? n : n - 1) : p;
  };
  const [start, stop] = [bound(range[0], step > 0 ? 0 : n - 1), bound(range[1], step > 0 ? n : -1)];
  const visited: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) visited.push(i);
  return visited;
}

/** x at one list of positions per axis; an axis picked by a number is dropped. */
function take(x: Plain, ranges: readonly Range[]): Plain {
  const lists = x.shape.map((n, axis): number[] => {
    const range = ranges[axis] ?? null;
    if (typeof range === "number") return [range < 0 ? range + n : range];
    return positions(range ?? [], n);
  });
  const kept = lists.flatMap((_, axis) => (typeof ranges[axis] === "number" ? [] : [axis]));
  return tabulate(
    x.dtype,
    kept.map((axis) => (lists[axis] as number[]).length),
    (index) =>
      at(
        x,
        lists.map(
          (list, axis) => list[kept.includes(axis) ? (index[kept.indexOf(axis)] as number) : 0] as number,
        ),
      ),
  );
}

const position = fc.oneof(fc.integer({ min: -7, max: 7 }), fc.constant(null));
const step = fc.constantFrom(1, 2, -1, -2, 3, -7, null);
const rangeOf = (n: number): fc.Arbitrary<Range> =>
  fc.oneof(
    fc.constant(null),
    fc.tuple(position, position, step) as fc.Arbitrary<Range>,
    fc.tuple(position) as fc.Arbitrary<Range>,
    ...(n > 0 ? [fc.integer({ min: -n, max: n - 1 })] : []),
  );
const sliced = fc.tuple(dtype, shape).chain(([d, s]) =>
  fc.record({
    sample: strided(d, s, exact[d]),
    ranges: fc
      .tuple(fc.nat(s.length), fc.tuple(...s.map(rangeOf)))
      .map(([count, ranges]) => ranges.slice(0, count) as Range[]),
  }),
);

describe(`np, slice (seed ${seed})`, () => {
  it("picks what Python picks: any ranges of any view, and views of views", () => {
    holds(
      fc.property(sliced, ({ sample: { x, plain }, ranges }) => {
        const expected = take(plain, ranges);
        const view = x.slice(...ranges);
        expectSame(view, expected, "slice");
        expectSame(
          view.T,
          tabulate(x.dtype, expected.shape.toReversed(), (index) => at(expected, index.toReversed())),
        );
        const half = view.shape.map(() => [null, null, -2] as const);
        expectSame(view.slice(...half), take(expected, half), "slice of the slice");
        expectSame(view.copy(), expected, "copy");
      }),
      400,
    );
  });

  it("is a view: it sees later changes, and costs no memory", () => {
    const x = np.arange(12).reshape(3, 4);
    const corner = x.slice([1], [null, null, -1]);
    x.addInPlace(np.ones([3, 4]), 100);
    expect(corner.toArray()).to.deep.equal([[107, 106, 105, 104], [111, 110, 109, 108]]); // biome-ignore format: a matrix
    expect(corner.view.data).to.equal(x.view.data);
  });

  it("flat() and item() of a contiguous part begin where the part begins", () => {
    const x = np.arange(12).reshape(3, 4);
    expect([...x.slice([1, 2]).flat()]).to.deep.equal([4, 5, 6, 7]);
    expect([...x.slice(2, [1, 3]).flat()]).to.deep.equal([9, 10]);
    expect(x.slice(2, 3).item()).to.equal(11);
    expect(x.item(-1, -4)).to.equal(8);
    expect([...x.slice([3]).flat()]).to.deep.equal([]);
  });

  it("⟨slice(x), y⟩ = ⟨x, unslice(y)⟩, and slice ∘ unslice is the identity", () => {
    const dot = (a: np.NDArray, b: np.NDArray): number => a.mul(b).sum().item();
    holds(
      fc.property(sliced, fc.integer({ min: 1, max: 9 }), ({ sample: { x, plain }, ranges }, factor) => {
        const part = x.astype("float64").slice(...ranges);
        const y = np.arange(part.size).reshape(part.shape).mul(factor).add(1);
        const back = np.unslice(y, ranges, plain.shape);
        expect(back.shape).to.deep.equal(plain.shape);
        expect(dot(part, y)).to.equal(dot(x.astype("float64"), back));
        expect(back.slice(...ranges).toArray()).to.deep.equal(y.toArray());
        expect(back.sum().item()).to.equal(y.sum().item());
      }),
      200,
    );
  });
});
