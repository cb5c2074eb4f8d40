import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digits, findDataRoot, locateFile, mnistFiles } from "chalk-and-tape/datasets";

/** The data root, if MNIST's four files are in it; else null. */
export function mnistHere() {
  const { path } = findDataRoot();
  return mnistFiles.files.every(({ name }) => locateFile(mnistFiles, path, name)) ? path : null;
}

/** Writes so many of the package's drawn digits as MNIST's training files, and returns their data root: `folder`. */
export function writeDigits(folder, n) {
  const { x, y } = digits({ n, seed: 0 });
  mkdirSync(join(folder, mnistFiles.folder), { recursive: true });
  const write = (name, shape, bytes) => {
    const head = Buffer.from([0, 0, 8, shape.length, ...shape.flatMap((n) => [n >> 24, n >> 16, n >> 8, n])]);
    writeFileSync(join(folder, mnistFiles.folder, name), Buffer.concat([head, Buffer.from(bytes)]));
  };
  write("train-images-idx3-ubyte", x.shape, x.flat());
  write("train-labels-idx1-ubyte", y.shape, y.flat());
  return folder;
}
