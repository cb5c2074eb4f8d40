import { Tensor } from "../../autograd/index.ts";
import { NDArray, sizeOf } from "../../np/index.ts";
import type { AnyNetwork, SummaryPart } from "./network-parts.ts";

/** The outputs of one part, over all its calls. */
export interface Seen {
  readonly shape: readonly number[];
  readonly multiplyAdds: number;
  readonly outputBytes: number;
}

/** Runs the network once in evaluation mode and records every call of a part. */
export function record(parts: readonly SummaryPart[], run: () => unknown): Map<AnyNetwork, Seen> {
  const seen = new Map<AnyNetwork, Seen>();
  const training = parts.map(({ part }) => part.training);
  for (const { part } of parts) {
    const forward = part.forward.bind(part) as (...inputs: unknown[]) => NDArray | Tensor;
    const value = (...inputs: unknown[]): NDArray | Tensor => {
      const y = forward(...inputs);
      const { multiplyAdds = 0, outputBytes = 0 } = seen.get(part) ?? {};
      const more = multiplyAddsOf(part, inputs[0] as NDArray | Tensor, y);
      seen.set(part, {
        shape: y.shape,
        multiplyAdds: multiplyAdds + more,
        outputBytes: outputBytes + sizeBytes(y),
      });
      return y;
    };
    Object.defineProperty(part, "forward", { value, configurable: true });
    part.training = false;
  }
  try {
    run();
  } finally {
    for (const [i, { part }] of parts.entries()) {
      Reflect.deleteProperty(part, "forward");
      part.training = training[i] as boolean;
    }
  }
  return seen;
}

/** Each element of a weight is used once per position of y (of x in a transposed convolution). An embedding only looks rows up. */
function multiplyAddsOf(part: AnyNetwork, x: NDArray | Tensor, y: NDArray | Tensor): number {
  const kind = part.constructor.name;
  const weight = (part as { readonly weight?: unknown }).weight;
  if (!(weight instanceof NDArray || weight instanceof Tensor) || weight.ndim < 2 || kind === "Embedding")
    return 0;
  const at = kind.startsWith("ConvTranspose") ? x : y;
  return (sizeOf(weight.shape) * sizeOf(at.shape)) / (weight.shape[0] as number);
}

/** The size of the numbers in bytes. */
export function sizeBytes({ shape, dtype }: NDArray | Tensor): number {
  return sizeOf(shape) * NDArray.empty([0], dtype).data.BYTES_PER_ELEMENT;
}
