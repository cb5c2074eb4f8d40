import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import fc from "fast-check";
import { promote } from "#internal/np";
import { dtype, exact, floatDtype, strided } from "./arbitraries.ts";
import { at, expectSame, type Plain, tabulate } from "./plain.ts";
import { holds, seed } from "./seeded.ts";

/** The product by its definition: batch axes broadcast by `at`, one sum per element. */
function product(a: Plain, b: Plain, shape: readonly number[]): Plain {
  const k = a.shape.at(-1) as number;
  return tabulate(promote(a.dtype, b.dtype), shape, (index) => {
    const batch = index.slice(0, -2);
    const [row, column] = index.slice(-2) as [number, number];
    let sum = 0;
    for (let p = 0; p < k; p++) sum += at(a, [...batch, row, p]) * at(b, [...batch, p, column]);
    return sum;
  });
}

const length = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(17, 33, 0));
const sizes = fc.tuple(length, length, length);

describe(`np, matmul (seed ${seed})`, () => {
  it("equals the triple loop for edges of every tile, any layout, any dtypes", () => {
    const pair = fc
      .tuple(sizes, dtype, dtype)
      .chain(([[m, k, n], left, right]) =>
        fc.tuple(strided(left, [m, k], exact[left]), strided(right, [k, n], exact[right])),
      );
    holds(
      fc.property(pair, ([a, b]) => {
        const shape = [a.x.shape[0] as number, b.x.shape[1] as number];
        expectSame(a.x.matmul(b.x), product(a.plain, b.plain, shape));
      }),
      250,
    );
  });

  it("transposes of arrays, and every one of the tile's remainders", () => {
    for (let m = 1; m <= 9; m++) {
      for (let n = 1; n <= 9; n++) {
        const k = ((m * 3 + n) % 9) + 1;
        const a = np.arange(m * k).reshape(m, k);
        const b = np
          .arange(k * n)
          .sub(7)
          .reshape(k, n);
        const plainOf = (x: np.NDArray): Plain => ({ dtype: "float64", shape: x.shape, data: [...x.flat()] });
        const expected = product(plainOf(a), plainOf(b), [m, n]);
        for (const left of [a, a.T.copy().T]) {
          for (const right of [b, b.T.copy().T])
            expectSame(left.matmul(right), expected, `${m} × ${k} × ${n}`);
        }
      }
    }
  });

  it("batches broadcast, whatever their strides", () => {
    const batches: [number[], number[]][] = [[[2], [2]], [[3], []], [[], [2, 3]], [[2, 1], [3]], [[1, 3], [2, 1]], [[0], [1]], [[2, 3], [2, 3]], [[2, 3], [3]], [[2, 1], [2, 3]]]; // biome-ignore format: pairs
    const few = fc.nat(4);
    const pair = fc
      .tuple(fc.constantFrom(...batches), fc.tuple(few, few, few), floatDtype)
      .chain(([[left, right], [m, k, n], d]) =>
        fc.tuple(strided(d, [...left, m, k], exact[d]), strided(d, [...right, k, n], exact[d])),
      );
    holds(
      fc.property(pair, ([a, b]) => {
        const shape = np.broadcastShapes("test", a.x.shape.slice(0, -2), b.x.shape.slice(0, -2));
        const whole = [...shape, a.x.shape.at(-2) as number, b.x.shape.at(-1) as number];
        expectSame(a.x.matmul(b.x), product(a.plain, b.plain, whole));
      }),
      200,
    );
  });

  it("a vector is a row on the left and a column on the right, and y loses that axis", () => {
    const few = fc.constantFrom(1, 2, 5, 0);
    const shapes = fc.tuple(fc.constantFrom([], [2], [3, 2]), few, few, fc.boolean());
    const pair = fc.tuple(shapes, dtype).chain(([[batch, k, n, isLeft], d]) => {
      const [vector, matrices] = [[k], [...batch, ...(isLeft ? [k, n] : [n, k])]];
      const [left, right] = isLeft ? [vector, matrices] : [matrices, vector];
      return fc.tuple(strided(d, left, exact[d]), strided(d, right, exact[d]));
    });
    const grown = ({ data, dtype, shape }: Plain, at: 0 | 1): Plain => {
      const [k] = shape as [number];
      return { data, dtype, shape: at === 0 ? [1, k] : [k, 1] };
    };
    holds(
      fc.property(pair, ([a, b]) => {
        const [isRow, isColumn] = [a.x.ndim === 1, b.x.ndim === 1];
        const rows = isRow ? b.x.shape.slice(0, -2) : a.x.shape.slice(0, -1);
        const columns = isColumn ? [] : b.x.shape.slice(-1);
        const whole = [...rows, ...(isRow ? [1] : []), ...(isColumn ? [1] : columns)];
        const shape = [...rows, ...columns];
        const left = isRow ? grown(a.plain, 0) : a.plain;
        const right = isColumn ? grown(b.plain, 1) : b.plain;
        expectSame(a.x.matmul(b.x), { ...product(left, right, whole), shape });
      }),
      200,
    );
  });

  for (const d of ["float64", "float32"] as const) {
    it(`${d}: sums and rows longer than any block`, () => {
      for (const [m, k, n] of [
        [3, 257, 5],
        [5, 513, 6],
        [2, 3, 257],
        [7, 300, 261],
        [258, 5, 3],
        [6, 1030, 2],
      ] as const) {
        // biome-ignore format: one line
        // Small integers whose order matters, all sums exact in float32.
        const fill = (rows: number, columns: number, step: number): np.NDArray => {
          const cells = Array.from({ length: rows * columns }, (_, i) => ((i * step) % 7) - 3);
          return np.array(cells, { dtype: d }).reshape(rows, columns);
        };
        const [a, b] = [fill(m, k, 5), fill(k, n, 3)];
        const result = a.matmul(b);
        const [x, y] = [a.flat(), b.flat()];
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let p = 0; p < k; p++) sum += (x[i * k + p] as number) * (y[p * n + j] as number);
            const found = result.flat()[i * n + j];
            if (found !== sum) expect.fail(`${m} × ${k} × ${n} at (${i}, ${j}): ${found}, expected ${sum}`);
          }
        }
        expect(result.dtype).to.equal(d);
        expect(b.T.matmul(a.T).sub(result.T).toArray().toString()).to.match(/^(0,?)+$/);
      }
    });
  }

  it("NaN and Infinity reach their row and column, and nothing else", () => {
    for (const poison of [Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const [row, p] of [
        [0, 0],
        [4, 6],
        [3, 2],
      ] as const) {
        // biome-ignore format: one line
        const a = np.ones([5, 7]);
        a.flat()[row * 7 + p] = poison;
        const finite = np.isfinite(a.matmul(np.ones([7, 6])));
        expect(finite.sum(1).toArray()).to.deep.equal([0, 1, 2, 3, 4].map((i) => (i === row ? 0 : 6)));
        // 0 · NaN and 0 · Infinity are NaN: no product is skipped.
        expect(Number.isNaN(a.matmul(np.zeros([7, 6])).item(row, 5))).to.equal(true);
      }
    }
  });

  it("leaves its operands alone and owns its result", () => {
    const [a, b] = [np.arange(6).reshape(2, 3), np.arange(6).reshape(3, 2)];
    a.matmul(b).addInPlace(np.ones([2, 2]));
    expect(a.toArray()).to.deep.equal([[0, 1, 2], [3, 4, 5]]); // biome-ignore format: a matrix
    expect(a.matmul(b).toArray()).to.deep.equal([[10, 13], [28, 40]]); // biome-ignore format: a matrix
    expect([a.version, b.version]).to.deep.equal([0, 0]);
  });
});
