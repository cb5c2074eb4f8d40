import { type Contract, count, optional } from "../../np/internal.ts";

export interface PadShortcutOptions {
  /** Distance between the rows and columns that are kept; default 1. */
  readonly stride?: number;
}

export const PadShortcut: Contract<{ inChannels: number; outChannels: number }, PadShortcutOptions> = {
  name: "PadShortcut",
  positional: { inChannels: count(), outChannels: count() },
  options: { stride: optional(count(), 1) },
  refuse: ({ inChannels, outChannels }) =>
    outChannels >= inChannels
      ? null
      : `outChannels is ${outChannels}, expected ${inChannels} (inChannels) or more: zeros can be added, not taken away; for fewer channels use a 1 × 1 Conv2d`,
};

/** How many channels of zeros come before and after. */
export function channelsAround(inChannels: number, outChannels: number): [before: number, after: number] {
  const more = outChannels - inChannels;
  return [Math.floor(more / 2), Math.ceil(more / 2)];
}
