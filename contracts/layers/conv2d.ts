import type { PaddingMode } from "../../np/index.ts";
import { type Contract, count, flag, type Option, oneOf, optional, orWord } from "../../np/internal.ts";
import { type OneOrPair, oneOrPair } from "../checks/pair.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";
import { channelsProblem, paddingProblem } from "./conv-window.ts";

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

export const paddingMode: Option<PaddingMode> = optional(
  oneOf("zeros", "reflect", "replicate", "circular"),
  "zeros",
);

export const Conv2d: Contract<
  { inChannels: number; outChannels: number; kernelSize: OneOrPair },
  ConvOptions
> = {
  name: "Conv2d",
  positional: { inChannels: count(), outChannels: count(), kernelSize: oneOrPair(1) },
  options: {
    stride: optional(oneOrPair(1), 1),
    padding: optional(orWord(oneOrPair(0), "same", "valid"), 0),
    dilation: optional(oneOrPair(1), 1),
    groups: optional(count(), 1),
    bias: flag(true),
    paddingMode,
    ...weightOptions,
  },
  refuse: (given) => channelsProblem(given) ?? paddingProblem(given),
};
