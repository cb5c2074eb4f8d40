import type * as autograd from "../../autograd/index.ts";
import { expectCount } from "../../contracts/internal.ts";
import type * as manual from "../../manual/index.ts";
import { yieldToEventLoop } from "../../np/internal.ts";
import type { Checkpoint } from "../../training/index.ts";
import { ranksOf } from "../../training/internal.ts";
import {
  expectDividedAlike,
  expectSameComparison,
  largestOverRanks,
  parityOverRanks,
} from "./among-ranks.ts";
import { Checkpoints } from "./checkpoints.ts";
import { gradientDifference, type ParityRow, parity, weightDifference } from "./differences.ts";
import { atEqualWeights, expectEqualStart } from "./equal-weights.ts";
import { defaultEpochs, type JobOptions } from "./job-settings.ts";
import { Judge } from "./judge.ts";
import { normalizes } from "./normalizes.ts";
import type { SideEpoch, Trainee } from "./runner.ts";
import type { JobIdentity, Place } from "./saved-comparison.ts";
import { chalkRunner, tapeRunner } from "./sides.ts";

/**
 * Steps between two comparisons of float32 gradients at equal weights. The first step of every
 * epoch is compared as well, so that each epoch has a number.
 */
const judgedEvery = 100;

export interface CompareOptions extends Pick<JobOptions, "epochs" | "steps"> {
  readonly manual: Trainee<manual.Layer, manual.Loss, manual.Optimizer>;
  readonly autograd: Trainee<autograd.Module, autograd.Loss, autograd.Optimizer>;
  /**
   * The batches of an epoch, and how many there are. Targets have the form that the loss expects.
   * With a loader that is divided among ranks, each computes the gradients of its part of a batch,
   * and all find the same: rank 0's weights count, and a difference on any rank.
   */
  readonly train: AsyncIterable<manual.Batch> & { readonly length: number };
  readonly test: AsyncIterable<manual.Batch>;
  /**
   * The file that the run is saved to and goes on from. Both sides, the loader's place and the
   * judge's findings are in it, so that a run that was broken off has the result of one that was not.
   */
  readonly checkpoint?: Checkpoint;
  /** The settings that the run depends on, by name. A checkpoint made with others is refused. Default: none. */
  readonly job?: JobIdentity;
  /** Called when the run goes on from a checkpoint, with the epochs that are done and the steps of the next one. */
  readonly onResume?: (at: { epochs: readonly EpochRecord[]; step: number }) => void;
  readonly onStep?: (step: { epoch: number; step: number; steps: number; loss: number }) => void;
  readonly onEpoch?: (epoch: EpochRecord) => void;
}

export interface EpochRecord {
  readonly epoch: number;
  readonly manual: SideEpoch;
  readonly autograd: SideEpoch;
  /** The largest difference over all parameters and steps, relative to the tensor's largest gradient. */
  readonly maxGradientDifference: number;
  /** The largest difference over all parameters and steps, absolute. */
  readonly maxWeightDifference: number;
}

export interface CompareOutcome {
  readonly epochs: readonly EpochRecord[];
  readonly agree: boolean;
  /** One sentence: where the two sides first disagree, or how closely they agree. */
  readonly verdict: string;
  /** Every parameter at the end of the run. */
  readonly parity: readonly ParityRow[];
}

/**
 * Trains both sides on the same batches, step by step, and measures how far apart they are.
 * Both start from the same weights and see the same data; neither is ever reset to the other's
 * weights. The run ends at the first difference that is too large.
 * @throws RangeError when the two models start from different weights or have different parameters,
 * and for the checkpoint of another job; DataError for a damaged checkpoint
 */
export async function compare(options: CompareOptions): Promise<CompareOutcome> {
  const { train, test, steps = Number.POSITIVE_INFINITY, checkpoint, job = {} } = options;
  const { onResume, onStep, onEpoch } = options;
  const epochs =
    options.epochs ?? (options.steps === undefined ? defaultEpochs : Math.ceil(steps / train.length));
  expectCount("compare", "epochs", epochs);
  if (options.steps !== undefined) expectCount("compare", "steps", steps);
  const ranks = ranksOf(train);
  expectDividedAlike(train, test);
  const [left, right] = [chalkRunner(options.manual, ranks), tapeRunner(options.autograd, ranks)];
  if (ranks) {
    const states = { manual: left.state(), autograd: right.state() };
    expectSameComparison(ranks, { ...states, train, test, checkpoint, job, epochs, steps });
  }
  for (const side of [left, right]) side.shareWeights();
  const dtype = expectEqualStart(left, right);
  const judge = new Judge(dtype, normalizes(options.manual.model) || normalizes(options.autograd.model));
  const place: Place = { epochs: [], step: 0, count: 0, gradients: 0, weights: 0 };
  const file = checkpoint
    ? new Checkpoints(checkpoint, { left, right, train, judge, place, job, ranks })
    : null;
  if (await file?.resume(epochs)) onResume?.(place);
  for (const side of [left, right]) side.shareStreams();
  const goesOn = (): boolean => place.epochs.length < epochs && place.count < steps && !judge.problem;
  while (goesOn()) {
    const epoch = place.epochs.length + 1;
    if (place.step === 0) for (const side of [left, right]) side.startEpoch();
    for await (const batch of train) {
      const at = { epoch: epoch - 1, step: place.step };
      await yieldToEventLoop();
      const judged = dtype === "float64" || place.count % judgedEvery === 0 || place.step === 0;
      const apart = dtype === "float32" && judged ? atEqualWeights(left, right, batch, at) : 0;
      const a = left.computeGradients(batch, at);
      await yieldToEventLoop(); // between the sides as well: before the code is compiled, one step takes some hundred milliseconds
      const b = right.computeGradients(batch, at);
      await yieldToEventLoop();
      const gradient = dtype === "float64" ? gradientDifference(left.gradients(), right.gradients()) : apart;
      left.update();
      await yieldToEventLoop();
      right.update();
      const found = largestOverRanks(ranks, {
        losses: Math.abs(a - b),
        gradients: gradient,
        weights: weightDifference(left.state(), right.state()),
      });
      place.step += 1;
      place.count += 1;
      judge.measure(`step ${place.step} of epoch ${epoch}`, found);
      place.gradients = Math.max(place.gradients, found.gradients);
      place.weights = Math.max(place.weights, found.weights);
      const { step, count } = place;
      onStep?.({ epoch, step, steps: Math.min(train.length, step + steps - count), loss: a });
      if (judge.problem || count === steps) break;
      await file?.stepped();
    }
    const [chalk, tape] = [await left.finishEpoch(test), await right.finishEpoch(test)];
    const { end, held } = largestOverRanks(ranks, {
      end: Math.abs(chalk.trainLoss - tape.trainLoss),
      held: Math.abs(chalk.testLoss - tape.testLoss),
    });
    judge.measure(`the end of epoch ${epoch}`, { losses: end });
    judge.measure(`the test after epoch ${epoch}`, { losses: held });
    const record = {
      epoch,
      manual: chalk,
      autograd: tape,
      maxGradientDifference: place.gradients,
      maxWeightDifference: place.weights,
    };
    place.epochs.push(record);
    Object.assign(place, { step: 0, gradients: 0, weights: 0 });
    onEpoch?.(record);
    await file?.finishedEpoch(!goesOn());
  }
  const rows = parityOverRanks(ranks, parity(left.state(), right.state(), judge.weightBound));
  const verdict = judge.verdict(place.count);
  return { epochs: place.epochs, agree: !judge.problem, verdict, parity: rows };
}
