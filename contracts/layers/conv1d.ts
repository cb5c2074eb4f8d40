import { type Contract, count, flag, integer, optional, orWord } from "../../np/internal.ts";
import { weightOptions } from "../checks/weights.ts";
import { channelsProblem, paddingProblem } from "./conv-window.ts";
import { type ConvOptions, paddingMode } from "./conv2d.ts";

export const Conv1d: Contract<
  { inChannels: number; outChannels: number; kernelSize: number },
  ConvOptions<number>
> = {
  name: "Conv1d",
  positional: { inChannels: count(), outChannels: count(), kernelSize: count() },
  options: {
    stride: optional(count(), 1),
    padding: optional(orWord(integer({ least: 0 }), "same", "valid"), 0),
    dilation: optional(count(), 1),
    groups: optional(count(), 1),
    bias: flag(true),
    paddingMode,
    ...weightOptions,
  },
  refuse: (given) => channelsProblem(given) ?? paddingProblem(given),
};
