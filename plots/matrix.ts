import { chart } from "./chart.ts";
import { type Colour, gradient, inkOn, shadeAt } from "./gradient.ts";
import { pngAddress } from "./image.ts";
import type { Labels } from "./labels.ts";
import { notFinite, palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

/** A matrix to draw as coloured cells. */
export interface MatrixChart extends Labels {
  readonly description: string;
  /** Shapes: (H, W), row 0 on top. */
  readonly values: readonly (readonly number[])[];
  /** The text of each cell; null for none. */
  readonly texts: readonly (readonly string[])[] | null;
  /** The values of the first and the last colour. */
  readonly domain: readonly [number, number];
  readonly colours: readonly Colour[];
  /** Whether a legend says which colour is which value. */
  readonly legend: boolean;
  /** Default: 0, 1, …. */
  readonly rowNames?: readonly string[] | undefined;
  readonly columnNames?: readonly string[] | undefined;
}

const side = 232;
const least = 24;

/** Draws a matrix: a cell of one colour for each value, with its text. Equal cells, as many as there are. */
export function matrixChart(drawn: MatrixChart): Picture {
  const { description, values, texts, domain, colours, title, xLabel, yLabel } = drawn;
  const [height, width] = [values.length, values[0]?.length ?? 0];
  const size = cellSize(height, width, texts);
  const [low, high] = domain;
  const shades = values.map((row) =>
    row.map((value) => (Number.isFinite(value) ? shadeAt((value - low) / (high - low), colours) : notFinite)),
  );
  const corner = {
    x: -0.5,
    y: -0.5,
    x2: width - 0.5,
    y2: height - 0.5,
    url: pngAddress(Uint8Array.from(shades.flat(2)), height, width),
  };
  const x = indexAxis("x", xLabel, width, drawn.columnNames);
  const y = indexAxis("y", yLabel, height, drawn.rowNames, true);
  const image = {
    data: { values: [corner] },
    mark: { type: "image", aspect: false, smooth: false },
    encoding: { x, y, x2: { field: "x2" }, y2: { field: "y2" }, url: { field: "url" } },
  };
  const cells = (texts ?? []).flatMap((row, i) =>
    row.map((text, j) => ({ x: j, y: i, text, ink: inkOn(shades[i]?.[j] ?? notFinite) })),
  );
  const numbers = {
    data: { values: cells },
    mark: { type: "text", fontSize: 12 },
    encoding: { x, y, text: { field: "text" }, color: { field: "ink", type: "nominal", scale: null } },
  };
  // Nothing is drawn by it but the legend.
  const scale = {
    data: { values: [{ value: low }] },
    mark: { type: "point", opacity: 0 },
    encoding: { color: gradient("value", domain, colours) },
  };
  return chart(
    description,
    {
      width: Math.max(least, Math.round(width * size)),
      height: Math.max(least, Math.round(height * size)),
      layer: [image, ...(cells.length > 0 ? [numbers] : []), ...(drawn.legend ? [scale] : [])],
      resolve: { scale: { color: "independent" } },
    },
    { title },
  );
}

/** The side of a cell in pixels: room for its text, or the whole matrix in a picture of usual size. */
function cellSize(height: number, width: number, texts: MatrixChart["texts"]): number {
  const longest = Math.max(0, ...(texts ?? []).flat().map((text) => text.length));
  return Math.max(texts ? 7 * longest + 12 : 0, texts ? 26 : 0, Math.min(44, side / Math.max(height, width)));
}

function indexAxis(
  field: "x" | "y",
  title: string | undefined,
  length: number,
  names: readonly string[] | undefined,
  reverse: boolean = false,
): object {
  const longest = Math.max(0, ...(names ?? []).map((name) => name.length));
  const isSlanted = field === "x" && longest > 3;
  const named = names && {
    values: names.map((_, i) => i),
    labelExpr: `${JSON.stringify(names)}[datum.value]`,
    labelOverlap: false,
    // Without a DOM, Vega estimates text too wide, and the axis title would stand far away.
    maxExtent: field === "y" || isSlanted ? (isSlanted ? 5 : 7) * longest + 12 : 20,
    ...(isSlanted && { labelAngle: -45 }),
  };
  return {
    field,
    type: "quantitative",
    title: title ?? null,
    scale: { domain: [-0.5, length - 0.5], nice: false, zero: false, reverse },
    axis: {
      grid: false,
      domain: false,
      ticks: false,
      tickMinStep: 1,
      format: "d",
      minExtent: 0,
      labelColor: palette.muted,
      ...named,
    },
  };
}
