import { type Contract, count, flag, optional } from "../../np/internal.ts";
import { bothAxes, type OneOrPair, oneOrPair } from "../checks/pair.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";
import { channelsProblem } from "./conv-window.ts";

export interface ConvTransposeOptions extends LayerOptions {
  /** How far the window moves on y from one element of x to the next; default 1. */
  readonly stride?: OneOrPair;
  /** Rows and columns cut off y on every side; default 0. */
  readonly padding?: OneOrPair;
  /**
   * Extra rows and columns of y at the bottom and on the right, fewer than stride or dilation;
   * default 0.
   */
  readonly outputPadding?: OneOrPair;
  /** The distance between neighbours inside the window; default 1. */
  readonly dilation?: OneOrPair;
  /** How many groups the channels are split into, each processed separately; default 1. */
  readonly groups?: number;
  /** Whether a bias for each output channel is added; default true. */
  readonly bias?: boolean;
}

export const ConvTranspose2d: Contract<
  { inChannels: number; outChannels: number; kernelSize: OneOrPair },
  ConvTransposeOptions
> = {
  name: "ConvTranspose2d",
  positional: { inChannels: count(), outChannels: count(), kernelSize: oneOrPair(1) },
  options: {
    stride: optional(oneOrPair(1), 1),
    padding: optional(oneOrPair(0), 0),
    outputPadding: optional(oneOrPair(0), 0),
    dilation: optional(oneOrPair(1), 1),
    groups: optional(count(), 1),
    bias: flag(true),
    ...weightOptions,
  },
  refuse: (given) => channelsProblem(given) ?? outputPaddingProblem(given),
};

/**
 * The problem with outputPadding that is as large as both stride and dilation;
 * null if there is none.
 */
export function outputPaddingProblem(given: {
  readonly stride: OneOrPair;
  readonly dilation: OneOrPair;
  readonly outputPadding: OneOrPair;
}): string | null {
  const [stride, dilation, more] = [given.stride, given.dilation, given.outputPadding].map(bothAxes);
  for (const axis of [0, 1] as const) {
    const [step, apart, rows] = [stride?.[axis] ?? 1, dilation?.[axis] ?? 1, more?.[axis] ?? 0];
    if (rows >= Math.max(step, apart))
      return `output padding must be smaller than either stride or dilation, but got outputPadding ${rows}, stride ${step}, dilation ${apart}`;
  }
  return null;
}
