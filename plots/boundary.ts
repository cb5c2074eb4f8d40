import { expectArgument } from "../np/internal.ts";
import { boundary } from "./arguments.ts";
import { type ChartSpec, chart } from "./chart.ts";
import { type Field, fieldAddress } from "./field.ts";
import { classColours, classShapes, sides } from "./palette.ts";

/**
 * One side's prediction over the plane: the probability of class 1 on a grid, and the labelled
 * points.
 */
export interface Boundary extends Field {
  readonly side: "manual" | "autograd";
  readonly points: readonly { readonly x: number; readonly y: number; readonly label: number }[];
}

const width = 330;

/**
 * Points beyond this are left out: they would shrink the picture to nothing and overflow the axes.
 */
const far = 1e6;

/**
 * Draws the decision boundary: one side's probability field under the points of each class, with
 * equal units on both axes.
 */
export function decisionBoundary(drawn: Boundary): ChartSpec {
  expectArgument("decisionBoundary", "boundary", boundary, drawn);
  const { side, points, ...field } = drawn;
  const shown = points.filter(({ x, y }) => Math.abs(x) < far && Math.abs(y) < far);
  const xs = domainOf(
    [...field.xs],
    shown.map(({ x }) => x),
  );
  const ys = domainOf(
    [...field.ys],
    shown.map(({ y }) => y),
  );
  const height = Math.round(
    Math.min(width, Math.max(width / 2, (width * (ys[1] - ys[0])) / (xs[1] - xs[0]))),
  );
  const labels = [...new Set(points.map(({ label }) => label))].sort((a, b) => a - b);
  const pick = <T>(from: readonly T[]): T[] =>
    labels.map((label) => from[Math.abs(label) % from.length] as T);
  const axis = (name: string, title: string, domain: readonly number[]): object => ({
    field: name,
    type: "quantitative",
    title,
    scale: { domain, nice: false, zero: false },
    axis: { grid: false, tickCount: 5 },
  });
  const x = axis("x", "x₁", xs);
  const y = axis("y", "x₂", ys);
  const byClass = (range: readonly unknown[]): object => ({
    field: "label",
    type: "nominal",
    scale: { domain: labels, range },
    legend: {
      title: "class",
      orient: "top",
      titleFontWeight: "normal",
      titleFontSize: 12,
      symbolSize: 90,
      offset: 6,
    },
  });
  const corner = {
    x: field.xs[0],
    y: field.ys[0],
    x2: field.xs.at(-1),
    y2: field.ys.at(-1),
    url: fieldAddress(field),
  };
  return chart(
    `Decision boundary of ${sides[side]}: probability of class 1 over the plane, with ${points.length} points.`,
    {
      width,
      height,
      layer: [
        {
          data: { values: [corner] },
          mark: { type: "image", aspect: false },
          encoding: { x, y, x2: { field: "x2" }, y2: { field: "y2" }, url: { field: "url" } },
        },
        {
          data: { values: shown },
          mark: {
            type: "point",
            filled: true,
            size: 34,
            opacity: 0.95,
            stroke: "white",
            strokeWidth: 0.9,
          },
          encoding: {
            x,
            y,
            color: byClass(pick(classColours).map((rgb) => `rgb(${rgb.join(",")})`)),
            shape: byClass(pick(classShapes)),
          },
        },
      ],
    },
  );
}

function domainOf(...parts: readonly (readonly number[])[]): [number, number] {
  const finite = parts.flat().filter(Number.isFinite);
  return [Math.min(...finite), Math.max(...finite)];
}
