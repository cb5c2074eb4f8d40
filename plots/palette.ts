/**
 * The colours, from the colour-blind-safe set of Okabe and Ito. Each is a CSS variable with a fallback: a page may set
 * the variable (the report does, for light, dark and print); a picture on its own shows the fallback.
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

/** What the two sides are called in pictures. */
export const sides = { manual: "chalk", autograd: "tape" } as const;

/** Colours of classes 0, 1, … as red, green, blue: fixed, since they also colour the pixels of a field. */
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
