import { adaptiveAverages, poolDivisor, poolWindow } from "../../../contracts/internal.ts";
import type { NDArray, Window } from "../../../np/index.ts";
import type { Scope } from "../scope.ts";
import type { RuleCall, Rules } from "./rule.ts";
import { gathered, type Seen, seenBy, seenInRows } from "./windows.ts";

/** Pooling. In float64, for which onnxruntime has no kernel, averages are sums of gathered windows. */
export const pooling: Rules<"MaxPool2d" | "AvgPool2d" | "AdaptiveAvgPool2d"> = {
  MaxPool2d(scope, { pool }, { x, shape }) {
    const window = poolWindow("MaxPool2d", shape, pool);
    // The padding after the image has room for a last window, so ceil_mode, which ONNX rounds otherwise, is not needed.
    return scope.node("MaxPool", [x], { ...movesOf(window), dilations: window.dilation });
  },
  AvgPool2d(scope, { pool }, call) {
    const { x, shape } = call;
    const window = poolWindow("AvgPool2d", shape, pool);
    const { countIncludePad, divisorOverride, ceilMode } = pool;
    if (scope.isSingle && divisorOverride === null && !ceilMode)
      return scope.node("AveragePool", [x], {
        ...movesOf(window),
        count_include_pad: countIncludePad ? 1 : 0,
      });
    const divisor = poolDivisor(shape, scope.dtype, window, pool);
    return averages(scope, call, seenBy(shape, window), divisor);
  },
  AdaptiveAvgPool2d(scope, { outputSize }, call) {
    const { x, shape, outputShape } = call;
    if (scope.isSingle && outputShape.slice(2).every((n) => n === 1))
      return scope.node("GlobalAveragePool", [x]);
    const { matrix } = adaptiveAverages("AdaptiveAvgPool2d", shape, scope.dtype, outputSize);
    const sizes = matrix.greater(0).sum(1).reshape(outputShape.slice(2)); // (OH, OW)
    return averages(scope, call, seenInRows(matrix), sizes);
  },
};

/** The sum of every window, divided by a number or by one for each position. */
function averages(
  scope: Scope,
  { x, shape, outputShape }: RuleCall,
  seen: Seen,
  divisor: NDArray | number,
): string {
  const windows = gathered(scope, x, shape, seen); // (N, C, K, P)
  const sums = scope.node("ReduceSum", [windows, scope.ints([2])], { keepdims: 0 });
  const images = scope.reshape(sums, [0, ...outputShape.slice(1)]);
  const over =
    typeof divisor === "number" ? scope.number(divisor) : scope.floats(divisor.flat(), divisor.shape);
  return scope.node("Div", [images, over]);
}

function movesOf({ kernel, stride, padding }: Window): Record<string, readonly number[]> {
  const [[top, bottom], [left, right]] = padding;
  return {
    kernel_shape: kernel,
    strides: stride,
    pads: [top, left, Math.max(0, bottom), Math.max(0, right)],
  };
}
