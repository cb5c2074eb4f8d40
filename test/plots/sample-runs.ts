import type {
  Boundary,
  ComparisonResult,
  EpochRecord,
  RunReport,
  Samples,
  SideEpoch,
} from "chalk-and-tape/plots";

/** Epochs 1 to n of two sides that agree but for the differences given. */
export function epochs(n: number, differences = 3e-15): EpochRecord[] {
  return Array.from({ length: n }, (_, i) => {
    const side: SideEpoch = {
      trainLoss: 0.7 / (i + 1),
      trainAccuracy: 0.9 + i / 1000,
      testLoss: 0.8 / (i + 1),
      testAccuracy: 0.85 + i / 1000,
      seconds: 0.25,
      updateSeconds: 0.05,
    };
    const difference = differences * (i + 1);
    return {
      epoch: i + 1,
      manual: side,
      autograd: side,
      maxGradientDifference: difference,
      maxWeightDifference: difference / 10,
    };
  });
}

/** The same epochs with other numbers of the tape in one of them. */
export function withTape(records: EpochRecord[], epoch: number, tape: Partial<SideEpoch>): EpochRecord[] {
  return records.map((record) =>
    record.epoch === epoch ? { ...record, autograd: { ...record.autograd, ...tape } } : record,
  );
}

export function boundary(side: Boundary["side"], label = 1): Boundary {
  const axis = Array.from({ length: 30 }, (_, i) => i / 10 - 1);
  return {
    side,
    xs: axis,
    ys: axis,
    probability: axis.map((y) => axis.map((x) => 1 / (1 + Math.exp(5 * (y - x))))),
    points: axis.map((x, i) => ({ x, y: -x, label: i % 2 ? label : 0 })),
  };
}

export function samples(n: number): Samples {
  const labels = Array.from({ length: n }, (_, i) => String(i % 10));
  const images = labels.map((_, i) =>
    Uint8Array.from({ length: 28 * 28 }, (_, pixel) => (pixel * (i + 1)) % 256),
  );
  return { images, height: 28, width: 28, truth: labels, manual: labels, autograd: labels };
}

export function result(changes: Partial<ComparisonResult> = {}): ComparisonResult {
  return {
    dataset: "moons",
    model: "MlpClassifier",
    parameters: 261,
    dtype: "float64",
    engine: "js",
    seed: 42,
    epochs: epochs(3),
    agree: true,
    ...changes,
  };
}

export function run(changes: Partial<RunReport> = {}): RunReport {
  const row = {
    quantity: "layer1.weight",
    shape: [10, 2],
    maxAbsolute: 2e-16,
    maxRelative: 5e-16,
    bound: 1e-10,
    agrees: true,
  };
  return { result: result(), verdict: "The weights are equal to 2e-16.", parity: [row], ...changes };
}
