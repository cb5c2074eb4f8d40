/** Principal components: by the covariance's eigenvectors, and by the singular values of the data. */
// biome-ignore-all format: line by line as its Python twin
import assert from "node:assert/strict";
import * as np from "chalk-and-tape/np";

function align(vectors: np.NDArray) {
  // An eigenvector's sign is free: make the largest entry of each column positive.
  const largest = np.argmax(np.abs(vectors), 0);
  return vectors.mul(np.sign(vectors.slice(largest, np.arange(vectors.shape[1]))));
}

export function run() {
  const n = 50;
  const t = np.arange(n);
  const latent = np.columnStack([np.sin(t).mul(3), np.cos(t.mul(5))]);
  const mixing = np.array([[1.0, 0.5, -1.0, 0.2], [0.3, -1.0, 0.4, 2.0]]);
  const noise = np.sin(np.outer(t, np.array([7, 11, 13, 17]))).mul(np.array([0.1, 0.2, 0.3, 0.4]));
  const X = latent.matmul(mixing).add(noise).add(np.array([1, 2, 3, 4]));

  // center the data
  const mean = X.mean(0);
  const Xc = X.sub(mean);

  // eigenvectors of the covariance, largest eigenvalue first
  const cov = np.cov(Xc, { rowvar: false });
  const { eigenvalues, eigenvectors } = np.linalg.eigh(cov);
  const order = np.argsort(eigenvalues).slice([null, null, -1]);
  const values = eigenvalues.slice(order);
  const components = align(eigenvectors.slice(null, order));
  const ratio = values.div(np.sum(values));
  assert(np.allclose(components.T.matmul(components), np.eye(4)));
  assert(np.allclose(np.diag(values), components.T.matmul(cov).matmul(components)));

  // the same from the singular values
  const { U, S, Vh } = np.linalg.svd(Xc, { fullMatrices: false });
  assert(np.allclose(S.pow(2).div(n - 1), values));
  assert(np.allclose(align(Vh.T), components));
  assert(np.allclose(U.mul(S).matmul(Vh), Xc));

  // project on two components, whiten, and reconstruct
  const projected = Xc.matmul(components.slice(null, [null, 2]));
  const whitened = projected.div(np.sqrt(values.slice([null, 2])));
  const reconstructed = projected.matmul(components.slice(null, [null, 2]).T).add(mean);
  const error = np.linalg.norm(X.sub(reconstructed)).div(np.linalg.norm(X));
  const kept = np.searchsorted(np.cumsum(ratio), 0.95).add(1);
  const pca = { values, components, ratio, singular: S };
  return { ...pca, projected, whitened, reconstructed, error, kept };
}
