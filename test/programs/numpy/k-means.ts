/** k-means by Lloyd's algorithm, with k-means++'s farthest points as the first centres. */
// biome-ignore-all format: line by line as its Python twin
import assert from "node:assert/strict";
import * as np from "chalk-and-tape/np";

function firstCenters(X: np.NDArray, k: number) {
  let centers = X.slice([null, 1]);
  for (let j = 1; j < k; j++) {
    const distances = np.linalg.norm(np.expandDims(X, 1).sub(centers), null, 2);
    const farthest = np.argmax(distances.min(1));
    centers = np.vstack([centers, X.slice(farthest)]);
  }
  return centers;
}

function kMeans(X: np.NDArray, k: number, maxIter = 100) {
  let centers = firstCenters(X, k);
  let labels = np.zeros(X.shape[0], { dtype: "int32" });
  const inertias = [];
  for (let i = 0; i < maxIter; i++) {
    const distances = np.expandDims(X, 1).sub(np.expandDims(centers, 0)).pow(2).sum(2);
    labels = distances.argmin(1);
    inertias.push(distances.min(1).sum());
    const newCenters = np.array(Array.from({ length: k }, (_, j) => X.slice(labels.equal(j)).mean(0)));
    if (np.allclose(newCenters, centers)) {
      break;
    }
    centers = newCenters;
  }
  return { centers, labels, inertias };
}

export function run() {
  const [n, k] = [90, 3];
  const means = np.array([[0, 0], [3, 1], [1, 4]]);
  const group = np.mod(np.arange(n), k);
  const noise = np.columnStack([np.sin(np.arange(n).mul(11)), np.cos(np.arange(n).mul(17))]);
  const X = means.slice(group).add(noise.mul(1.2));
  const { centers, labels, inertias } = kMeans(X, k);
  const order = np.argsort(centers.slice(null, 0));
  const sizes = np.bincount(labels, { minlength: k });
  assert(np.arrayEqual(np.unique(labels), np.arange(k)));
  const mismatches = np.sum(labels.notEqual(group));
  return { centers: centers.slice(order), labels, inertias, sizes: sizes.slice(order), mismatches };
}
