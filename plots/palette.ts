/**
 * The colours, from Okabe and Ito's colour-blind-safe set. Each is a CSS variable with a fallback.
 * A page may set the variables (the report does, for light, dark and print); a picture on its own
 * uses the fallbacks.
 * @see Okabe & Ito, "Color Universal Design", 2008
 */
export const palette = {
  board: "var(--board, #ffffff)",
  ink: "var(--ink, #1f2624)",
  muted: "var(--muted, #5a6462)",
  grid: "var(--grid, #e3e5e1)",
  train: "var(--train, #0072b2)",
  test: "var(--test, #d55e00)",
  gradient: "var(--gradient, #009e73)",
  weight: "var(--weight, #a8508a)",
  alarm: "var(--alarm, #c0282d)",
  /** The edge of a marker on a coloured field. */
  edge: "var(--edge, #ffffff)",
} as const;

/** The names of the two sides in pictures. */
export const sides = { manual: "chalk", autograd: "tape" } as const;

/**
 * Colours of classes 0, 1, … in a field, as red, green, blue. They are fixed because they are
 * those of a picture's pixels.
 */
export const classColours: readonly (readonly [number, number, number])[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
];

/** The colour of a value that is not finite, where colours are those of a picture's pixels. */
export const notFinite: readonly [number, number, number] = [192, 40, 45];

/** Colours of the markers of classes 0, 1, …: those of the field, which a dark page makes lighter. */
export const markerColours: readonly string[] = [
  "var(--class-0, #0072b2)",
  "var(--class-1, #e69f00)",
  "var(--class-2, #009e73)",
  "var(--class-3, #cc79a7)",
  "var(--class-4, #56b4e9)",
  "var(--class-5, #d55e00)",
];

/** Marker shapes of classes 0, 1, …, so that colour is never the only difference. */
export const classShapes: readonly string[] = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "cross",
  "triangle-down",
];

/** Colours of the lines of a chart, in order. */
export const seriesColours: readonly string[] = [
  palette.train,
  palette.test,
  palette.gradient,
  palette.weight,
  palette.ink,
];

/** Dashes of the lines of a chart, in order, for print in black and white. */
export const seriesDashes: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [9, 3, 2, 3],
];

/**
 * Colours from small to large, each lighter than the one before, so that their order is seen without
 * colour, too.
 * @see Nuñez, Anderton & Renslow, "Optimizing colormaps with consideration for color vision
 * deficiency", PLoS ONE 13 (2018): cividis
 */
export const lightness: readonly (readonly [number, number, number])[] = [
  [0, 32, 81],
  [16, 54, 108],
  [59, 76, 110],
  [96, 99, 111],
  [126, 122, 116],
  [152, 146, 120],
  [183, 172, 114],
  [222, 200, 95],
  [252, 230, 71],
];

/**
 * Colours from negative over 0 to positive: blue is dark and orange light, so that the sign is seen
 * without colour, too.
 */
export const signed: readonly (readonly [number, number, number])[] = [
  [0, 24, 84],
  [38, 84, 150],
  [142, 146, 152],
  [238, 178, 74],
  [255, 240, 196],
];
