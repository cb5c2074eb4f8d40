import type { Dataset } from "./dataset.ts";
import type { FileSet } from "./files/file-set.ts";
import { idxImages } from "./idx-images.ts";
import type { SplitOptions } from "./split-options.ts";

/** The four files of MNIST and their mirrors. */
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

/**
 * MNIST: 60,000 handwritten digits for training or 10,000 for testing, from IDX files, plain or
 * .gz, in `mnist/` in the data root.
 * Shapes: x (N, 28, 28) uint8, 0 black to 255 white; y (N,) int32.
 * @throws DataError for a missing, truncated, damaged or mislabelled file, or one that is larger
 * than the published one; RangeError for an unknown split or a bad limit
 * @see LeCun, Cortes and Burges, "The MNIST database of handwritten digits"
 */
export function mnist(options: SplitOptions): Promise<Dataset> {
  return idxImages(mnistFiles, "mnist", [..."0123456789"], options);
}
