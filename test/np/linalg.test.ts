import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import { abs, array, cov, eye, linalg, max, type NDArray, norm, random, zeros } from "chalk-and-tape/np";

const largest = (x: NDArray): number => (x.size === 0 ? 0 : max(abs(x)).item());

describe("np.linalg", () => {
  it("norm is np.norm", () => {
    expect(linalg.norm).to.equal(norm);
  });
  it("eigh: A V = V diag(w), V orthogonal, w ascending; only the lower triangle is read", () => {
    for (const n of [1, 2, 3, 8, 30]) {
      const b = random(n).normal(0, 1, [n, n]);
      const a = b.add(b.T);
      const { eigenvalues: w, eigenvectors: v } = linalg.eigh(a);
      expect(largest(a.matmul(v).sub(v.mul(w)))).to.be.below(1e-14 * n * largest(a));
      expect(largest(v.T.matmul(v).sub(eye(n)))).to.be.below(1e-14 * n);
      for (const step of w
        .slice([1])
        .sub(w.slice([null, -1]))
        .flat())
        expect(step).to.be.at.least(0);
    }
    expect(linalg.eigh(array([[2, 99], [1, 2]])).eigenvalues.toArray()).to.deep.equal([1, 3]); // biome-ignore format: a matrix
    expect(linalg.eigh(zeros([2, 2])).eigenvectors.toArray()).to.deep.equal([[1, 0], [0, 1]]); // biome-ignore format: a matrix
    expect(linalg.eigh(eye(2, { dtype: "float32" })).eigenvectors.dtype).to.equal("float32");
  });
  it("svd: A = U diag(S) Vh, U and V orthogonal, S descending, of every shape and rank", () => {
    const low = random(9)
      .normal(0, 1, [6, 2])
      .matmul(random(8).normal(0, 1, [2, 5]));
    const full = ([[4, 4], [7, 3], [3, 7], [1, 4], [0, 2]] as const).map((shape) => random(3).normal(0, 1, shape)); // biome-ignore format: shapes
    for (const a of [...full, low, low.T, zeros([3, 2])]) {
      const { U, S, Vh } = linalg.svd(a, { fullMatrices: false });
      const k = Math.min(...a.shape);
      expect([U.shape, S.shape, Vh.shape]).to.deep.equal([[a.shape[0], k], [k], [k, a.shape[1]]]);
      expect(largest(U.mul(S).matmul(Vh).sub(a))).to.be.below(1e-13);
      expect(largest(U.T.matmul(U).sub(eye(k)))).to.be.below(1e-13);
      expect(largest(Vh.matmul(Vh.T).sub(eye(k)))).to.be.below(1e-13);
      for (const step of S.slice([1])
        .sub(S.slice([null, -1]))
        .flat())
        expect(step).to.be.at.most(0);
    }
  });
  it("principal components: eigenvectors of the covariance are singular vectors of the centred data", () => {
    const x = random(4)
      .normal(0, 1, [40, 3])
      .mul(array([3, 1, 0.2]));
    const { eigenvalues, eigenvectors } = linalg.eigh(cov(x, { rowvar: false }));
    const { S, Vh } = linalg.svd(x.sub(x.mean(0)), { fullMatrices: false });
    expect(
      largest(
        S.mul(S)
          .div(39)
          .sub(eigenvalues.slice([null, null, -1])),
      ),
    ).to.be.below(1e-13);
    const cosines = Vh.matmul(eigenvectors.slice(null, [null, null, -1]));
    expect(largest(abs(cosines).sub(eye(3)))).to.be.below(1e-13);
  });
  it("refuses what it cannot do, with what to write", () => {
    const rows: readonly (readonly [call: () => unknown, error: RegExp])[] = [
      [() => linalg.svd(eye(2)), /fullMatrices: false/],
      [
        () => linalg.eigh(zeros([2, 3])),
        /linalg\.eigh: the matrix has shape \(2, 3\); expected a square one/,
      ],
      [() => linalg.eigh(zeros([2])), /linalg\.eigh: the array has shape \(2,\); expected a matrix/],
      [() => linalg.svd(array([[Number.NaN]]), { fullMatrices: false }), /holds NaN or Infinity/],
      [() => Reflect.apply(linalg.eigh, null, [tensor([[1]])]), /linalg\.eigh: expected an array/],
    ];
    for (const [call, error] of rows) expect(call).to.throw(error);
  });
});
