import type { Dataset } from "./dataset.ts";
import { DataError } from "./errors.ts";
import { findDataRoot } from "./files/data-root.ts";
import { type FileSet, locateFile } from "./files/file-set.ts";
import { readIdxFile } from "./files/idx.ts";
import { missingFiles } from "./files/missing.ts";
import { type FromFile, labelledImages } from "./labelled-images.ts";
import { expectSplitOptions, type SplitOptions } from "./split-options.ts";

const ownImages = "For images of your own, use idxDataset.";

/** The advice that ends every message about a dataset's files. */
export function fetchAdvice(name: string): string {
  return `Fetch the original files with \`npx chalk-and-tape data fetch ${name}\`, or name another data folder with CHALK_DATA or --data.`;
}

/**
 * Reads a dataset in MNIST's format: 28 × 28 images of ten classes, from four IDX files, packed or
 * not, in the set's folder of the data root.
 * @throws DataError for a missing, truncated, damaged or mislabelled file, or one that is larger than
 * the published one; TypeError or RangeError for bad options
 */
export async function idxImages(
  set: FileSet,
  name: string,
  classes: readonly string[],
  options: SplitOptions,
): Promise<Dataset> {
  expectSplitOptions(name, options);
  const { root, split, limit } = options;
  const folder = findDataRoot(root).path;
  const prefix = split === "train" ? "train" : "t10k";
  const advice = fetchAdvice(name);
  const read = async (file: string, byteAxes: number): Promise<FromFile> => {
    const path = locateFile(set, folder, file);
    if (path === null) throw missingFiles(set, folder, `${file}.gz, and none without .gz`, advice);
    const mostBytes = set.files.find((one) => one.name === file)?.sizeBytes ?? 0;
    return { path, array: await readIdxFile(path, { advice, mostBytes, tooLarge: ownImages, byteAxes }) };
  };
  const [images, labels] = await Promise.all([
    read(`${prefix}-images-idx3-ubyte`, 3),
    read(`${prefix}-labels-idx1-ubyte`, 1),
  ]);
  const [count, height, width] = images.array.shape;
  if (height !== 28 || width !== 28 || count === 0) {
    throw new DataError(
      `${images.path}: holds ${images.array.shape.join(" × ")} bytes; expected one or more images of 28 × 28. ${ownImages} ${advice}`,
    );
  }
  return labelledImages(name, images, labels, classes, advice, limit);
}
