import { NDArray } from "../np/index.ts";
import { type Dataset, take } from "./dataset.ts";
import { DataError } from "./errors.ts";
import { findDataRoot } from "./files/data-root.ts";
import { type FileSet, locate } from "./files/file-set.ts";
import { type Idx, parseIdx } from "./files/idx.ts";
import { readDataFile } from "./files/read-file.ts";

/** The four files of MNIST and where they are to be had. */
export const mnistFiles: FileSet = {
  folder: "mnist",
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
  ],
  files: [
    {
      name: "train-images-idx3-ubyte",
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      sizeBytes: 47_040_016,
    },
    {
      name: "train-labels-idx1-ubyte",
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      sizeBytes: 60_008,
    },
    {
      name: "t10k-images-idx3-ubyte",
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      sizeBytes: 7_840_016,
    },
    {
      name: "t10k-labels-idx1-ubyte",
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      sizeBytes: 10_008,
    },
  ],
};

export interface MnistOptions {
  /** The data root. Default: CHALK_DATA, else the user's cache directory. */
  readonly root?: string | undefined;
  readonly split: "train" | "test";
  /** Only the first so many. */
  readonly limit?: number | undefined;
}

const advice =
  "Fetch the original files with `npx chalk-and-tape data fetch mnist`, or name another data folder with CHALK_DATA or --data.";

/**
 * MNIST's 60,000 handwritten digits to train with or 10,000 to test with, from IDX files, plain or .gz, in `mnist/` of the data root.
 * Shapes: x (N, 28, 28) uint8, 0 black to 255 white; y (N,) int32.
 * @throws DataError for a missing, truncated, damaged or mislabelled file; RangeError for another split or a bad limit
 * @see LeCun, Cortes and Burges, "The MNIST database of handwritten digits"
 */
export async function mnist({ root, split, limit }: MnistOptions): Promise<Dataset> {
  if (split !== "train" && split !== "test") {
    throw new RangeError(`mnist: split is ${JSON.stringify(split)}; expected "train" or "test"`);
  }
  const folder = findDataRoot(root).path;
  const prefix = split === "train" ? "train" : "t10k";
  const [images, labels] = await Promise.all([
    readIdx(folder, `${prefix}-images-idx3-ubyte`, 3),
    readIdx(folder, `${prefix}-labels-idx1-ubyte`, 1),
  ]);
  check(images, labels);
  const dataset: Dataset = {
    name: "mnist",
    x: NDArray.from(images.data, images.shape),
    y: NDArray.from(Int32Array.from(labels.data)),
    classes: [..."0123456789"],
  };
  return limit === undefined ? dataset : take(dataset, limit);
}

async function readIdx(root: string, name: string, ndim: number): Promise<Idx & { path: string }> {
  const path = locate(root, mnistFiles.folder, name);
  if (path === null) {
    throw new DataError(`${root}: no file ${mnistFiles.folder}/${name}.gz, nor without .gz. ${advice}`);
  }
  return { path, ...parseIdx(await readDataFile(path, advice), ndim, path, advice) };
}

function check(images: Idx & { path: string }, labels: Idx & { path: string }): void {
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
    throw new DataError(
      `${labels.path}: label ${wrong} is ${labels.data[wrong]}; expected a digit, 0 to 9. ${advice}`,
    );
  }
}
