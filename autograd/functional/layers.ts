import { contracts, type DropoutOptions } from "../../contracts/index.ts";
import { expectShape, paddingRow } from "../../contracts/internal.ts";
import { type NDArray, Operators, oneHot as oneHotOf } from "../../np/index.ts";
import {
  argument,
  type Contract,
  expectArgument,
  flag,
  integer,
  type None,
  type Required,
  settle,
  settleOptions,
  stream,
  withoutDefault,
} from "../../np/internal.ts";
import { Dropout } from "../layers/dropout.ts";
import { Embedding } from "../layers/embedding.ts";
import { Linear } from "../layers/linear.ts";
import { asTensor, Tensor } from "../tensor.ts";
import { aTensor, tensorOrNull, withFields } from "./with-fields.ts";

export interface EmbeddingLookup {
  /** A row that gets no gradient; negative numbers count from the end; default null: none. */
  readonly paddingIdx?: number | null;
}
export interface FunctionalDropoutOptions extends DropoutOptions {
  /** Whether numbers are dropped at all; default true. */
  readonly training?: boolean;
}

const lookup: Contract<None, EmbeddingLookup> = {
  name: "embedding",
  positional: {},
  options: { paddingIdx: contracts.Embedding.options.paddingIdx },
};
const dropping: Contract<None, FunctionalDropoutOptions> = {
  name: "dropout",
  positional: {},
  options: { training: flag(true), rng: withoutDefault(stream) },
};
const indices: Required<Tensor | NDArray> = argument(
  "array",
  "a tensor or an array of integers",
  (x) => x instanceof Operators,
);

/**
 * x Wᵀ + b, as the layer `Linear`: weight (M, D), bias (M,) or null.
 * @example functional.linear(tensor([[1, 2]]), tensor([[3, 4]])) // [[11]]
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  expectArgument("linear", "weight", aTensor, weight);
  expectArgument("linear", "bias", tensorOrNull, bias);
  expectShape("linear", "weight", weight.shape, ["M", "D"]);
  return withFields(Linear, { weight, bias }).forward(x);
}
/**
 * The rows of weight (V, D) at the indices x, as the layer `Embedding`.
 * @example functional.embedding(tensor([1], { dtype: "int32" }), tensor([[1, 2], [3, 4]])) // [[3, 4]]
 */
export function embedding(x: Tensor | NDArray, weight: Tensor, options: EmbeddingLookup = {}): Tensor {
  const { paddingIdx } = settle(lookup, {}, options);
  expectArgument("embedding", "x", indices, x);
  expectArgument("embedding", "weight", aTensor, weight);
  expectShape("embedding", "weight", weight.shape, ["V", "D"]);
  const row = paddingRow(paddingIdx, weight.size(0));
  return withFields(Embedding, { weight, paddingIdx: row }).forward(asTensor(x));
}
/**
 * Each number 0 with probability `p`, else divided by 1 − p, as the layer `Dropout` in training. A function keeps no state,
 * so it does not know of `model.eval()`: pass `{ training: this.training }`, and the same `rng` every time.
 */
export function dropout(x: Tensor, p: number = 0.5, options: FunctionalDropoutOptions = {}): Tensor {
  const { training, rng } = settleOptions("dropout", dropping, options);
  expectArgument("dropout", "x", aTensor, x);
  expectArgument("dropout", "p", contracts.Dropout.positional.p, p);
  return training && p > 0 ? new Dropout(p, rng ? { rng } : {}).forward(x) : x;
}
/**
 * A row of zeros with a 1 for each index, int32; `numClasses` −1 (default) is the largest index + 1.
 * @example functional.oneHot(tensor([2, 0], { dtype: "int32" })) // [[0, 0, 1], [1, 0, 0]]
 */
export function oneHot(x: Tensor | NDArray, numClasses: number = -1): Tensor {
  expectArgument("oneHot", "x", indices, x);
  expectArgument("oneHot", "numClasses", integer({ least: -1 }), numClasses);
  const { data } = asTensor(x);
  return new Tensor(oneHotOf(data, numClasses === -1 ? data.max().item() + 1 : numClasses));
}
