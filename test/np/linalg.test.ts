import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import {
  abs,
  array,
  cov,
  eye,
  linalg,
  max,
  type NDArray,
  norm,
  ones,
  random,
  zeros,
} from "chalk-and-tape/np";

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
    const [above, both] = [[[2, 99], [1, 4]], [[2, 1], [1, 4]]].map((rows) => linalg.eigh(array(rows)).eigenvalues); // biome-ignore format: matrices
    expect(above?.toArray()).to.deep.equal(both?.toArray());
    for (const size of [1e-300, 1e-160, 1e160, 1e300]) {
      const { eigenvalues } = linalg.eigh(array([[2, 1, 0], [1, 2, 0], [0, 0, 2]]).mul(size)); // biome-ignore format: a matrix
      expect(largest(eigenvalues.div(size).sub(array([1, 2, 3])))).to.be.below(1e-14);
    }
    expect(largest(linalg.eigh(ones([9, 9])).eigenvalues.slice([null, 8]))).to.be.below(1e-14); // rank 1
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
  it("solve, inv and det: A x = b, A A⁻¹ = 1, and det(A B) = det(A) det(B), also with zeros on the diagonal", () => {
    for (const n of [0, 1, 2, 3, 20]) {
      const [a, b] = [random(n).normal(0, 1, [n, n]), random(n + 50).normal(0, 1, [n, n])];
      expect(largest(a.matmul(linalg.solve(a, b)).sub(b))).to.be.below(1e-12);
      expect(largest(a.matmul(linalg.inv(a)).sub(eye(n)))).to.be.below(1e-12);
      const product = linalg.det(a).mul(linalg.det(b)).item();
      expect(linalg.det(a.matmul(b)).item() / product).to.be.closeTo(1, 1e-12);
    }
    const swap = array([[0, 1, 0], [0, 0, 2], [3, 0, 0]]); // biome-ignore format: a matrix
    expect(linalg.solve(swap, array([1, 4, 9])).toArray()).to.deep.equal([3, 1, 2]);
    expect(linalg.det(swap).item()).to.equal(6);
    expect(linalg.det(array([[0, 1], [1, 0]])).item()).to.equal(-1); // biome-ignore format: a matrix
  });
  it("lstsq: the residual is orthogonal to the columns of A, and x to its null space", () => {
    const a = random(5).normal(0, 1, [8, 2]).matmul(random(6).normal(0, 1, [2, 4])); // biome-ignore format: a product
    const b = random(7).normal(0, 1, [8]);
    const { x, residuals, rank, s } = linalg.lstsq(a, b);
    expect([rank, residuals.shape, s.shape]).to.deep.equal([2, [0], [4]]);
    expect(largest(a.T.matmul(a.matmul(x).sub(b)))).to.be.below(1e-12);
    const { Vh } = linalg.svd(a, { fullMatrices: false });
    expect(largest(Vh.slice([2]).matmul(x))).to.be.below(1e-12);
    expect(linalg.lstsq(a, b, 1).rank).to.equal(0);
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
      [() => linalg.solve(array([[1, 2], [2, 4]]), ones(2)), /linalg\.solve: the matrix is singular.*linalg\.lstsq/], // biome-ignore format: a matrix
      [() => linalg.inv(zeros([2, 2])), /linalg\.inv: the matrix is singular/],
      [() => linalg.det(zeros([2, 3])), /expected a square one/],
      [
        () => linalg.solve(eye(2), ones(3)),
        /b has shape \(3,\), but the matrix has shape \(2, 2\); expected \(2,\) or \(2, K\)/,
      ],
      [
        () => Reflect.apply(linalg.lstsq, null, [eye(2), tensor([1, 1])]),
        /linalg\.lstsq: it has no gradient/,
      ],
      [
        () => Reflect.apply(linalg.eigh, null, [tensor([[1]])]),
        /linalg\.eigh: it has no gradient, so it takes arrays only, got a float64 Tensor .*; x\.data/,
      ],
    ];
    for (const [call, error] of rows) expect(call).to.throw(error);
  });
});
