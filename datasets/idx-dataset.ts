import { basename, dirname } from "node:path";
import { formatShape, type NDArray } from "../np/index.ts";
import {
  argument,
  type Contract,
  count,
  integer,
  isFloat,
  optional,
  orNull,
  type Required,
  settle,
} from "../np/internal.ts";
import type { Dataset } from "./dataset.ts";
import { DataError } from "./errors.ts";
import { readIdxFile } from "./files/idx.ts";
import { findFile } from "./files/spelling.ts";
import { type FromFile, labelledImages } from "./labelled-images.ts";

export interface ReadIdxOptions {
  /** The most bytes that the unpacked file may have. Default 1073741824, which is 1 GiB; at most twice that. */
  readonly maxBytes?: number;
}

export interface IdxDatasetOptions extends ReadIdxOptions {
  /** The name of the dataset, for messages. Default "idx". */
  readonly name?: string;
  /** The name of each class, in order. Default null: "0", "1", … up to the largest label. */
  readonly classes?: readonly string[] | null;
  /** The maximum number of items, from the start. Default null: all. */
  readonly limit?: number | null;
}

const isText = (x: unknown): boolean => typeof x === "string" && x !== "";
const path = (what: string): Required<string> => argument("object", `the path of ${what}`, isText);
const classes: Required<readonly string[]> = argument(
  "list",
  "a list of different class names",
  (x) => Array.isArray(x) && x.every(isText),
  (names) => names.length > 0 && new Set(names).size === names.length,
);
const name: Required<string> = argument("object", "a name", isText);
const maxBytes = optional(integer({ least: 1, most: 2 ** 31 }), 2 ** 30);

const readIdxContract: Contract<{ path: string }, ReadIdxOptions> = {
  name: "readIdx",
  positional: { path: path("an IDX file") },
  options: { maxBytes },
};

const idxDatasetContract: Contract<{ images: string; labels: string }, IdxDatasetOptions> = {
  name: "idxDataset",
  positional: { images: path("an IDX file of images"), labels: path("an IDX file of labels") },
  options: {
    maxBytes,
    name: optional(name, "idx"),
    classes: optional(orNull(classes), null),
    limit: optional(orNull(count()), null),
  },
};

const advice = "Get the file again, or see how it was made.";

/**
 * Reads one IDX file, packed with gzip or not: MNIST's format, for arrays of any shape. Unsigned
 * bytes become uint8, the other integers int32, floats float32 or float64.
 * @throws DataError for a missing or damaged file, another kind of file, or one that holds more than
 * `maxBytes`; TypeError for a path that is not a string
 * @example
 * const { writeFile } = await import("node:fs/promises");
 * const path = `${(await import("node:os")).tmpdir()}/numbers.idx`;
 * await writeFile(path, Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6));
 * await readIdx(path) // [[1, 2, 3], [4, 5, 6]]
 * @see LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section "File formats"
 */
export async function readIdx(path: string, options: ReadIdxOptions = {}): Promise<NDArray> {
  const settled = settle(readIdxContract, { path }, options);
  return (await read(path, settled.maxBytes)).array;
}

/**
 * A dataset of your own in MNIST's format, such as EMNIST, KMNIST or images of 32 × 32, from a file
 * of images and one of labels, packed with gzip or not. Labels are indices into `classes`. EMNIST's
 * images lie on their side: `x.transpose([0, 2, 1])` turns them; its letters have labels from 1 on.
 * Shapes: x (N, …) of the images' type, mostly uint8 (N, H, W); y (N,) int32.
 * @throws DataError for a missing, damaged or mislabelled file; TypeError or RangeError for bad options
 * @example
 * const { writeFile } = await import("node:fs/promises");
 * const folder = (await import("node:os")).tmpdir();
 * await writeFile(`${folder}/images`, Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40));
 * await writeFile(`${folder}/labels`, Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 46, 0));
 * const { x, y, classes } = await idxDataset(`${folder}/images`, `${folder}/labels`);
 * x // [[[10, 20]], [[30, 40]]]
 * [...y.flat(), classes.length] // [46, 0, 47]
 */
export async function idxDataset(
  images: string,
  labels: string,
  options: IdxDatasetOptions = {},
): Promise<Dataset> {
  const settled = settle(idxDatasetContract, { images, labels }, options);
  const [x, y] = await Promise.all([read(images, settled.maxBytes), read(labels, settled.maxBytes)]);
  if (x.array.ndim < 2) {
    throw new DataError(
      `${x.path}: holds ${x.array.ndim} axis of numbers; expected images, (N, …). ${advice}`,
    );
  }
  if (y.array.ndim !== 1 || isFloat(y.array.dtype)) {
    const found = `${y.array.dtype} of shape ${formatShape(y.array.shape)}`;
    throw new DataError(`${y.path}: holds ${found}; expected labels, whole numbers (N,). ${advice}`);
  }
  const names = settled.classes ?? numbered(y.array);
  return labelledImages(settled.name, x, y, names, advice, settled.limit ?? undefined);
}

/** "0", "1", … up to the largest label, but no more than a data set may have. */
function numbered(labels: NDArray): string[] {
  let largest = 0;
  for (const label of labels.flat()) largest = Math.max(largest, label);
  return Array.from({ length: Math.min(largest, 65_535) + 1 }, (_, label) => String(label));
}

async function read(path: string, mostBytes: number): Promise<FromFile> {
  const found = findFile(dirname(path), basename(path), `${basename(path)}.gz`) ?? path;
  const tooLarge = "If the file is right, allow it with maxBytes.";
  return { path: found, array: await readIdxFile(found, { advice, mostBytes, tooLarge }) };
}
