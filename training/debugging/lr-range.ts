import { describe, yieldToEventLoop } from "../../np/internal.ts";
import { type AveragedLoss, divisorOf, sumOf } from "../loop/average.ts";
import { ranksOf } from "../loop/ranks.ts";
import { type Batch, isResumable } from "../loop/train-options.ts";
import { meanOfNothing } from "./mean-of-nothing.ts";

export interface LrRangeSettings {
  /** The first learning rate; default 1e-6. */
  readonly from?: number;
  /** The last learning rate, unless the loss explodes first; default 10. */
  readonly to?: number;
  /** Number of batches; default 100. */
  readonly steps?: number;
  /** The weight of the old average at each step, 0 ≤ β < 1; default 0.9. */
  readonly smoothing?: number;
}

/** One step: the learning rate, and the loss of its batch. */
export interface LrPoint {
  readonly lr: number;
  readonly loss: number;
  /**
   * The running average of the losses so far, corrected for its start at 0. Batches count by their
   * loss's `divisor`, and sums by their rows, so a smaller last batch counts less.
   */
  readonly smoothed: number;
}

export interface LrRange {
  readonly points: readonly LrPoint[];
  /**
   * The learning rate at which the steepest fall of the smoothed loss began: a good first choice.
   * Null when the loss never clearly fell.
   */
  readonly suggestion: number | null;
  /** The learning rate with the lowest smoothed loss; larger ones did harm. */
  readonly leastAt: number;
  /** The result in words. */
  readonly message: string;
}

/** The loss counts as exploded when it exceeds this many times its minimum. */
const explosion = 4;

/**
 * The shared part of both sides' `lrRangeTest`: one step per learning rate, from the smallest to
 * the largest, each a constant factor above the last.
 */
export async function lrRange(
  loader: AsyncIterable<Batch>,
  groups: readonly { lr: number }[],
  loss: AveragedLoss,
  step: (batch: Batch) => number,
  { from = 1e-6, to = 10, steps = 100, smoothing = 0.9 }: LrRangeSettings,
): Promise<LrRange> {
  if (!(from > 0 && to > from && Number.isFinite(to)))
    throw new RangeError(`lrRangeTest: from ${describe(from)} to ${describe(to)}; expected 0 < from < to`);
  if (!Number.isInteger(steps) || steps < 10)
    throw new RangeError(`lrRangeTest: steps is ${describe(steps)}, expected a whole number >= 10`);
  if (!(smoothing >= 0 && smoothing < 1))
    throw new RangeError(`lrRangeTest: smoothing is ${describe(smoothing)}, expected 0 <= smoothing < 1`);
  const ranks = ranksOf(loader);
  if (ranks)
    throw new RangeError(
      `lrRangeTest: the loader divides its batches among ${ranks.size} ranks, and the test runs in each process alone; pass a loader without ranks`,
    );
  const points: LrPoint[] = [];
  const place = isResumable(loader) ? loader.state : null;
  let [sum, weight, least, rows] = [0, 0, Infinity, 0];
  for await (const batch of endless(loader)) {
    const lr = from * (to / from) ** (points.length / (steps - 1));
    for (const group of groups) group.lr = lr;
    const value = step(batch);
    const items = batch.y.shape[0] ?? 1;
    rows ||= items; // sums are compared as if every batch were as large as the first
    const divisor = divisorOf(loss, items);
    sum = smoothing * sum + (1 - smoothing) * sumOf(value, divisor);
    weight = smoothing * weight + (1 - smoothing) * (divisor ?? items / rows);
    const smoothed = sum / weight;
    if (!Number.isFinite(smoothed)) {
      if (points.length > 0) break;
      const cause = meanOfNothing(loss, batch.y) ?? "Look for NaN in the data";
      throw new RangeError(`lrRangeTest: the first loss is not finite. ${cause}`);
    }
    points.push({ lr, loss: value, smoothed });
    least = Math.min(least, smoothed);
    if (points.length === steps || (points.length > 10 && smoothed > explosion * least)) break;
    await yieldToEventLoop();
  }
  if (place && isResumable(loader)) loader.loadState(place);
  return judge(points, Math.ceil(1 / (1 - smoothing)));
}

/** Repeats the loader, epoch after epoch. @throws RangeError for a loader without batches */
async function* endless(loader: AsyncIterable<Batch>): AsyncGenerator<Batch, void, undefined> {
  for (;;) {
    let given = 0;
    for await (const batch of loader) {
      given++;
      yield batch;
    }
    if (given === 0)
      throw new RangeError(
        "lrRangeTest: the loader gives no batch; pass a DataLoader, which starts over every epoch",
      );
  }
}

/** The relative fall of the smoothed loss that is clearly more than batch noise. */
const clearly = 0.1;

/** Skips the first `warm` points, until the average covers enough batches to be compared. */
function judge(all: readonly LrPoint[], warm: number): LrRange {
  const points = all.slice(Math.min(warm, all.length) - 1);
  const first = points[0] as LrPoint;
  const bottom = points.reduce((best, point) => (point.smoothed < best.smoothed ? point : best), first);
  const falling = points.slice(0, points.indexOf(bottom) + 1);
  // Measures slopes over several points, because the slope between two neighbours is mostly noise.
  // The rate is that of the first point, because the average lags behind.
  const width = Math.max(1, Math.round(falling.length / 10));
  const steepest = falling
    .slice(width)
    .map((end, i) => ({ point: falling[i] as LrPoint, end }))
    .map(({ point, end }) => ({ point, fall: point.smoothed - end.smoothed }))
    .reduce((best, one) => (one.fall > best.fall ? one : best), { point: first, fall: 0 });
  const fell = bottom.smoothed < (1 - clearly) * first.smoothed;
  const { lr } = steepest.point;
  const say = (x: number): string => `${Number(x.toPrecision(2))}`;
  return {
    points: all,
    suggestion: fell ? lr : null,
    leastAt: bottom.lr,
    message: fell
      ? `lrRangeTest: the loss falls fastest from lr ${say(lr)} on and is lowest at ${say(bottom.lr)}; start with ${say(lr)}`
      : `lrRangeTest: the loss never clearly fell between lr ${say(all[0]?.lr ?? 0)} and ${say(all.at(-1)?.lr ?? 0)}; try overfitOneBatch first`,
  };
}
