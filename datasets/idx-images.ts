import { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import { type Dataset, take } from "./dataset.ts";
import { DataError } from "./errors.ts";
import { findDataRoot } from "./files/data-root.ts";
import { type FileSet, locate } from "./files/file-set.ts";
import { type Idx, parseIdx } from "./files/idx.ts";
import { readDataFile } from "./files/read-file.ts";

export interface SplitOptions {
  /** The data root. Default: CHALK_DATA, else the user's cache directory. */
  readonly root?: string | undefined;
  readonly split: "train" | "test";
  /** The maximum number of items, from the start. Default: all. */
  readonly limit?: number | undefined;
}

/** The advice that ends every message about a dataset's files. */
export function fetchAdvice(name: string): string {
  return `Fetch the original files with \`npx chalk-and-tape data fetch ${name}\`, or name another data folder with CHALK_DATA or --data.`;
}

/** @throws RangeError unless split is "train" or "test" */
export function expectSplit(where: string, split: unknown): void {
  if (split === "train" || split === "test") return;
  throw new RangeError(`${where}: split is ${describe(split)}; expected "train" or "test"`);
}

/**
 * Reads a dataset in MNIST's format: 28 × 28 images of ten classes, from four IDX files, plain or
 * .gz, in the set's folder of the data root.
 * @throws DataError for a missing, truncated, damaged or mislabelled file; RangeError for an
 * unknown split or a bad limit
 */
export async function idxImages(
  set: FileSet,
  name: string,
  classes: readonly string[],
  { root, split, limit }: SplitOptions,
): Promise<Dataset> {
  expectSplit(name, split);
  const folder = findDataRoot(root).path;
  const prefix = split === "train" ? "train" : "t10k";
  const advice = fetchAdvice(name);
  const read = async (file: string, ndim: number): Promise<Idx & { path: string }> => {
    const path = locate(folder, set.folder, file);
    if (path === null) {
      throw new DataError(`${folder}: no file ${set.folder}/${file}.gz, and none without .gz. ${advice}`);
    }
    return { path, ...parseIdx(await readDataFile(path, advice), ndim, path, advice) };
  };
  const [images, labels] = await Promise.all([
    read(`${prefix}-images-idx3-ubyte`, 3),
    read(`${prefix}-labels-idx1-ubyte`, 1),
  ]);
  check(images, labels, name, advice);
  const dataset: Dataset = {
    name,
    x: NDArray.from(images.data, images.shape),
    y: NDArray.from(Int32Array.from(labels.data)),
    classes,
  };
  return limit === undefined ? dataset : take(dataset, limit);
}

function check(
  images: Idx & { path: string },
  labels: Idx & { path: string },
  name: string,
  advice: string,
): void {
  const [count, height, width] = images.shape;
  if (height !== 28 || width !== 28 || count === 0) {
    throw new DataError(
      `${images.path}: holds ${images.shape.join(" × ")} bytes; expected one or more images of 28 × 28. ${advice}`,
    );
  }
  if (labels.data.length !== count) {
    throw new DataError(
      `${labels.path}: ${labels.data.length} label(s), but ${images.path} has ${count} image(s). ${advice}`,
    );
  }
  const wrong = labels.data.findIndex((label) => label > 9);
  if (wrong >= 0) {
    const what = name === "mnist" ? "a digit" : "a class";
    throw new DataError(
      `${labels.path}: label ${wrong} is ${labels.data[wrong]}; expected ${what}, 0 to 9. ${advice}`,
    );
  }
}
