import type { Scope } from "../scope.ts";
import type { PartOf, Rules } from "./rule.ts";
import { sigmoid } from "./sigmoid.ts";

/** Layers whose y is linear in a matrix of weights. */
export const linear: Rules<"Linear" | "Bilinear" | "Embedding" | "NonlinearClassifier"> = {
  Linear(scope, { weight, bias }, { x, shape, outputShape }) {
    const parameters = [scope.parameter(weight), bias && scope.parameter(bias)];
    if (shape.length === 2) return scope.node("Gemm", [x, ...parameters], { transB: 1 });
    const rows = scope.reshape(x, [-1, shape.at(-1) as number]); // (…, D) → (rows, D)
    const y = scope.node("Gemm", [rows, ...parameters], { transB: 1 });
    const [, ...after] = outputShape;
    return scope.reshape(y, [-1, ...after]);
  },
  Bilinear(scope, { weight, bias }, { inputs }) {
    const [x1, x2] = inputs as [string, string];
    const product = scope.node("Einsum", [x1, scope.parameter(weight), x2], {
      equation: "...d,mde,...e->...m",
    });
    return bias ? scope.node("Add", [product, scope.parameter(bias)]) : product;
  },
  Embedding: (scope, { weight }, { x }) => scope.node("Gather", [scope.parameter(weight), x], { axis: 0 }),
  NonlinearClassifier: (scope, { W1, W2 }, { x }) => padded(scope, W2, padded(scope, W1, x)),
};

/** The lecture's layer y = σ(W [x; 1]) for samples in columns: the last column of W is the bias. */
function padded(scope: Scope, W: PartOf<"NonlinearClassifier">["W1"], x: string): string {
  const [name, last] = [scope.parameter(W), (W.shape[1] as number) - 1];
  const columns = (from: number, to: number): string =>
    scope.node("Slice", [name, scope.ints([from]), scope.ints([to]), scope.ints([1])]);
  return sigmoid(scope, scope.node("Gemm", [columns(0, last), x, columns(last, last + 1)]));
}
