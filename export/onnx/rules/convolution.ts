import { sizeOf, type Window } from "../../../np/index.ts";
import type { Attributes } from "../attributes.ts";
import type { Scope } from "../scope.ts";
import { perChannel } from "./per-channel.ts";
import type { PartOf, RuleCall, Rules } from "./rule.ts";
import { gathered, type Seen, seenBy, seenThrough } from "./windows.ts";

/** Convolutions. In float64, and for padding other than zeros, they are matrix products of gathered windows. */
export const convolution: Rules<"Conv1d" | "Conv2d" | "ConvTranspose2d"> = {
  Conv1d(scope, part, call) {
    const [, C, L] = call.shape as [number, number, number];
    return usesConv(scope, part.window)
      ? scope.node("Conv", parametersOf(scope, part, call), attributesOf(part, [1]))
      : windowed(scope, part, { ...call, shape: [0, C, 1, L] });
  },
  Conv2d: (scope, part, call) =>
    usesConv(scope, part.window)
      ? scope.node("Conv", parametersOf(scope, part, call), attributesOf(part, [0, 1]))
      : windowed(scope, part, call),
  ConvTranspose2d(scope, part, call) {
    const { groups, window, weight } = part;
    // The window cuts outputPadding fewer rows and columns off the end than off the start.
    const [[top, bottom], [left, right]] = window.padding;
    const [below, beside] = [top - bottom, left - right];
    // onnxruntime takes less outputPadding than stride only.
    if (scope.isSingle && below < window.stride[0] && beside < window.stride[1])
      return scope.node("ConvTranspose", parametersOf(scope, part, call), {
        ...attributesOf(part, [0, 1]),
        pads: [top, left, top, left],
        output_padding: [below, beside],
      });
    const [C, M, ...kernel] = weight.shape as [number, number, number, number];
    // (C, M/G, KH, KW) → (G, C/G, M/G, K) → (G, M/G, C/G, K) → (G, M/G, D), D = C/G·K
    const split = scope.reshape(scope.parameter(weight), [groups, C / groups, M, sizeOf(kernel)]);
    const turned = scope.node("Transpose", [split], { perm: [0, 2, 1, 3] });
    const kernels = scope.reshape(turned, [groups, M, -1]);
    return product(scope, kernels, part, seenThrough(call.shape, call.outputShape, window), call);
  },
};

type Convolution = PartOf<"Conv1d" | "Conv2d">;

function usesConv(scope: Scope, { mode }: Window): boolean {
  return scope.isSingle && mode === "zeros";
}

function parametersOf(
  scope: Scope,
  { weight, bias }: PartOf<"Conv1d" | "Conv2d" | "ConvTranspose2d">,
  { x }: RuleCall,
): (string | null)[] {
  return [x, scope.parameter(weight), bias && scope.parameter(bias)];
}

/** The window as ONNX writes it, along these of its two axes. */
function attributesOf(
  { window, groups }: { readonly window: Window; readonly groups: number },
  axes: readonly (0 | 1)[],
): Attributes {
  return {
    kernel_shape: axes.map((axis) => window.kernel[axis]),
    strides: axes.map((axis) => window.stride[axis]),
    dilations: axes.map((axis) => window.dilation[axis]),
    pads: ([0, 1] as const).flatMap((end) => axes.map((axis) => window.padding[axis][end])),
    group: groups,
  };
}

/** The convolution as a matrix product, with kernels (M, C/G, …). */
function windowed(scope: Scope, part: Convolution, call: RuleCall): string {
  const { weight, groups, window } = part;
  const [M, ...rest] = weight.shape as [number, ...number[]];
  const kernels = scope.reshape(scope.parameter(weight), [groups, M / groups, sizeOf(rest)]);
  return product(scope, kernels, part, seenBy(call.shape, window), call);
}

/** Kernels (G, M/G, D) times the windows of x as columns (N, G, D, P), D = C/G·K; then the bias is added. */
function product(
  scope: Scope,
  kernels: string,
  { groups, bias }: PartOf<"Conv1d" | "Conv2d" | "ConvTranspose2d">,
  seen: Seen,
  { x, shape, outputShape }: RuleCall,
): string {
  const [elements, positions] = seen.shape;
  const D = ((shape[1] as number) / groups) * elements;
  const columns = scope.reshape(gathered(scope, x, shape, seen), [0, groups, D, positions]);
  const y = scope.reshape(scope.node("MatMul", [kernels, columns]), [0, ...outputShape.slice(1)]);
  return bias ? scope.node("Add", [y, perChannel(scope, bias, outputShape)]) : y;
}
