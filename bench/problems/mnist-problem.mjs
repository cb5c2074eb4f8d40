import { findDataRoot, loadDataset, locate, mnistFiles } from "chalk-and-tape/datasets";
import { weightsOf, writeArrays } from "./write-problem.mjs";

const root = findDataRoot().path;

/** Why real MNIST cannot be read, or null. */
export const mnistMissing = () =>
  mnistFiles.files.every(({ name }) => locate(root, mnistFiles.folder, name) !== null)
    ? null
    : "MNIST is not here: `npx chalk-and-tape data fetch mnist`, or CHALK_DATA names its folder";

export const mnistPlace = { root, files: mnistFiles.files.map(({ name, sha256 }) => [name, sha256]) };

/** Weights, and digits of our own where real MNIST is not here; the real ones each contender reads by itself. */
export async function writeMnistProblem(folder, job) {
  const { train } = await loadDataset("digits", { seed: 0 });
  writeArrays(folder, [...weightsOf(job.model), ["x", train.x], ["y", train.y]]);
  return { root, real: mnistMissing() === null };
}
