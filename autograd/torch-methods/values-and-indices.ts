import type { Tensor } from "../tensor.ts";

/**
 * What `max`, `min`, `sort`, `topk` and `median` find along one axis: the values, and their indices (int32).
 * By name, `const { indices } = x.topk(3)`, or in order as in Python, `const [values, indices] = x.topk(3)`.
 */
export class ValuesAndIndices {
  readonly values: Tensor;
  readonly indices: Tensor;

  constructor(values: Tensor, indices: Tensor) {
    this.values = values;
    this.indices = indices;
  }
  *[Symbol.iterator](): Generator<Tensor, void, undefined> {
    yield this.values;
    yield this.indices;
  }
}
