/**
 * One side's measurements in one epoch. Losses are means per sample, accuracies fractions of 1, or
 * null unless the targets are classes, times seconds: of forward, backward and update together, and of
 * the update alone.
 */
export interface SideEpoch {
  readonly trainLoss: number;
  readonly trainAccuracy: number | null;
  readonly testLoss: number;
  readonly testAccuracy: number | null;
  readonly seconds: number;
  readonly updateSeconds: number;
}

/** One epoch of a comparison, as `compare` reports it. */
export interface EpochRecord {
  readonly epoch: number;
  readonly manual: SideEpoch;
  readonly autograd: SideEpoch;
  readonly maxGradientDifference: number;
  readonly maxWeightDifference: number;
}

/** The time of forward and backward; JSON has no NaN and writes null for it. */
export function gradientSeconds({ seconds, updateSeconds }: SideEpoch): number {
  return (seconds ?? Number.NaN) - (updateSeconds ?? Number.NaN);
}

/** The time of the optimizer's steps. */
export function updateSeconds({ updateSeconds: update }: SideEpoch): number {
  return update ?? Number.NaN;
}

type Epochs = readonly { readonly epoch: number }[];

/**
 * The domain of an epoch axis: the first to the last epoch, widened by half an epoch each way if
 * there is only one.
 */
function epochDomain(epochs: Epochs): [number, number] {
  const numbers = epochs.map((row) => row.epoch);
  if (numbers.length === 0) return [0, 1];
  const first = Math.min(...numbers);
  const last = Math.max(...numbers);
  return first < last ? [first, last] : [first - 0.5, first + 0.5];
}

/** The horizontal axis of every chart over epochs. */
export function epochAxis(epochs: Epochs): Readonly<Record<string, unknown>> {
  return {
    field: "epoch",
    type: "quantitative",
    title: "epoch",
    scale: { domain: epochDomain(epochs), nice: false, zero: false, padding: 10 },
    axis: { format: "d", tickMinStep: 1, tickCount: 8 },
  };
}
