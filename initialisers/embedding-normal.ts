import { arange, type NDArray, where } from "../np/index.ts";
import { expectRng, type InitOptions } from "./init-options.ts";

/**
 * W ~ N(0, 1) of shape (rows, features), with zeros in the padding row, as PyTorch starts an
 * embedding.
 */
export function embeddingNormal(
  rows: number,
  features: number,
  padding: number | null,
  { rng, dtype }: InitOptions,
): NDArray {
  const weight = expectRng("embeddingNormal", rng).normal(0, 1, [rows, features], { dtype });
  return padding === null ? weight : where(arange(rows).equal(padding).reshape(-1, 1), 0, weight);
}
