import { type PaddingMode, type Pair, positionsOf, ShapeError, type Window } from "../np/index.ts";
import type { LayerOptions } from "./layer-options.ts";
import { expectPair, type OneOrPair } from "./pair.ts";
import { expectCount, expectShape } from "./shape-check.ts";

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

/** The shapes that a convolution passes through; L = OH·OW positions, D = C/G·KH·KW numbers in a window, G groups. */
export interface ConvShapes {
  /** (H, W) of x. */
  readonly image: Pair;
  /** (N, C, KH, KW, OH, OW), what im2col makes. */
  readonly windows: readonly number[];
  /** (N, G, D, L): one column for each window. */
  readonly columns: readonly number[];
  /** (G, M/G, D): one row for each output channel. */
  readonly rows: readonly number[];
  /** (N, G, M/G, L): rows times columns. */
  readonly product: readonly number[];
  /** (N, M, OH, OW). */
  readonly y: readonly number[];
}

/** @throws ShapeError unless x is (N, C, H, W) with the channels that the weight (M, C/G, KH, KW) takes, and not smaller than its window */
export function convShapes(
  where: string,
  x: readonly number[],
  weight: readonly number[],
  groups: number,
  window: Window,
): ConvShapes {
  const [M, perGroup, KH, KW] = weight as [number, number, number, number];
  const hint = `one image is a batch of one: x.reshape(1, ${perGroup * groups}, H, W)`;
  expectShape(where, "x", x, ["N", "C", "H", "W"], x.length === 3 ? hint : "");
  const [N, C, H, W] = x as [number, number, number, number];
  expectInputChannels(where, x, weight, groups, perGroup * groups);
  expectPaddingFits(where, x, window);
  const [OH, OW] = positionsOf(where, x, window);
  const [G, D, L] = [groups, perGroup * KH * KW, OH * OW];
  return {
    image: [H, W],
    windows: [N, C, KH, KW, OH, OW],
    columns: [N, G, D, L],
    rows: [G, M / G, D],
    product: [N, G, M / G, L],
    y: [N, M, OH, OW],
  };
}

/** @throws ShapeError with PyTorch's words unless x has so many channels */
export function expectInputChannels(
  where: string,
  x: readonly number[],
  weight: readonly number[],
  groups: number,
  expected: number,
): void {
  if (x[1] === expected) return;
  const last = x[x.length - 1] === expected ? "; are the channels last? x.transpose([0, 3, 1, 2])" : "";
  throw new ShapeError(
    `${where}: Given groups=${groups}, weight of size [${weight.join(", ")}], expected input[${x.join(", ")}] to have ${expected} channels, but got ${x[1]} channels instead; x is (N, C, H, W), C is inChannels${last}`,
  );
}

/** @throws ShapeError where an image is too small to be mirrored or repeated that far */
function expectPaddingFits(where: string, x: readonly number[], { padding, mode }: Window): void {
  if (mode !== "reflect" && mode !== "circular") return;
  for (const [axis, sides] of padding.entries()) {
    const n = x[axis + 2] as number;
    const most = mode === "reflect" ? n - 1 : n;
    if (Math.max(...sides) <= most) continue;
    const rule =
      mode === "reflect"
        ? "Padding size should be less than the corresponding input dimension"
        : "Padding value causes wrapping around more than once";
    throw new ShapeError(
      `${where}: ${rule}: padding (${sides.join(", ")}) at dimension ${axis + 2} of input [${x.join(", ")}]; at most ${most} with paddingMode "${mode}"`,
    );
  }
}
