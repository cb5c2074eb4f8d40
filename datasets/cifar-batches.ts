import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { NDArray } from "../np/index.ts";
import type { Dataset } from "./dataset.ts";
import { DataError } from "./errors.ts";
import { contentOf } from "./files/content.ts";
import { findDataRoot } from "./files/data-root.ts";
import { type FileSet, locateFile } from "./files/file-set.ts";
import { missingFiles } from "./files/missing.ts";
import { readDataFile, wrongContent } from "./files/read-file.ts";
import { sumsName } from "./files/sums.ts";
import { fetchAdvice } from "./idx-images.ts";
import { expectSplitOptions, type SplitOptions } from "./split-options.ts";

/** A label byte, then 32 × 32 red, green and blue bytes. */
export const recordBytes: number = 1 + 3 * 32 * 32;

const classFile = "batches.meta.txt";
const advice = fetchAdvice("cifar10");

/**
 * Reads the batches of a split. Each has the size that the set gives; the training batches are the
 * first ones that are there, without a gap.
 * @throws DataError for a missing, truncated or mislabelled file; RangeError for an unknown split
 * or a bad limit
 */
export async function cifarBatches(set: FileSet, options: SplitOptions): Promise<Dataset> {
  expectSplitOptions("cifar10", options);
  const { root, split, limit = Number.POSITIVE_INFINITY } = options;
  const folder = findDataRoot(root).path;
  const classes = await readClasses(set, folder);
  const batches: Uint8Array[] = [];
  let count = 0;
  for (const { path, sizeBytes } of batchFiles(set, folder, split)) {
    if (count >= limit) break;
    const bytes = await readBatch(path, sizeBytes, classes);
    batches.push(bytes.subarray(0, (limit - count) * recordBytes));
    count += Math.min(bytes.length / recordBytes, limit - count);
  }
  const x = NDArray.empty([count, 3, 32, 32], "uint8");
  const y = NDArray.empty([count], "int32");
  const [pixels, labels] = [x.flat(), y.flat()];
  let item = 0;
  for (const bytes of batches) {
    for (let at = 0; at < bytes.length; at += recordBytes) {
      labels[item] = bytes[at] as number;
      pixels.set(bytes.subarray(at + 1, at + recordBytes), item * (recordBytes - 1));
      item += 1;
    }
  }
  return { name: "cifar10", x, y, classes };
}

interface BatchFile {
  readonly path: string;
  readonly sizeBytes: number;
}

function batchFiles(set: FileSet, root: string, split: "train" | "test"): BatchFile[] {
  const wanted = set.files.filter(({ name }) => name.startsWith(split === "train" ? "data_batch" : "test"));
  const all = wanted.map(({ name, sizeBytes }) => ({ name, sizeBytes, path: locateFile(set, root, name) }));
  const found = all.flatMap(({ path, sizeBytes }) => (path === null ? [] : [{ path, sizeBytes }]));
  const [some] = found;
  if (!some) {
    const names = wanted.map(({ name }) => name);
    const which = names.length === 1 ? names[0] : `${names[0]} … ${names.at(-1)}`;
    throw missingFiles(set, root, which ?? "", advice);
  }
  const isFetched = existsSync(join(dirname(some.path), sumsName));
  const last = isFetched ? all.length - 1 : all.findLastIndex(({ path }) => path !== null);
  const lacking = all.slice(0, last).concat(isFetched ? all.slice(last) : []);
  const missing = lacking.filter(({ path }) => path === null).map(({ name }) => name);
  if (missing.length === 0) return found;
  throw missingFiles(set, root, missing.join(", "), advice);
}

async function readClasses(set: FileSet, root: string): Promise<readonly string[]> {
  const path = locateFile(set, root, classFile);
  if (path === null) throw missingFiles(set, root, classFile, advice);
  const bytes = await readDataFile(path, { advice, mostBytes: 4096 });
  const classes = new TextDecoder()
    .decode(bytes)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (classes.length === 10 && new Set(classes).size === 10) return classes;
  const found = `names ${classes.length} class(es); expected 10 different ones, one per line`;
  if (contentOf(bytes)?.isPlainText) throw new DataError(`${path}: ${found}. ${advice}`);
  throw wrongContent(path, bytes, "a list of 10 classes, one per line", found, advice);
}

async function readBatch(path: string, sizeBytes: number, classes: readonly string[]): Promise<Uint8Array> {
  const wrongLabel = (item: number, label: number | undefined): string =>
    `label ${item} is ${label}; expected a class, 0 to ${classes.length - 1}`;
  const isClass = (label = classes.length): boolean => label < classes.length;
  const sizeOf = (head: Uint8Array): number => {
    // Nothing else that people have under this name begins with a byte below 10.
    if (isClass(head[0])) return sizeBytes;
    throw wrongContent(path, head, "a batch of CIFAR-10", wrongLabel(0, head[0]), advice);
  };
  const bytes = await readDataFile(path, { advice, mostBytes: sizeBytes, sizeOf });
  const refuse = (complaint: string): DataError => new DataError(`${path}: ${complaint}. ${advice}`);
  const [count, expected] = [Math.floor(bytes.length / recordBytes), sizeBytes / recordBytes];
  const rest = bytes.length - count * recordBytes;
  if (bytes.length !== sizeBytes) {
    const fault = bytes.length < sizeBytes ? "is truncated" : "has trailing bytes";
    const more = rest > 0 ? ` and ${rest} more` : "";
    throw refuse(
      `${fault}: ${bytes.length} byte(s), ${count} image(s) of ${recordBytes}${more}; expected ${expected} images`,
    );
  }
  for (let item = 0; item < count; item++) {
    const label = bytes[item * recordBytes];
    if (!isClass(label)) throw refuse(wrongLabel(item, label));
  }
  return bytes;
}
