import { type Random, random } from "../np/index.ts";
import { describe, unknownName } from "../np/internal.ts";
import { cifar10, cifar10Files } from "./cifar10.ts";
import { type Dataset, splitDataset, take } from "./dataset.ts";
import { digits } from "./digits/digits.ts";
import { fashionMnist, fashionMnistFiles } from "./fashion-mnist.ts";
import type { FileSet } from "./files/file-set.ts";
import { inTurns } from "./in-turns.ts";
import { mnist, mnistFiles } from "./mnist.ts";
import { shapes } from "./shapes/shapes.ts";
import type { SplitOptions } from "./split-options.ts";
import { blobs } from "./toy/blobs.ts";
import { circles } from "./toy/circles.ts";
import { moons } from "./toy/moons.ts";
import type { ToyOptions } from "./toy/points.ts";
import { spirals } from "./toy/spirals.ts";
import { xor } from "./toy/xor.ts";
import type { ChannelStatistics } from "./transforms/normalize.ts";
import { cifar10Statistics } from "./transforms/statistics.ts";

export interface LoadOptions {
  /** The data root of datasets that are files. Default: CHALK_DATA, else the user's cache directory. */
  readonly root?: string | undefined;
  /** The seed of generated datasets. Default 0. */
  readonly seed?: number | undefined;
  /** The maximum number of training items, and of test items. Default: all. */
  readonly limit?: number | undefined;
}

/** Training data, and test data of the same kind. */
export interface TrainTest {
  readonly train: Dataset;
  readonly test: Dataset;
}

export interface CatalogueEntry {
  readonly description: string;
  /** Null for a dataset generated from a seed. */
  readonly files: FileSet | null;
  /** By what its images are normalised, channel by channel, before a network sees them; without it they stay in 0 … 1. */
  readonly normalizeBy?: ChannelStatistics;
  readonly load: (options: LoadOptions) => Promise<TrainTest>;
}

/** Every dataset by name. */
export const catalogue: Readonly<Record<string, CatalogueEntry>> = {
  moons: toy("two interleaving half circles", moons),
  circles: toy("a circle inside a circle", circles),
  spirals: toy("two arms of a spiral", spirals),
  xor: toy("four squares, diagonally opposite ones in the same class", xor),
  blobs: toy("three round clusters of points", blobs),
  digits: drawn("28 × 28 images of digits drawn from strokes", digits),
  shapes: drawn("32 × 32 colour images of ten shapes", shapes),
  mnist: onDisk("28 × 28 images of handwritten digits: 60,000 to train, 10,000 to test", mnistFiles, mnist),
  "fashion-mnist": onDisk(
    "28 × 28 images of clothes: 60,000 to train, 10,000 to test",
    fashionMnistFiles,
    fashionMnist,
  ),
  cifar10: {
    ...onDisk("32 × 32 colour photographs: 50,000 to train, 10,000 to test", cifar10Files, cifar10),
    normalizeBy: cifar10Statistics,
  },
};

/**
 * Loads the training and test parts of a dataset by name; never downloads.
 * @throws RangeError for an unknown name or a limit below 1; DataError for missing or damaged files
 */
export async function loadDataset(name: string, options: LoadOptions = {}): Promise<TrainTest> {
  const { limit } = options;
  const entry = catalogueEntry(name);
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1)) {
    throw new RangeError(
      `loadDataset: limit is ${describe(limit)}; expected a whole number of items, 1 or more`,
    );
  }
  return entry.load(options);
}

/** The entry of this name. @throws RangeError that lists the known names */
export function catalogueEntry(name: string): CatalogueEntry {
  const entry = typeof name === "string" && Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  if (entry) return entry;
  throw unknownName("dataset", name, Object.keys(catalogue));
}

function onDisk(
  description: string,
  files: FileSet,
  read: (options: SplitOptions) => Promise<Dataset>,
): CatalogueEntry {
  return {
    description,
    files,
    load: async ({ root, limit }) => ({
      train: await read({ root, split: "train", limit }),
      test: await read({ root, split: "test", limit }),
    }),
  };
}

function drawn(
  what: string,
  generate: (options: { readonly n: number; readonly rng: Random }) => Dataset,
): CatalogueEntry {
  return {
    description: `${what}: 10,000 to train, 2,000 to test`,
    files: null,
    load: async ({ seed = 0, limit = Number.POSITIVE_INFINITY }) => {
      const rng = random(seed);
      const held = rng.spawn();
      return {
        train: await inTurns(generate, Math.min(10_000, limit), rng),
        test: await inTurns(generate, Math.min(2000, limit), held),
      };
    },
  };
}

function toy(what: string, generate: (options: ToyOptions & { rng: Random }) => Dataset): CatalogueEntry {
  return {
    description: `${what}: 800 points to train, 400 to test`,
    files: null,
    load: async ({ seed = 0, limit }) => {
      const rng = random(seed);
      const { train, validation } = splitDataset(generate({ n: 1200, rng }), 1 / 3, rng);
      return limit === undefined
        ? { train, test: validation }
        : { train: take(train, limit), test: take(validation, limit) };
    },
  };
}
