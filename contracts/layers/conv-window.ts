import type { PaddingMode, Pair, Window } from "../../np/index.ts";
import { bothAxes, type OneOrPair } from "../checks/pair.ts";

/** The settled arguments that define how a convolution's window moves. */
interface Sliding {
  readonly kernelSize: OneOrPair;
  readonly stride: OneOrPair;
  readonly padding: OneOrPair | "same" | "valid";
  readonly dilation: OneOrPair;
}

/** The window that a convolution slides over its images. */
export function convWindow(given: Sliding & { readonly paddingMode: PaddingMode }): Window {
  const [kernel, stride, dilation] = [
    bothAxes(given.kernelSize),
    bothAxes(given.stride),
    bothAxes(given.dilation),
  ];
  return {
    kernel,
    stride,
    dilation,
    padding: paddingOf(given.padding, kernel, dilation),
    mode: given.paddingMode,
  };
}

/** The same for sequences, which are images of height 1. */
export function convWindow1d(given: {
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: number | "same" | "valid";
  readonly dilation: number;
  readonly paddingMode: PaddingMode;
}): Window {
  const { kernelSize, stride, padding, dilation, paddingMode } = given;
  return convWindow({
    kernelSize: [1, kernelSize],
    stride: [1, stride],
    padding: typeof padding === "string" ? padding : [0, padding],
    dilation: [1, dilation],
    paddingMode,
  });
}

/**
 * The window that a transposed convolution slides over its y: the window of the convolution
 * from y to x. Its last positions end `outputPadding` rows before the end of y,
 * so it has as many positions as x has elements.
 */
export function convTransposeWindow(
  given: Sliding & { readonly padding: OneOrPair; readonly outputPadding: OneOrPair },
): Window {
  const window = convWindow({ ...given, paddingMode: "zeros" });
  const more = bothAxes(given.outputPadding);
  const cut = ([before, after]: Pair, rows: number): Pair => [before, after - rows];
  return { ...window, padding: [cut(window.padding[0], more[0]), cut(window.padding[1], more[1])] };
}

function paddingOf(padding: Sliding["padding"], kernel: Pair, dilation: Pair): Window["padding"] {
  if (padding === "same") {
    // An even kernel has no middle: the odd row or column goes after the image, as in PyTorch.
    const around = (total: number) => [Math.floor(total / 2), Math.ceil(total / 2)] as const;
    return [around(dilation[0] * (kernel[0] - 1)), around(dilation[1] * (kernel[1] - 1))];
  }
  const [vertical, horizontal] = bothAxes(padding === "valid" ? 0 : padding);
  return [
    [vertical, vertical],
    [horizontal, horizontal],
  ];
}

/** The problem with padding "same" and a stride; null if there is none. */
export function paddingProblem({ padding, stride }: Pick<Sliding, "padding" | "stride">): string | null {
  return padding === "same" && bothAxes(stride).some((step) => step !== 1)
    ? "padding='same' is not supported for strided convolutions: y would be smaller than x; pass padding as a number"
    : null;
}

/** The problem with channels that cannot be split into `groups` groups; null if there is none. */
export function channelsProblem({
  inChannels,
  outChannels,
  groups,
}: {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
}): string | null {
  if (inChannels % groups !== 0)
    return `in_channels must be divisible by groups: inChannels is ${inChannels}, groups is ${groups}`;
  if (outChannels % groups !== 0)
    return `out_channels must be divisible by groups: outChannels is ${outChannels}, groups is ${groups}`;
  return null;
}
