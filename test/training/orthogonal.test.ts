import { expect } from "chai";
import { orthogonal } from "chalk-and-tape/initialisers";
import { abs, eye, type NDArray, random } from "chalk-and-tape/np";

/** How far the shorter side of w, as a matrix, is from gain · orthonormal. */
function error(w: NDArray, gain: number): number {
  const matrix = w.reshape(w.shape[0] as number, -1);
  const [rows, columns] = matrix.shape as [number, number];
  const products = rows < columns ? matrix.matmul(matrix.T) : matrix.T.matmul(matrix);
  return abs(products.sub(eye(Math.min(rows, columns)).mul(gain ** 2)))
    .max()
    .item();
}

describe("training, orthogonal", () => {
  const shapes = [[1, 1], [5, 5], [3, 7], [8, 4], [6, 2, 3, 3], [40, 2, 3, 3], [200, 200]]; // biome-ignore format: a list
  for (const shape of shapes) {
    it(`(${shape}): rows or columns are orthonormal to 1e-13, times the gain`, () => {
      for (const gain of [1, Math.SQRT2]) {
        const w = orthogonal(shape, { rng: random(5), gain });
        expect(w.shape).to.deep.equal(shape);
        expect(error(w, gain)).to.be.below(1e-13);
      }
    });
  }
  it("in float32 it is rounded at the end only", () => {
    expect(
      error(orthogonal([50, 50], { rng: random(5), dtype: "float32" }).astype("float64"), 1),
    ).to.be.below(1e-7);
  });
  it("is evenly distributed: rotations and reflections are equally many, and no element has a favourite sign", () => {
    const [count, rng] = [2000, random(9)];
    const drawn = Array.from({ length: count }, () => orthogonal([2, 2], { rng }).flat());
    const share = drawn.filter(([a = 0, b = 0, c = 0, d = 0]) => a * d - b * c > 0).length / count;
    expect(Math.abs(share - 0.5)).to.be.below(4 * Math.sqrt(0.25 / count));
    for (let i = 0; i < 4; i++) {
      const mean = drawn.reduce((sum, q) => sum + (q[i] as number), 0) / count;
      expect(Math.abs(mean), `element ${i}`).to.be.below(4 * Math.sqrt(0.5 / count));
    }
  });
});
