import { existsSync } from "node:fs";
import { join } from "node:path";
import { NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import type { Dataset } from "./dataset.ts";
import { DataError } from "./errors.ts";
import { findDataRoot } from "./files/data-root.ts";
import { type DataFile, type FileSet, locateFile } from "./files/file-set.ts";
import { readDataFile } from "./files/read-file.ts";
import { sumsName } from "./files/sums.ts";
import { expectSplit, fetchAdvice, type SplitOptions } from "./idx-images.ts";

/** A label byte, then 32 × 32 red, green and blue bytes. */
const recordBytes = 1 + 3 * 32 * 32;
const batch = (name: string): DataFile => ({ name, sizeBytes: 10_000 * recordBytes });
const trainingBatches = [1, 2, 3, 4, 5].map((i) => batch(`data_batch_${i}.bin`));
const classFile: DataFile = { name: "batches.meta.txt", sizeBytes: 4096, atMost: true };

/** CIFAR-10's binary version: one archive, for which an MD5 is published. */
export const cifar10Files: FileSet = {
  folder: "cifar-10-batches-bin",
  mirrors: ["https://www.cs.toronto.edu/~kriz/"],
  files: [classFile, ...trainingBatches, batch("test_batch.bin")],
  archive: {
    name: "cifar-10-binary.tar.gz",
    sizeBytes: 170_052_171,
    md5: "c32a1d4ab5d03f1284b67883e8d87530",
    others: [{ name: "readme.html", sizeBytes: 65_536, atMost: true }],
  },
};

const advice = fetchAdvice("cifar10");

/**
 * CIFAR-10: 50,000 colour photographs for training or 10,000 for testing, from
 * `cifar-10-batches-bin/` in the data root. Reads the training batches that it finds; all five are
 * required only in a folder that a fetch has filled.
 * Shapes: x (N, 3, 32, 32) uint8, channels red, green, blue; y (N,) int32.
 * @throws DataError for a missing, truncated or mislabelled file; RangeError for an unknown split
 * or a bad limit
 * @see Krizhevsky, "Learning Multiple Layers of Features from Tiny Images" (2009)
 */
export async function cifar10({ root, split, limit }: SplitOptions): Promise<Dataset> {
  expectSplit("cifar10", split);
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
    throw new RangeError(`cifar10: limit is ${describe(limit)}; expected a whole number of items, 1 or more`);
  }
  const folder = findDataRoot(root).path;
  const classes = await readClasses(folder);
  const images: Uint8Array[] = [];
  let count = 0;
  for (const path of batchFiles(folder, split)) {
    if (limit !== undefined && count >= limit) break;
    const bytes = await readDataFile(path, advice);
    check(bytes, path, classes);
    images.push(
      bytes.subarray(0, (limit === undefined ? Number.POSITIVE_INFINITY : limit - count) * recordBytes),
    );
    count += (images.at(-1) as Uint8Array).length / recordBytes;
  }
  const x = NDArray.empty([count, 3, 32, 32], "uint8");
  const y = NDArray.empty([count], "int32");
  const [pixels, labels] = [x.flat(), y.flat()];
  let item = 0;
  for (const bytes of images) {
    for (let at = 0; at < bytes.length; at += recordBytes) {
      labels[item] = bytes[at] as number;
      pixels.set(bytes.subarray(at + 1, at + recordBytes), item * (recordBytes - 1));
      item += 1;
    }
  }
  return { name: "cifar10", x, y, classes };
}

function batchFiles(root: string, split: "train" | "test"): string[] {
  const names = split === "train" ? trainingBatches.map(({ name }) => name) : ["test_batch.bin"];
  const found = names.flatMap((name) => locateFile(cifar10Files, root, name) ?? []);
  const fetched = existsSync(join(root, cifar10Files.folder, sumsName));
  const wanted = fetched ? names.length : 1;
  if (found.length >= wanted) return found;
  const missing = names.filter((name) => locateFile(cifar10Files, root, name) === null);
  const which = fetched || names.length === 1 ? missing.join(", ") : "data_batch_1.bin … data_batch_5.bin";
  throw new DataError(`${root}: no file ${cifar10Files.folder}/${which}. ${advice}`);
}

async function readClasses(root: string): Promise<readonly string[]> {
  const path = locateFile(cifar10Files, root, classFile.name);
  if (path === null)
    throw new DataError(`${root}: no file ${cifar10Files.folder}/${classFile.name}. ${advice}`);
  const text = new TextDecoder().decode(await readDataFile(path, advice));
  const classes = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (classes.length === 10 && new Set(classes).size === 10) return classes;
  throw new DataError(
    `${path}: names ${classes.length} class(es); expected 10 different ones, one per line. ${advice}`,
  );
}

function check(bytes: Uint8Array, path: string, classes: readonly string[]): void {
  const rest = bytes.length % recordBytes;
  if (bytes.length === 0 || rest > 0) {
    throw new DataError(
      `${path}: ${bytes.length} byte(s), ${Math.floor(bytes.length / recordBytes)} image(s) of ${recordBytes} and ${rest} more; expected whole images, one or more. ${advice}`,
    );
  }
  for (let at = 0; at < bytes.length; at += recordBytes) {
    if ((bytes[at] as number) < classes.length) continue;
    throw new DataError(
      `${path}: label ${at / recordBytes} is ${bytes[at]}; expected a class, 0 to ${classes.length - 1}. ${advice}`,
    );
  }
}
