import { lightness } from "./palette.ts";

export type Colour = readonly [red: number, green: number, blue: number];

/** A colour for each number of a range, from dark to light, with its legend. */
export function gradient(
  field: string,
  domain: readonly [number, number],
  colours: readonly Colour[] = lightness,
  title: string | null = null,
): Readonly<Record<string, unknown>> {
  return {
    field,
    type: "quantitative",
    scale: { domain, range: colours.map(hex), interpolate: "rgb", clamp: true },
    legend: {
      title,
      titleFontWeight: "normal",
      orient: "right",
      gradientLength: 140,
      gradientThickness: 12,
      tickCount: 5,
    },
  };
}

/** The colour that `gradient` gives to a share in 0 … 1 of its range. */
export function shadeAt(share: number, colours: readonly Colour[] = lightness): Colour {
  const place = Math.min(Math.max(share, 0), 1) * (colours.length - 1);
  const at = Math.min(Math.floor(place), colours.length - 2);
  const [from = [0, 0, 0], to = [0, 0, 0]] = [colours[at], colours[at + 1]];
  const mix = (i: 0 | 1 | 2): number => Math.round(from[i] + (to[i] - from[i]) * (place - at));
  return [mix(0), mix(1), mix(2)];
}

/** Black or white, whichever reads better on a colour. */
export function inkOn([red, green, blue]: Colour): string {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#111111" : "#ffffff";
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
