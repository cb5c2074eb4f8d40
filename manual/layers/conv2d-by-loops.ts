import { type ConvByLoopsOptions, contracts } from "../../contracts/index.ts";
import { convWindow, expectConv, settle } from "../../contracts/internal.ts";
import { NDArray, type TypedArray } from "../../np/index.ts";
import { positionsOf } from "../../np/internal.ts";

/**
 * Convolution by its definition: y[n, m, i, j] = b[m] + Σ over c, k, l of
 * weight[m, c, k, l] · x[n, c, s·i + k − p, s·j + l − p].
 * Shapes: x (N, C, H, W), weight (M, C, KH, KW), bias (M,) → y (N, M, OH, OW). `Conv2d` computes the same, many times faster.
 * @throws ShapeError unless x is (N, C, H, W) and not smaller than the window; TypeError for integers
 */
export function conv2dByLoops(
  x: NDArray,
  weight: NDArray,
  bias: NDArray,
  options: ConvByLoopsOptions = {},
): NDArray {
  const given = settle(contracts.conv2dByLoops, { x, weight, bias }, options);
  const shape = shapeOfY(x, weight, given);
  const y = bias.reshape(-1, 1, 1).broadcastTo(shape).copy(); // (M,) → (N, M, OH, OW)
  const [X, W, Y] = [x.flat(), weight.flat(), y.flat()];
  everyProduct([x, weight, y], given, (out, w, seen) => {
    add(Y, out, at(W, w) * at(X, seen));
  });
  return y;
}

/**
 * The backward pass of `conv2dByLoops`: the gradients of x, weight and bias for dy of y's shape.
 */
export function conv2dByLoopsBackward(
  dy: NDArray,
  x: NDArray,
  weight: NDArray,
  options: ConvByLoopsOptions = {},
): { dx: NDArray; dWeight: NDArray; dBias: NDArray } {
  const given = settle(contracts.conv2dByLoopsBackward, { dy, x, weight }, options);
  const [dx, dWeight] = [NDArray.empty(x.shape, x.dtype), NDArray.empty(weight.shape, weight.dtype)];
  const [X, W, dY] = [x.flat(), weight.flat(), dy.flat()];
  const [dX, dW] = [dx.flat(), dWeight.flat()];
  // The product w · x went into y, so by the product rule dy · x goes to w, and dy · w to x.
  everyProduct([x, weight, dy], given, (out, w, seen) => {
    add(dW, w, at(dY, out) * at(X, seen));
    add(dX, seen, at(dY, out) * at(W, w));
  });
  return { dx, dWeight, dBias: dy.sum([0, 2, 3]) };
}

type Steps = { readonly stride: number; readonly padding: number };
type Shape = readonly [number, number, number, number];

/** y's shape (N, M, OH, OW). */
function shapeOfY(x: NDArray, weight: NDArray, { stride, padding }: Steps): Shape {
  const [M, , KH, KW] = weight.shape as Shape;
  const window = convWindow({ kernelSize: [KH, KW], stride, padding, dilation: 1, paddingMode: "zeros" });
  expectConv("conv2dByLoops", x, weight.shape, 1, window);
  return [x.shape[0] as number, M, ...positionsOf("conv2dByLoops", x.shape, window)];
}

function at(numbers: TypedArray, i: number): number {
  return numbers[i] as number;
}
function add(numbers: TypedArray, i: number, term: number): void {
  numbers[i] = at(numbers, i) + term;
}

/** Calls `visit` with the flat positions, in y, weight and x, of every product weight · x that is added to y. */
function everyProduct(
  [x, weight, y]: readonly [x: NDArray, weight: NDArray, y: NDArray],
  { stride, padding }: Steps,
  visit: (out: number, w: number, seen: number) => void,
): void {
  const [N, C, H, W] = x.shape as Shape;
  const [M, , KH, KW] = weight.shape as Shape;
  const [, , OH, OW] = y.shape as Shape;
  for (let n = 0; n < N; n++) {
    for (let m = 0; m < M; m++) {
      for (let i = 0; i < OH; i++) {
        for (let j = 0; j < OW; j++) {
          for (let c = 0; c < C; c++) {
            for (let k = 0; k < KH; k++) {
              for (let l = 0; l < KW; l++) {
                const [row, column] = [stride * i + k - padding, stride * j + l - padding];
                if (row < 0 || row >= H || column < 0 || column >= W) continue; // beyond the edge x is 0
                visit(
                  ((n * M + m) * OH + i) * OW + j,
                  ((m * C + c) * KH + k) * KW + l,
                  ((n * C + c) * H + row) * W + column,
                );
              }
            }
          }
        }
      }
    }
  }
}
