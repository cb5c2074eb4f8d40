import { expectCount } from "../checks/shapes.ts";

export interface PadShortcutOptions {
  /** Every so many rows and columns one is taken; default 1. */
  readonly stride?: number;
}

/** How many channels of zeros come before and behind. @throws RangeError unless outChannels ≥ inChannels ≥ 1 and stride ≥ 1 */
export function expectPadShortcut(
  inChannels: number,
  outChannels: number,
  stride: number,
): [before: number, after: number] {
  expectCount("PadShortcut", "inChannels", inChannels);
  expectCount("PadShortcut", "outChannels", outChannels);
  expectCount("PadShortcut", "stride", stride);
  const more = outChannels - inChannels;
  if (more < 0) {
    throw new RangeError(
      `PadShortcut: outChannels is ${outChannels}, expected ${inChannels} (inChannels) or more: zeros can be added, not taken away; for fewer channels use a 1 × 1 Conv2d`,
    );
  }
  return [Math.floor(more / 2), Math.ceil(more / 2)];
}
