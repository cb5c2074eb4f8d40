import { arange, equal, type NDArray, Operators, type Random, where } from "../../np/index.ts";
import {
  argument,
  type Contract,
  expectArgument,
  flag,
  isFloat,
  type None,
  number,
  optional,
  orNull,
  type Required,
  settleOptions,
  share,
  stream,
  withoutDefault,
} from "../../np/internal.ts";
import type { Tensor } from "../tensor.ts";
import { dropout } from "./layers.ts";
import { aTensor } from "./with-fields.ts";

export interface AttentionOptions {
  /** Added to the scores if it is of floats; of integers (a mask), it is 0 where a key must not be seen. Broadcasts to (…, L, S). Default null: none. */
  readonly attnMask?: Tensor | NDArray | null;
  /** The probability with which a weight is dropped; default 0. */
  readonly dropoutP?: number;
  /** Whether query i sees keys 0 … i only; default false. */
  readonly isCausal?: boolean;
  /** The factor on the scores; default null: 1 / √E. */
  readonly scale?: number | null;
  /** Where the dropout's masks come from; default: a fresh `random()`, whose seed is printed. */
  readonly rng?: Random;
}

const masks: Required<Tensor | NDArray> = argument(
  "array",
  "a tensor or an array",
  (x) => x instanceof Operators,
);

const attending: Contract<None, AttentionOptions> = {
  name: "scaledDotProductAttention",
  positional: {},
  options: {
    attnMask: optional(orNull(masks, "none"), null),
    dropoutP: share(0),
    isCausal: flag(false),
    scale: optional(orNull(number(), "1 / √E"), null),
    rng: withoutDefault(stream),
  },
};

/**
 * softmax(Q Kᵀ / √E + mask) V: for each query a mean of the values, weighted by how well their keys fit. A query that sees no key gets zeros.
 * Shapes: query (…, L, E), key (…, S, E), value (…, S, D) → (…, L, D).
 * @throws TypeError for a mask together with isCausal
 * @see Vaswani et al., "Attention Is All You Need", 2017, section 3.2.1
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  const name = "scaledDotProductAttention";
  const { attnMask, dropoutP, isCausal, scale, rng } = settleOptions(name, attending, options);
  for (const [what, x] of Object.entries({ query, key, value })) expectArgument(name, what, aTensor, x);
  if (attnMask && isCausal)
    throw new TypeError(`${name}: Explicit attn_mask should not be set when is_causal=True`);
  const [L, S] = [query.size(-2), key.size(-2)];
  const mask = isCausal ? causalMask(L, S) : attnMask;
  const fit = query.matmul(key.mT).mul(scale ?? 1 / Math.sqrt(query.size(-1))); // (…, L, S)
  const scores = mask ? masked(fit, mask) : fit;
  const unseeing = equal(scores.max(-1, true).values, Number.NEGATIVE_INFINITY); // softmax has no answer there
  const weights = where(unseeing, 0, where(unseeing, 0, scores).softmax(-1));
  return (dropoutP > 0 ? dropout(weights, dropoutP, rng ? { rng } : {}) : weights).matmul(value);
}

/** 1 where query i may see key j: j ≤ i. */
function causalMask(L: number, S: number): NDArray {
  return arange(L).reshape(-1, 1).greaterEqual(arange(S));
}

function masked(scores: Tensor, mask: Tensor | NDArray): Tensor {
  return isFloat(mask.dtype)
    ? scores.add(mask)
    : scores.apply("where", mask, scores, Number.NEGATIVE_INFINITY);
}
