import type { PaddingMode } from "../../np/index.ts";
import { type Contract, count, flag, type Option, oneOf, optional, orWord } from "../../np/internal.ts";
import { type OneOrPair, oneOrPair } from "../checks/pair.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";
import { channelsProblem, paddingProblem } from "./conv-window.ts";

export interface ConvOptions<Numbers = OneOrPair> extends LayerOptions {
  /** How far the window moves from one position to the next; default 1. */
  readonly stride?: Numbers;
  /** Rows and columns added on every side; "valid" means 0, "same" keeps H and W; default 0. */
  readonly padding?: Numbers | "same" | "valid";
  /** The distance between neighbours inside the window; default 1. */
  readonly dilation?: Numbers;
  /** How many groups the channels are split into, each convolved separately; default 1. */
  readonly groups?: number;
  /** Whether a bias for each output channel is added; default true. */
  readonly bias?: boolean;
  /** What fills the padding; default "zeros". */
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
