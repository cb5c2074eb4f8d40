import type { PaddingMode, Pair, Window } from "../../np/index.ts";
import { expectPair, type OneOrPair } from "../checks/pair.ts";
import { expectCount } from "../checks/shapes.ts";
import type { LayerOptions } from "./options.ts";

export interface ConvOptions<Numbers = OneOrPair> extends LayerOptions {
  /** How far the window moves from one position to the next; default 1. */
  readonly stride?: Numbers;
  /** Rows and columns added on every side; "valid" is 0, "same" as many as keep H and W; default 0. */
  readonly padding?: Numbers | "same" | "valid";
  /** The distance of neighbours inside the window; default 1. */
  readonly dilation?: Numbers;
  /** Into how many parts channels are cut, each convolved by itself; default 1. */
  readonly groups?: number;
  /** Whether a number for each output channel is added; default true. */
  readonly bias?: boolean;
  /** What stands beyond the edge; default "zeros". */
  readonly paddingMode?: PaddingMode;
}

export interface ConvTransposeOptions extends LayerOptions {
  /** How far the window moves on y from one element of x to the next; default 1. */
  readonly stride?: OneOrPair;
  /** Rows and columns cut off y on every side; default 0. */
  readonly padding?: OneOrPair;
  /** Rows and columns that y has more below and on the right, fewer than stride or dilation; default 0. */
  readonly outputPadding?: OneOrPair;
  /** The distance of neighbours inside the window; default 1. */
  readonly dilation?: OneOrPair;
  /** Into how many parts channels are cut, each spread by itself; default 1. */
  readonly groups?: number;
  /** Whether a number for each output channel is added; default true. */
  readonly bias?: boolean;
}

const modes: readonly PaddingMode[] = ["zeros", "reflect", "replicate", "circular"];

/** The window that a convolution slides over its images. @throws RangeError, TypeError for options that make none */
export function convWindow(where: string, kernelSize: OneOrPair, options: ConvOptions): Window {
  const { padding = 0, paddingMode: mode = "zeros" } = options;
  const kernel = expectPair(where, "kernelSize", kernelSize, 1);
  const stride = expectPair(where, "stride", options.stride ?? 1, 1);
  const dilation = expectPair(where, "dilation", options.dilation ?? 1, 1);
  if (!modes.includes(mode))
    throw new RangeError(`${where}: paddingMode is "${mode}", expected one of ${modes.join(", ")}`);
  return { kernel, stride, dilation, padding: paddingOf(where, padding, kernel, stride, dilation), mode };
}

/** The same for sequences, which are images of height 1. */
export function convWindow1d(where: string, kernelSize: number, options: ConvOptions<number>): Window {
  const { stride = 1, padding = 0, dilation = 1, paddingMode } = options;
  for (const [name, value] of Object.entries({ kernelSize, stride, dilation }))
    expectCount(where, name, value);
  return convWindow(where, [1, kernelSize], {
    stride: [1, stride],
    padding: typeof padding === "string" ? padding : [0, padding],
    dilation: [1, dilation],
    paddingMode,
  });
}

/**
 * The window that a transposed convolution slides over its y: that of the convolution from y to x. Its last positions end `outputPadding`
 * rows before the end of y, so that it has as many as x has elements.
 */
export function convTransposeWindow(
  where: string,
  kernelSize: OneOrPair,
  options: ConvTransposeOptions,
): Window {
  const { stride, padding = 0, dilation, outputPadding = 0 } = options;
  const window = convWindow(where, kernelSize, { stride, padding, dilation });
  const more = expectPair(where, "outputPadding", outputPadding, 0);
  const cut = ([before, after]: Pair, axis: 0 | 1): Pair => {
    const below = Math.max(window.stride[axis], window.dilation[axis]);
    if (more[axis] < below) return [before, after - more[axis]];
    throw new RangeError(
      `${where}: output padding must be smaller than either stride or dilation, but got outputPadding ${more[axis]}, stride ${window.stride[axis]}, dilation ${window.dilation[axis]}`,
    );
  };
  return { ...window, padding: [cut(window.padding[0], 0), cut(window.padding[1], 1)] };
}

function paddingOf(
  where: string,
  padding: OneOrPair | "same" | "valid",
  kernel: Pair,
  stride: Pair,
  dilation: Pair,
): Window["padding"] {
  if (padding === "same") {
    if (stride.some((step) => step !== 1)) {
      throw new RangeError(
        `${where}: padding='same' is not supported for strided convolutions: y would be smaller than x; give padding as a number`,
      );
    }
    // An even kernel has no middle: the odd row or column goes after the image, as in PyTorch.
    const around = (total: number) => [Math.floor(total / 2), Math.ceil(total / 2)] as const;
    return [around(dilation[0] * (kernel[0] - 1)), around(dilation[1] * (kernel[1] - 1))];
  }
  if (typeof padding === "string" && padding !== "valid")
    throw new RangeError(`${where}: padding is "${padding}", expected "same", "valid", or numbers`);
  const [vertical, horizontal] = expectPair(where, "padding", padding === "valid" ? 0 : padding, 0);
  return [
    [vertical, vertical],
    [horizontal, horizontal],
  ];
}

/** @throws RangeError unless both numbers of channels are whole numbers ≥ 1 that groups divides */
export function expectChannels(where: string, inChannels: number, outChannels: number, groups: number): void {
  expectCount(where, "inChannels", inChannels);
  expectCount(where, "outChannels", outChannels);
  expectCount(where, "groups", groups);
  for (const [name, text, count] of [
    ["inChannels", "in_channels", inChannels],
    ["outChannels", "out_channels", outChannels],
  ] as const) {
    if (count % groups !== 0)
      throw new RangeError(
        `${where}: ${text} must be divisible by groups: ${name} is ${count}, groups is ${groups}`,
      );
  }
}
