import type { Boundary } from "./boundary.ts";
import { fieldChart } from "./boundary.ts";
import { classesOf } from "./classes.ts";
import { reportWidth } from "./labels.ts";
import { sides } from "./palette.ts";
import type { Picture } from "./picture.ts";

/** Draws one side's decision boundary between two classes for a report, as `compare` measured it. */
export function sideBoundary({ side, points, xs, ys, probability }: Boundary): Picture {
  const others = probability.map((row) => Array.from(row, (p) => 1 - p));
  return fieldChart(
    { xs, ys, probabilities: [others, probability] },
    points,
    classesOf(points.map(({ label }) => label)),
    `Decision boundary of ${sides[side]}: probability of class 1 over the plane, with ${points.length} points.`,
    { width: reportWidth },
  );
}
