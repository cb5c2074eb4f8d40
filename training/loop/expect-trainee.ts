import {
  argument,
  count,
  describe,
  expectArgument,
  functionOf,
  having,
  ndarray,
  type OptionTable,
  objectWith,
  oneOf,
  optional,
  settleOptions,
  withoutDefault,
} from "../../np/internal.ts";
import { BestModel } from "./best-model.ts";
import { Checkpoint } from "./checkpoint.ts";
import { EarlyStopping } from "./early-stopping.ts";
import type { Batch, LoopOptions, Schedule, Steps } from "./train-options.ts";

/** A method that the models of one side have, and those of the other do not. */
export type OfOneSide = "backward" | "namedParameters";

const models = {
  backward: having("a model of chalk, such as new Linear(2, 2)", "forward", "backward", "parameters"),
  namedParameters: having("a model of the tape, such as new Linear(2, 2)", "forward", "namedParameters"),
};
const anyLoss = having("a loss, such as new MSELoss()", "forward");
const anyBatch = objectWith<Batch>("a batch { x, y }", { x: ndarray, y: ndarray });

const isLoader = (x: unknown): boolean =>
  typeof x === "object" && x !== null && (Symbol.asyncIterator in x || Symbol.iterator in x);
const loader = argument<AsyncIterable<Batch>>(
  "object",
  "a loader of batches, such as a DataLoader",
  isLoader,
);

export function expectModel(where: string, model: unknown, own: OfOneSide): void {
  expectArgument(where, "model", models[own], model);
}

/** @throws TypeError unless these can be trained: a model, a batch { x, y } of arrays and a loss */
export function expectTrainee(
  where: string,
  model: unknown,
  own: OfOneSide,
  batch: unknown,
  loss: unknown,
): void {
  expectModel(where, model, own);
  expectArgument(where, "batch", anyBatch, batch);
  expectArgument(where, "loss", anyLoss, loss);
}

/**
 * @throws TypeError unless a model can be evaluated with these. `train` takes its loss as an option, `evaluate` as an
 * argument.
 */
export function expectEvaluation(model: unknown, own: OfOneSide, batches: unknown, loss: unknown): void {
  const where = "evaluate";
  expectModel(where, model, own);
  expectArgument(where, "loader", loader, batches);
  const error = anyLoss.refuse("loss", loss);
  if (error) throw new TypeError(`${where}: ${error.message}; write evaluate(model, loader, loss)`);
}

const instanceOf = <T>(Class: abstract new (...args: never[]) => T): ReturnType<typeof argument<T>> =>
  argument<T>("object", `an object of class ${Class.name}`, (x) => x instanceof Class);

const loopOptions: OptionTable<LoopOptions & { readonly loss?: object }> = {
  loss: withoutDefault(anyLoss),
  optimizer: withoutDefault(having<Steps>("an optimizer, such as new SGD(…)", "step", "zeroGrad")),
  epochs: optional(count(), 1),
  validation: withoutDefault(loader),
  schedule: withoutDefault(having<Schedule>("a schedule, such as new StepLR(…)", "step")),
  scheduleEvery: optional(oneOf("epoch", "step"), "epoch"),
  beforeStep: withoutDefault(functionOf<() => void>("a function without arguments")),
  earlyStopping: withoutDefault(instanceOf(EarlyStopping)),
  bestModel: withoutDefault(instanceOf(BestModel)),
  checkpoint: withoutDefault(instanceOf(Checkpoint)),
  onEpoch: withoutDefault(functionOf<NonNullable<LoopOptions["onEpoch"]>>("a function of a report")),
  warn: withoutDefault(functionOf<(message: string) => void>("a function of a text")),
};

/** @throws TypeError unless these can be trained; for an unknown option and one of the wrong type, and without loss or optimizer */
export function expectTraining(model: unknown, own: OfOneSide, batches: unknown, options: unknown): void {
  const where = "train";
  expectModel(where, model, own);
  expectArgument(where, "loader", loader, batches);
  const settled = settleOptions(where, { name: where, positional: {}, options: loopOptions }, options);
  expectArgument(where, "loss", anyLoss, settled.loss);
  if (settled.optimizer === undefined)
    throw new TypeError(`${where}: optimizer is ${describe(undefined)}, expected one, such as new SGD(…)`);
}
