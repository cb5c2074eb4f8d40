import { describe, expectArgument, number } from "../np/internal.ts";

/** The nonlinearity after a layer: the names of `torch.nn.functional`, in camelCase. */
export type Nonlinearity =
  | "linear"
  | "conv1d"
  | "conv2d"
  | "conv3d"
  | "convTranspose1d"
  | "convTranspose2d"
  | "convTranspose3d"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leakyRelu"
  | "selu";

/**
 * LeakyReLU's gain depends on its slope. Those of tanh and selu are empirical; selu's is PyTorch's.
 */
const gains: Readonly<Record<Exclude<Nonlinearity, "leakyRelu">, number>> = {
  linear: 1,
  conv1d: 1,
  conv2d: 1,
  conv3d: 1,
  convTranspose1d: 1,
  convTranspose2d: 1,
  convTranspose3d: 1,
  sigmoid: 1,
  tanh: 5 / 3,
  relu: Math.SQRT2,
  selu: 3 / 4,
};

export const nonlinearities: readonly Nonlinearity[] = [
  ...(Object.keys(gains) as Exclude<Nonlinearity, "leakyRelu">[]),
  "leakyRelu",
];

function isNonlinearity(x: unknown): x is Nonlinearity {
  return nonlinearities.some((name) => name === x);
}

/**
 * The factor on the standard deviation of a weight that keeps the variance constant through the
 * following nonlinearity: √2 for ReLU, which drops half of it; √(2 / (1 + slope²)) for LeakyReLU,
 * whose negative slope is `parameter`, default 0.01.
 * @throws RangeError for an unknown nonlinearity, or a slope that is not a finite number
 * @see He et al., "Delving Deep into Rectifiers", ICCV 2015, section 2.2;
 * `torch.nn.init.calculate_gain`
 */
export function calculateGain(nonlinearity: Nonlinearity, parameter: number = 0.01): number {
  if (!isNonlinearity(nonlinearity))
    throw new RangeError(
      `calculateGain: nonlinearity is ${describe(nonlinearity)}, expected one of ${nonlinearities.join(", ")}`,
    );
  expectArgument("calculateGain", "parameter, the negative slope of leakyRelu,", number(), parameter);
  return nonlinearity === "leakyRelu" ? Math.sqrt(2 / (1 + parameter ** 2)) : gains[nonlinearity];
}
