import {
  catalogueEntry,
  type DataLoader,
  type DataLoaderState,
  type LoaderRanks,
} from "../../datasets/index.ts";
import type { Batch } from "../../manual/index.ts";
import { array, type NDArray } from "../../np/index.ts";
import type { TwinModel } from "./twin-model.ts";

/** Returns the function that prepares a batch of items in 0 … 1 for the network: it normalises and reshapes. */
export function inputOf(dataset: string, { input }: TwinModel): (x: NDArray) => NDArray {
  const { normalizeBy } = catalogueEntry(dataset);
  if (!normalizeBy) return input;
  return (x) => {
    const perChannel = (values: readonly number[]): NDArray =>
      array([...values], { dtype: x.dtype }).reshape(-1, 1, 1);
    return input(x.sub(perChannel(normalizeBy.mean)).div(perChannel(normalizeBy.std)));
  };
}

/** The batches of a loader, prepared for network and loss; a checkpoint resumes them as it does the loader. */
export interface PreparedBatches extends AsyncIterable<Batch> {
  readonly length: number;
  /** Among whom the loader divides its batches; null for whole batches. */
  readonly ranks: LoaderRanks | null;
  readonly state: DataLoaderState;
  loadState(state: DataLoaderState): void;
}

/** Prepares the batches of a loader; at most `most` of them. */
export function batches(
  loader: DataLoader,
  input: (x: NDArray) => NDArray,
  target: (y: NDArray) => NDArray,
  most: number = Number.POSITIVE_INFINITY,
): PreparedBatches {
  return {
    length: Math.min(loader.length, most),
    ranks: loader.ranks,
    get state() {
      return loader.state;
    },
    loadState: (state) => loader.loadState(state),
    async *[Symbol.asyncIterator]() {
      let count = 0;
      for await (const { x, y } of loader) {
        yield { x: input(x), y: target(y) };
        count += 1;
        if (count >= most) return;
      }
    },
  };
}
