import type { Branch } from "../../gradcheck/index.ts";
import type { Reduction } from "../../training/index.ts";
import type { Formula } from "../paper/formula-witness.ts";

/** One formula for all x. */
export function of(y: string, reduction: Reduction = "none"): Formula {
  return { branches: [{ y }], reduction };
}
/** The same where x is so large that exp(x) overflows in doubles: with 64 digits only. */
export function ofLarge(y: string, reduction: Reduction = "none"): Formula {
  return { ...of(y, reduction), notInDoubles: "exp overflows in doubles" };
}
/** ReLU, with the convention at its kink. */
export const relu: Formula = {
  branches: [
    { where: "x > 0", y: "x" },
    { where: "x < 0", y: "0" },
    { where: "x == 0", y: "0", slope: "0", why: "PyTorch's relu'(0)" },
  ],
};
/** Logarithms cut at −100: a cut one is a constant, and passes 0. */
export const binaryCrossEntropy: readonly Branch[] = [
  { where: "x <= exp(-100)", y: "100 * t - (1 - t) * log(1 - x)" },
  { where: "1 - x <= exp(-100)", y: "-t * log(x) + 100 * (1 - t)" },
  { y: "-t * log(x) - (1 - t) * log(1 - x)" },
];
/** What dx of softmax and cross-entropy is, for messages. */
export const softmaxRule: string =
  "softmax and cross-entropy together have dx = (softmax(x) − one-hot(target)) · dy, for a mean divided by N";

/** Of every loss. */
export const reductions: readonly Reduction[] = ["mean", "sum", "none"];
