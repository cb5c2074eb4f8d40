import type { Reduction } from "../../contracts/index.ts";
import type { Branch } from "../../gradcheck/internal.ts";
import type { Formula } from "../formulas/formula-witness.ts";

/** One formula for all x. */
export function of(y: string, reduction: Reduction = "none"): Formula {
  return { branches: [{ y }], reduction };
}
/** The same for x so large that exp(x) overflows in doubles: evaluated with 64 digits only. */
export function ofLarge(y: string, reduction: Reduction = "none"): Formula {
  return { ...of(y, reduction), notInDoubles: "exp overflows in doubles" };
}
/** ReLU, with PyTorch's convention at its kink. */
export const relu: Formula = {
  branches: [
    { where: "x > 0", y: "x" },
    { where: "x < 0", y: "0" },
    { where: "x == 0", y: "0", slope: "0", why: "PyTorch's relu'(0)" },
  ],
};
/** x above 0 and another formula below, with the conventional slope at 0. */
function bentAtZero(above: string, below: string, slope: string, why: string): Formula {
  return {
    branches: [
      { where: "x > 0", y: above },
      { where: "x < 0", y: below },
      { where: "x == 0", y: "0", slope, why },
    ],
  };
}
export function leakyRelu(slope: number): Formula {
  return bentAtZero("x", `${slope} * x`, `${slope}`, "PyTorch's leaky_relu'(0), the slope of negative x");
}
export function elu(alpha: number): Formula {
  return bentAtZero("x", `${alpha} * (exp(x) - 1)`, `${alpha}`, "PyTorch's elu'(0), the slope of negative x");
}
/** The paper's constants: scale and scale · alpha. */
const [scale, product] = ["1.0507009873554804934193349852946", "1.7580993408473768599402175208123"];
export const selu: Formula = bentAtZero(
  `${scale} * x`,
  `${product} * (exp(x) - 1)`,
  product,
  "PyTorch's selu'(0), the slope of negative x",
);
export function softplus(beta: number, threshold: number): Formula {
  const smooth = { where: `${beta} * x <= ${threshold}`, y: `log(1 + exp(${beta} * x)) / ${beta}` };
  return { branches: [smooth, { y: "x" }] };
}
/** Hardtanh, with PyTorch's convention at both bounds. */
export function hardtanh(low: number, high: number): Formula {
  const why = "PyTorch's hardtanh' at its bounds";
  return {
    branches: [
      { where: `x < ${low}`, y: `${low}` },
      { where: `x > ${high}`, y: `${high}` },
      { where: `x == ${low}`, y: `${low}`, slope: "0", why },
      { where: `x == ${high}`, y: `${high}`, slope: "0", why },
      { y: "x" },
    ],
  };
}
/** Logarithms clamped at −100: a clamped one is constant and has the gradient 0. */
export const binaryCrossEntropy: readonly Branch[] = [
  { where: "x <= exp(-100)", y: "100 * t - (1 - t) * log(1 - x)" },
  { where: "1 - x <= exp(-100)", y: "-t * log(x) + 100 * (1 - t)" },
  { y: "-t * log(x) - (1 - t) * log(1 - x)" },
];
/** The right dx of softmax with cross-entropy, for messages. */
export const softmaxRule: string =
  "softmax and cross-entropy together have dx = (softmax(x) − one-hot(target)) · dy, for a mean divided by N";

/** The reductions of every loss. */
export const reductions: readonly Reduction[] = ["mean", "sum", "none"];
