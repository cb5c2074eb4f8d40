import type { CheckRow } from "../report/report.ts";
import type { Preset, PresetVerdict } from "./judge-with-preset.ts";

/** Another checker's verdict as one row of our report for all inputs, because those checkers stop at the first wrong one. */
export function presetRow(title: string, preset: Preset, verdict: PresetVerdict): CheckRow {
  const { agrees, why, quantity, index, analytical, numerical } = verdict;
  const absolute = Math.abs(analytical - numerical);
  const size = Math.max(Math.abs(analytical), Math.abs(numerical));
  const base = {
    case: title,
    quantity: `${preset}'s rule${quantity ? `, ${quantity}` : ""}`,
    shape: [],
    maxAbsolute: absolute,
    maxRelative: size > 0 ? absolute / size : 0,
    cosine: null,
    ratio: null,
    worst: { index, analytical, numerical },
    kinks: 0,
  };
  return agrees ? { ...base, verdict: "agree" } : { ...base, verdict: "disagree", diagnosis: why };
}
