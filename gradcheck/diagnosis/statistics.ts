import { type NDArray, sqrt } from "../../np/index.ts";

/** A set of elements over which a normalisation takes its mean: some axes, or groups of channels. */
export interface Averaging {
  /** "over axes 0 and 2" */
  readonly name: string;
  /** The number of elements in one mean. */
  readonly count: number;
  /** The mean, in a shape that broadcasts with x. */
  readonly mean: (a: NDArray) => NDArray;
}

/** Every set of axes of this shape, and groups of channels in each sample. */
export function averagings(shape: readonly number[]): Averaging[] {
  const size = shape.reduce((product, n) => product * n, 1);
  const axes = shape.map((_, axis) => axis);
  const long = axes.filter((axis) => shape[axis] !== 1);
  const sets = Array.from({ length: 2 ** long.length - 1 }, (_, i) =>
    long.filter((_axis, place) => (i + 1) & (1 << place)),
  );
  const overAxes = sets.map((set): Averaging => {
    const count = set.reduce((product, axis) => product * (shape[axis] as number), 1);
    const name =
      count === size ? "over all elements" : `over ${set.length > 1 ? "axes" : "axis"} ${set.join(" and ")}`;
    return { name, count, mean: (a) => a.broadcastTo(shape).mean(set, true) };
  });
  const [samples = 1, channels = 1] = shape;
  const groups = shape.length < 2 ? [] : axes.length > 0 ? divisors(channels) : [];
  const overGroups = groups.map((count): Averaging => {
    const elements = size / samples / count;
    const mean = (a: NDArray): NDArray =>
      a
        .broadcastTo(shape)
        .reshape(samples, count, elements)
        .mean(2, true)
        .broadcastTo([samples, count, elements])
        .reshape(shape);
    return { name: `over each of ${count} groups of channels`, count: elements, mean };
  });
  return [...overAxes, ...overGroups].filter(({ count }) => count > 1);
}

/** The numbers of groups, besides 1 and all. */
function divisors(channels: number): number[] {
  return Array.from({ length: channels }, (_, i) => i + 1).filter(
    (n) => n > 1 && n < channels && channels % n === 0,
  );
}

/** The values of a normalisation: x̂ = (x − μ) / σ with σ = √(variance + ε), or x̂ = x / √(mean(x²) + ε). */
export interface Normalized {
  readonly averaging: Averaging;
  readonly eps: number;
  readonly isCentered: boolean;
  readonly centered: NDArray;
  readonly variance: NDArray;
  readonly std: NDArray;
  readonly xhat: NDArray;
}

export function normalized(x: NDArray, averaging: Averaging, eps: number, isCentered: boolean): Normalized {
  const centered = isCentered ? x.sub(averaging.mean(x)) : x;
  const variance = averaging.mean(centered.mul(centered));
  const std = sqrt(variance.add(eps));
  return { averaging, eps, isCentered, centered, variance, std, xhat: centered.div(std) };
}

/** dx for dx̂ = dxhat: (dx̂ − mean(dx̂) − x̂ · mean(dx̂ x̂)) / σ, without the mean(dx̂) if x is not centered. */
export function throughNormalization(
  dxhat: NDArray,
  {
    averaging: { mean },
    isCentered,
    xhat,
    std,
  }: Pick<Normalized, "averaging" | "isCentered" | "xhat" | "std">,
): NDArray {
  const throughStd = xhat.mul(mean(dxhat.mul(xhat)));
  return (isCentered ? dxhat.sub(mean(dxhat)) : dxhat).sub(throughStd).div(std);
}

/** ε as textbooks and libraries choose it, and those given, without repetition. */
export function epsilons(constants: ReadonlyMap<string, number> = new Map()): number[] {
  const usual = [1e-5, 1e-8, 1e-6, 1e-3, 1e-12, 0];
  return [...new Set([...[...constants.values()].filter((value) => value >= 0 && value < 10), ...usual])];
}
