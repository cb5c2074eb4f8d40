import type { Scope } from "../scope.ts";

/**
 * σ(x) = 1 / (1 + e^−x). In float64 it is written so: of x · Sigmoid(x) onnxruntime makes one operator,
 * QuickGelu, which has no float64.
 */
export function sigmoid(scope: Scope, x: string): string {
  if (scope.isSingle) return scope.node("Sigmoid", [x]);
  const exp = scope.node("Exp", [scope.node("Neg", [x])]);
  return scope.node("Reciprocal", [scope.node("Add", [exp, scope.number(1)])]);
}
