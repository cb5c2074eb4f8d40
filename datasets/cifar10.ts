import { cifarBatches, recordBytes } from "./cifar-batches.ts";
import type { Dataset } from "./dataset.ts";
import type { DataFile, FileSet } from "./files/file-set.ts";
import type { SplitOptions } from "./split-options.ts";

const batch = (name: string): DataFile => ({ name, sizeBytes: 10_000 * recordBytes });
const trainingBatches = [1, 2, 3, 4, 5].map((i) => batch(`data_batch_${i}.bin`));
const classFile: DataFile = { name: "batches.meta.txt", sizeBytes: 4096, atMost: true };

/** CIFAR-10's binary version: one archive, for which an MD5 is published. */
export const cifar10Files: FileSet = {
  folder: "cifar-10-batches-bin",
  aliases: ["cifar-10", "cifar-10-binary"],
  mirrors: ["https://www.cs.toronto.edu/~kriz/"],
  files: [classFile, ...trainingBatches, batch("test_batch.bin")],
  archive: {
    name: "cifar-10-binary.tar.gz",
    sizeBytes: 170_052_171,
    md5: "c32a1d4ab5d03f1284b67883e8d87530",
    others: [{ name: "readme.html", sizeBytes: 65_536, atMost: true }],
  },
};

/**
 * CIFAR-10: 50,000 colour photographs for training or 10,000 for testing, from
 * `cifar-10-batches-bin/` in the data root. Reads the training batches 1, 2, … that it finds; all
 * five are required only in a folder that a fetch has filled.
 * Shapes: x (N, 3, 32, 32) uint8, channels red, green, blue; y (N,) int32.
 * @throws DataError for a missing, truncated or mislabelled file; RangeError for an unknown split
 * or a bad limit
 * @see Krizhevsky, "Learning Multiple Layers of Features from Tiny Images" (2009)
 */
export function cifar10(options: SplitOptions): Promise<Dataset> {
  return cifarBatches(cifar10Files, options);
}
