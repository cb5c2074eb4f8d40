import { type Loss, type Module, type Optimizer, Tensor } from "../autograd/index.ts";
import { DataLoader, type Samples } from "../datasets/index.ts";
import type { Random } from "../np/index.ts";
import { yieldToEventLoop } from "../np/internal.ts";

export interface BatchTraining {
  readonly loss: Loss;
  readonly optimizer: Pick<Optimizer, "zeroGrad" | "step">;
  readonly epochs: number;
  readonly batchSize?: number;
  /** The order of the items. */
  readonly rng: Random;
  /** Whether every epoch has a new order. Default true. */
  readonly shuffle?: boolean;
  readonly report?: (share: number) => void;
}

/** Trains in place on batches. It goes on when the loss is not finite, because a study measures that, too. */
export async function trainInBatches(
  model: Module,
  data: Samples,
  { loss, optimizer, epochs, batchSize = 64, rng, shuffle = true, report }: BatchTraining,
): Promise<void> {
  const loader = new DataLoader(data, { batchSize, shuffle, rng });
  model.train();
  for (let epoch = 0; epoch < epochs; epoch++) {
    for await (const { x, y } of loader) {
      optimizer.zeroGrad();
      loss.forward(model.forward(new Tensor(x)), y).backward();
      optimizer.step();
      await yieldToEventLoop();
    }
    report?.((epoch + 1) / epochs);
  }
  model.eval();
}
