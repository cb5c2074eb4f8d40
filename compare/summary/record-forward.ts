import { Tensor } from "../../autograd/index.ts";
import { NDArray, sizeOf } from "../../np/index.ts";
import { wrapMethod } from "../../training/internal.ts";
import type { AnyNetwork, SummaryPart } from "./network-parts.ts";

/** A part of either side as it is wrapped. */
interface Observed {
  forward(...inputs: readonly unknown[]): NDArray | Tensor;
}

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
  const undo = parts.map(({ part }) =>
    wrapMethod(part as Observed, "forward", (forward) => (...inputs) => {
      const y = forward(...inputs);
      const { multiplyAdds = 0, outputBytes = 0 } = seen.get(part) ?? {};
      const more = multiplyAddsOf(part, inputs[0] as NDArray | Tensor, y);
      seen.set(part, {
        shape: y.shape,
        multiplyAdds: multiplyAdds + more,
        outputBytes: outputBytes + sizeBytes(y),
      });
      return y;
    }),
  );
  for (const { part } of parts) part.training = false;
  try {
    run();
  } finally {
    for (const unwrap of undo.reverse()) unwrap();
    for (const [i, { part }] of parts.entries()) part.training = training[i] as boolean;
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
