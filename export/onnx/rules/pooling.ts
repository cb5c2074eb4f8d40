import { adaptiveAverages, poolDivisor, poolWindow } from "../../../contracts/internal.ts";
import { type NDArray, sizeOf, type Window } from "../../../np/index.ts";
import { seenAt } from "../../../np/internal.ts";
import type { Scope } from "../scope.ts";
import type { Rules } from "./rule.ts";

/** Pooling. Averages in float64 are products with a fixed matrix, since onnxruntime has no kernel for them. */
export const pooling: Rules<"MaxPool2d" | "AvgPool2d" | "AdaptiveAvgPool2d"> = {
  MaxPool2d(scope, { pool }, { x, shape }) {
    const window = poolWindow("MaxPool2d", shape, pool);
    // The padding after the image has room for a last window, so ceil_mode, which ONNX rounds otherwise, is not needed.
    return scope.node("MaxPool", [x], { ...movesOf(window), dilations: window.dilation });
  },
  AvgPool2d(scope, { pool }, { x, shape }) {
    const window = poolWindow("AvgPool2d", shape, pool);
    const { countIncludePad, divisorOverride, ceilMode } = pool;
    if (scope.isSingle && divisorOverride === null && !ceilMode)
      return scope.node("AveragePool", [x], {
        ...movesOf(window),
        count_include_pad: countIncludePad ? 1 : 0,
      });
    const [, , H, W] = shape as [number, number, number, number];
    const rows = scope.node("MatMul", [covering(scope, window, 0, H), x]); // (OH, H)·(N, C, H, W)
    const across = scope.node("Transpose", [covering(scope, window, 1, W)], { perm: [1, 0] });
    const sums = scope.node("MatMul", [rows, across]); // (N, C, OH, W)·(W, OW)
    const divisor = poolDivisor(shape, scope.dtype, window, pool);
    return scope.node("Div", [sums, numberOrArray(scope, divisor)]);
  },
  AdaptiveAvgPool2d(scope, { outputSize }, { x, shape }) {
    if (scope.isSingle && outputSize.every((n) => n === 1)) return scope.node("GlobalAveragePool", [x]);
    const { matrix, y } = adaptiveAverages("AdaptiveAvgPool2d", shape, scope.dtype, outputSize);
    const flat = scope.reshape(x, [0, shape[1] as number, sizeOf(shape.slice(2))]);
    const averages = scope.node("Transpose", [array(scope, matrix)], { perm: [1, 0] });
    return scope.reshape(scope.node("MatMul", [flat, averages]), [0, ...y.slice(1)]);
  },
};

function movesOf({ kernel, stride, padding }: Window): Record<string, readonly number[]> {
  const [[top, bottom], [left, right]] = padding;
  return {
    kernel_shape: kernel,
    strides: stride,
    pads: [top, left, Math.max(0, bottom), Math.max(0, right)],
  };
}

/** A matrix (positions, n) with 1 where a window covers the row or column, else 0. */
function covering(scope: Scope, { kernel, stride, padding }: Window, axis: 0 | 1, n: number): string {
  const [before, after] = padding[axis];
  const positions = Math.floor((n + before + after - kernel[axis]) / stride[axis]) + 1;
  const matrix = new Float64Array(positions * n);
  for (let o = 0; o < positions; o++)
    for (let k = 0; k < kernel[axis]; k++) {
      const place = seenAt("zeros", o * stride[axis] + k - before, n);
      if (place >= 0) matrix[o * n + place] = 1;
    }
  return scope.floats(matrix, [positions, n]);
}

function numberOrArray(scope: Scope, x: NDArray | number): string {
  return typeof x === "number" ? scope.number(x) : array(scope, x);
}

function array(scope: Scope, x: NDArray): string {
  return scope.floats(x.flat(), x.shape);
}
