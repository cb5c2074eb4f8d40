import { chart } from "./chart.ts";
import { type Classes, classMarks } from "./classes.ts";
import { type Field, fieldAddress, type Grid } from "./field.ts";
import type { ChartOptions } from "./labels.ts";
import { extent } from "./linear-axis.ts";
import type { Picture } from "./picture.ts";

/** A labelled point of the plane. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  /** The index of its class. */
  readonly label: number;
}

/**
 * One side's prediction over the plane: the probability of class 1 on a grid, and the labelled
 * points.
 */
export interface Boundary {
  readonly side: "manual" | "autograd";
  readonly xs: Field["xs"];
  readonly ys: Field["ys"];
  readonly probability: Grid;
  readonly points: readonly LabelledPoint[];
}

/**
 * Points beyond this are left out: they would shrink the picture to nothing and overflow the axes.
 */
const far = 1e6;

/** Draws a field of probabilities under the points of each class, with equal units on both axes. */
export function fieldChart(
  field: Field,
  points: readonly LabelledPoint[],
  classes: Classes,
  description: string,
  { title, xLabel = "x₁", yLabel = "x₂", width }: ChartOptions & { readonly width: number },
): Picture {
  const shown = points.filter(({ x, y }) => Math.abs(x) < far && Math.abs(y) < far);
  const xs = extent([...field.xs, ...shown.map(({ x }) => x)]);
  const ys = extent([...field.ys, ...shown.map(({ y }) => y)]);
  const height = Math.round(
    Math.min(width, Math.max(width / 2, (width * (ys[1] - ys[0])) / (xs[1] - xs[0]))),
  );
  const x = axis("x", xLabel, xs);
  const y = axis("y", yLabel, ys);
  const corner = {
    x: field.xs[0],
    y: field.ys[0],
    x2: field.xs.at(-1),
    y2: field.ys.at(-1),
    url: fieldAddress(field),
  };
  const { mark, encoding } = classMarks(classes);
  return chart(
    description,
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
          data: { values: shown.map((point) => ({ ...point, class: classes.nameOf(point.label) })) },
          mark,
          encoding: { x, y, ...encoding },
        },
      ],
    },
    { title },
  );
}

function axis(name: string, title: string, domain: readonly number[]): object {
  return {
    field: name,
    type: "quantitative",
    title,
    scale: { domain, nice: false, zero: false },
    axis: { grid: false, tickCount: 5 },
  };
}
