import type { NDArray } from "../np/index.ts";
import { yieldToEventLoop } from "../np/internal.ts";
import type { Batch, History, LoopOptions } from "../training/index.ts";
import {
  Average,
  type Averages,
  allFinite,
  batchesWithRows,
  expectEvaluation,
  expectTrainee,
  expectTraining,
  inEvaluation,
  lossValue,
  partsOf,
  ranksOf,
  TrainingRun,
  warnOf,
} from "../training/internal.ts";
import { findNonFinite } from "./debugging/find-non-finite.ts";
import { watch } from "./debugging/watch.ts";
import { slotOf } from "./gradient-slot.ts";
import type { Loss } from "./loss.ts";
import { forwardBackward, lostLeaves } from "./lost-leaves.ts";
import { isModule, type Module } from "./module.ts";
import { noGrad } from "./tape.ts";
import { Tensor } from "./tensor.ts";

export type { Batch };

export interface TrainOptions extends LoopOptions {
  readonly loss: Loss;
}

/**
 * Runs one forward and one backward: sets every parameter's gradient; returns the loss and
 * prediction.
 * @throws ShapeError for a loss of several numbers, as with reduction "none"
 */
export function computeGradients(
  model: Module,
  batch: Batch,
  loss: Loss,
): { loss: number; prediction: NDArray } {
  expectTrainee("computeGradients", model, "namedParameters", batch, loss);
  return forwardBackward(model, batch, loss);
}

/**
 * The loss and accuracy over a loader, in evaluation mode. The loss is that of all items at once,
 * whatever the batch size: a mean is divided once by the sum of the batches' `divisor`s, and with
 * reduction "sum" it is the sum. Each part's mode is restored. Of a loader that is divided among
 * ranks all must call it, and each gets the averages over the whole data.
 * @throws ShapeError for a loss of several numbers, as with reduction "none"
 */
export async function evaluate(model: Module, loader: AsyncIterable<Batch>, loss: Loss): Promise<Averages> {
  expectEvaluation(model, "namedParameters", loader, loss);
  return inEvaluation(model, partsOf(model, isModule), async () => {
    const average = new Average();
    for await (const { x, y } of batchesWithRows(loader)) {
      const prediction = noGrad(() => model.forward(new Tensor(x)));
      average.add(loss, lossValue("evaluate", loss, loss.forward(prediction, y)), prediction.data, y);
      await yieldToEventLoop();
    }
    return average.result(ranksOf(loader));
  });
}

/**
 * Trains in place: for every batch of every epoch, computes gradients, then takes one optimizer
 * step. With a loader that is divided among ranks, all take the step of the whole batch; each draws
 * dropout masks and normalises batches for its own part, and evaluates with rank 0's running means.
 * @throws RangeError as soon as the loss or a gradient is NaN or infinite (the message names the
 * step and the layer, and suggests a fix); for an epoch without batches; for another run's
 * checkpoint; and for ranks that run different programs
 * @throws TypeError for a leaf that gets a gradient but is in no optimizer (tape only)
 * @example
 * const model = new Linear(2, 2, { rng: random(0) });
 * const optimizer = new SGD(model.parameters(), { lr: 0.1 });
 * const loader = new DataLoader(xor({ n: 8, rng: random(1) }), { batchSize: 4, rng: random(2) });
 * const history = await train(model, loader, { loss: new CrossEntropyLoss(), optimizer, epochs: 3 });
 * history.epochs.length // 3
 * @example
 * // numbers to be fitted: y = 3 x + 1
 * const x = linspace(-1, 1, 20).reshape(20, 1);
 * const model = new Linear(1, 1, { rng: random(0) });
 * const optimizer = new SGD(model.parameters(), { lr: 0.5 });
 * const loader = new DataLoader({ x, y: x.mul(3).add(1) }, { batchSize: 5 });
 * await train(model, loader, { loss: new MSELoss(), optimizer, epochs: 50 });
 * [model.weight, model.bias] // [[[3]], [1]]
 */
export async function train(
  model: Module,
  loader: AsyncIterable<Batch>,
  options: TrainOptions,
): Promise<History> {
  expectTraining(model, "namedParameters", loader, options);
  const { loss, optimizer, beforeStep } = options;
  const watched = watch(model, { loss, optimizer, warn: warnOf(loader, options.warn) });
  const parameters = model.parameters().map(slotOf);
  const run = await TrainingRun.start({ model, parameters, loader }, options, watched);
  const expectNoneLost = lostLeaves("train", model, optimizer);
  while (run.goesOn) {
    model.train();
    let see: typeof expectNoneLost | undefined = expectNoneLost;
    for await (const batch of run.batches()) {
      optimizer.zeroGrad();
      const value = run.gradientsOf(batch, loss, () => forwardBackward(model, batch, loss, see));
      see = undefined; // once an epoch is enough
      const isSound = Number.isFinite(value) && allFinite(parameters.map((p) => p.gradient));
      if (!isSound) throw run.notFinite(value, () => findNonFinite(model, batch, loss));
      beforeStep?.();
      optimizer.step();
      await run.stepped(value);
    }
    await run.finishEpoch((validation) => evaluate(model, validation, loss));
  }
  return run.finish();
}
