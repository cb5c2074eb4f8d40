import type { Dataset } from "./dataset.ts";
import type { FileSet } from "./files/file-set.ts";
import { idxImages } from "./idx-images.ts";
import type { SplitOptions } from "./split-options.ts";

/**
 * The four files of Fashion-MNIST. Its authors publish an MD5 of each compressed file but no
 * SHA-256 of the contents, so only their own .gz files can be checked. The second mirror has no
 * https; the checksum, not the connection, ensures that a file is right.
 */
export const fashionMnistFiles: FileSet = {
  folder: "fashion-mnist",
  mirrors: [
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  ],
  files: [
    { name: "train-images-idx3-ubyte", md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d", sizeBytes: 47_040_016 },
    { name: "train-labels-idx1-ubyte", md5: "25c81989df183df01b3e8a0aad5dffbe", sizeBytes: 60_008 },
    { name: "t10k-images-idx3-ubyte", md5: "bef4ecab320f06d8554ea6380940ec79", sizeBytes: 7_840_016 },
    { name: "t10k-labels-idx1-ubyte", md5: "bb300cfdad3c16e7a12a480ee83cd310", sizeBytes: 10_008 },
  ],
};

const classes = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/**
 * Fashion-MNIST: 60,000 pictures of clothes for training or 10,000 for testing, in MNIST's format,
 * from `fashion-mnist/` in the data root.
 * Shapes: x (N, 28, 28) uint8, 0 black to 255 white; y (N,) int32.
 * @throws DataError for a missing, truncated, damaged or mislabelled file, or one that is larger
 * than the published one; RangeError for an unknown split or a bad limit
 * @see Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
 * Learning Algorithms" (2017)
 */
export function fashionMnist(options: SplitOptions): Promise<Dataset> {
  return idxImages(fashionMnistFiles, "fashion-mnist", classes, options);
}
