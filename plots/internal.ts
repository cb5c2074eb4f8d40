/** Parts of plots for our own rooms and tests; not exported from the package. */

export { chart } from "./chart.ts";
export { classesOf, classMarks } from "./classes.ts";
export { html, Markup, trusted } from "./html.ts";
export { svgAddress } from "./image.ts";
export {
  classShapes,
  markerColours,
  palette,
  seriesColours,
  seriesDashes,
} from "./palette.ts";
export { fieldOf, pointsOf } from "./plane.ts";
export { sideBoundary } from "./side-boundary.ts";
export { standalone } from "./standalone.ts";
