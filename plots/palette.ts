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
} as const;

/** The names of the two sides in pictures. */
export const sides = { manual: "chalk", autograd: "tape" } as const;

/**
 * Colours of classes 0, 1, … as red, green, blue. They are fixed because they also colour a field's
 * pixels.
 */
export const classColours: readonly (readonly [number, number, number])[] = [
  [0, 114, 178],
  [230, 159, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [213, 94, 0],
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
