import type { Scope } from "../scope.ts";

/** From here on erf is 1 in float64. */
const edge = 6;
/** The distance between the frequencies: with it the sum is right for |x| < π/step − 6. */
const step = Math.PI / (2 * edge + 1);
/** As many frequencies as have a weight above 1e-16. */
const count = Math.ceil(edge / step);

/**
 * erf(x). In float64, for which onnxruntime has no kernel, it is
 * (2/π) (h x + Σ over k of e^−(hk)² sin(2hkx) / k), the trapezoidal rule for
 * erf(x) = (2/π) ∫ from 0 to ∞ of e^−t² sin(2xt) / t dt. For so smooth a function the rule is as
 * exact as the numbers.
 * @see Trefethen and Weideman, "The Exponentially Convergent Trapezoidal Rule", SIAM Review 2014, sections 5 and 14
 */
export function erf(scope: Scope, x: string): string {
  if (scope.isSingle) return scope.node("Erf", [x]);
  const k = Array.from({ length: count }, (_, i) => i + 1);
  const frequencies = k.map((k) => 2 * step * k);
  const weights = k.map((k) => ((2 / Math.PI) * Math.exp(-((step * k) ** 2))) / k);
  const near = scope.node("Clip", [x, scope.number(-edge), scope.number(edge)]);
  const last = scope.ints([-1]);
  const angles = scope.node("Mul", [scope.node("Unsqueeze", [near, last]), scope.floats(frequencies)]);
  const sum = scope.node("MatMul", [scope.node("Sin", [angles]), scope.floats(weights, [count, 1])]);
  const slope = scope.node("Mul", [near, scope.number((2 * step) / Math.PI)]);
  return scope.node("Add", [slope, scope.node("Squeeze", [sum, last])]);
}
