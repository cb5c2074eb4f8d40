/** Rows that are drawn by design, besides those written by hand. */

import type { Case } from "../case.ts";
import { axes } from "./axes.ts";
import { floatTypes } from "./float-types.ts";
import { layouts } from "./layouts.ts";
import { optionPairs } from "./option-pairs.ts";
import { valueRegimes } from "./value-regimes.ts";

/** All designed rows; those about options leave out what the rows written by hand cover. */
export function designedRows(byHand: readonly Case[]): Case[] {
  return [...optionPairs(byHand), ...valueRegimes, ...axes, ...layouts, ...floatTypes];
}
