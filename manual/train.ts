import type { NDArray } from "../np/index.ts";
import { breathe, expectBatches, expectCount, expectFiniteLoss } from "../training/index.ts";
import type { Layer } from "./layer.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";

/** One batch: inputs and their targets. */
export interface Batch {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** A layer of two inputs whose backward starts the chain: dy = 1 unless given. */
export interface Loss {
  forward(prediction: NDArray, target: NDArray): NDArray;
  backward(dy?: NDArray | number): NDArray;
}

export interface TrainOptions {
  readonly loss: Loss;
  readonly optimizer: Pick<Optimizer, "step" | "zeroGrad">;
  /** How often the data is seen; default 1. */
  readonly epochs?: number;
  /** Called after every epoch with the average loss of its batches. */
  readonly onEpoch?: (report: { epoch: number; loss: number }) => void | Promise<void>;
}

/** One forward and one backward: assigns every parameter's gradient; returns the loss and the prediction. */
export function computeGradients(
  model: Layer,
  { x, y }: Batch,
  loss: Loss,
): { loss: number; prediction: NDArray } {
  const prediction = model.forward(x);
  const value = loss.forward(prediction, y);
  model.backward(loss.backward());
  return { loss: value.item(), prediction };
}

/**
 * Trains in place: for every batch of every epoch, gradients, then one step of the optimizer. Returns the average loss of each epoch.
 * @throws RangeError when the loss becomes NaN or infinite: it says at which step, and what to try; when an epoch has no batch
 */
export async function train(
  model: Layer,
  loader: AsyncIterable<Batch>,
  { loss, optimizer, epochs = 1, onEpoch }: TrainOptions,
): Promise<number[]> {
  expectCount("train", "epochs", epochs);
  const losses: number[] = [];
  model.train();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    let [total, steps] = [0, 0];
    for await (const batch of loader) {
      optimizer.zeroGrad();
      const step = computeGradients(model, batch, loss);
      expectFiniteLoss(step.loss, epoch, steps + 1);
      optimizer.step();
      total += step.loss;
      steps += 1;
      await breathe();
    }
    expectBatches(steps, epoch);
    losses.push(total / steps);
    await onEpoch?.({ epoch, loss: total / steps });
  }
  return losses;
}
