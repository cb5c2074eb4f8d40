import { sizeOf, type Window } from "../../../np/index.ts";
import type { Attributes } from "../attributes.ts";
import type { Scope } from "../scope.ts";
import type { PartOf, RuleCall, Rules } from "./rule.ts";
import { convolved, seenBy, seenThrough, type Seen } from "./windows.ts";

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
    const { groups, window, weight, bias } = part;
    if (scope.isSingle) {
      // The window has outputPadding in what is cut off the end.
      const [[top, bottom], [left, right]] = window.padding;
      return scope.node("ConvTranspose", parametersOf(scope, part, call), {
        ...attributesOf(part, [0, 1]),
        pads: [top, left, top, left],
        output_padding: [top - bottom, left - right],
      });
    }
    const [C, M, ...kernel] = weight.shape as [number, number, number, number];
    // (C, M/G, KH, KW) → (G, C/G, M/G, K) → (G, M/G, C/G, K) → (G, M/G, D), D = C/G·K
    const split = scope.reshape(scope.parameter(weight), [groups, C / groups, M, sizeOf(kernel)]);
    const turned = scope.node("Transpose", [split], { perm: [0, 2, 1, 3] });
    const kernels = scope.reshape(turned, [groups, M, -1]);
    return convolved(scope, kernels, bias, groups, seenThrough(call.shape, call.outputShape, window), call);
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

function windowed(scope: Scope, { weight, bias, groups, window }: Convolution, call: RuleCall): string {
  const kernels = scope.reshape(scope.parameter(weight), [
    groups,
    (weight.shape[0] as number) / groups,
    sizeOf(weight.shape.slice(1)),
  ]);
  const seen: Seen = seenBy(call.shape, window);
  return convolved(scope, kernels, bias, groups, seen, call);
}
