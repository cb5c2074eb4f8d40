import { Adam, type Loss, type Module, noGrad, Tensor } from "../autograd/index.ts";
import type { NDArray } from "../np/index.ts";
import {
  count,
  expectArgument,
  functionOf,
  having,
  number,
  type OptionTable,
  settleOptions,
  withoutDefault,
  yieldToEventLoop,
} from "../np/internal.ts";
import { CosineAnnealingLR } from "../training/index.ts";

export interface TrainOnAllOptions {
  readonly loss: Loss;
  readonly steps: number;
  /** The learning rate of the first step; it falls to 0 like a cosine. */
  readonly lr: number;
  /** Called with the share of the steps that are done. */
  readonly report?: (share: number) => void;
}

const required = {
  loss: having<Loss>("a loss, such as new MSELoss()", "forward"),
  steps: count(),
  lr: number({ above: 0 }),
};

const options: OptionTable<TrainOnAllOptions> = {
  loss: withoutDefault(required.loss),
  steps: withoutDefault(required.steps),
  lr: withoutDefault(required.lr),
  report: withoutDefault(functionOf<(share: number) => void>("a function of a share")),
};

/**
 * Trains on all data at every step, with Adam, and returns the loss at the end.
 * Shapes: x (N, D); y as the loss wants it.
 * @throws TypeError for an unknown option, and without loss, steps or lr
 * @example
 * const model = new Linear(2, 1, { rng: random(0) });
 * const options = { loss: new MSELoss(), steps: 100, lr: 0.1 };
 * (await trainOnAll(model, ones([4, 2]), zeros([4, 1]), options)) < 0.01 // true
 */
export async function trainOnAll(
  model: Module,
  x: NDArray,
  y: NDArray,
  given: TrainOnAllOptions,
): Promise<number> {
  const where = "trainOnAll";
  const settled = settleOptions(where, { name: where, positional: {}, options }, given);
  const { loss, steps, lr, report } = settled;
  expectArgument(where, "loss", required.loss, loss);
  expectArgument(where, "steps", required.steps, steps);
  expectArgument(where, "lr", required.lr, lr);
  const optimizer = new Adam(model.parameters(), { lr });
  const schedule = new CosineAnnealingLR(optimizer, steps);
  const input = new Tensor(x);
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    loss.forward(model.forward(input), y).backward();
    optimizer.step();
    schedule.step();
    if (step % 50 === 0) report?.(step / steps);
    await yieldToEventLoop();
  }
  return noGrad(() => loss.forward(model.forward(input), y)).item();
}

/** The model's outputs, without recording a tape. */
export function outputs(model: Module, x: NDArray): NDArray {
  return noGrad(() => model.forward(new Tensor(x))).data;
}
