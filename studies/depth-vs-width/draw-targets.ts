import { type Random, random } from "../../np/index.ts";
import { integer, type OptionTable, optional, settleOptions, significant } from "../../np/internal.ts";
import type { Picture } from "../../plots/index.ts";
import { chart, classesOf, classMarks, markerColours } from "../../plots/internal.ts";
import { planeTargets, type Target } from "./targets.ts";

export interface DrawTargetsOptions {
  /** Points of each target. Default 400. */
  readonly points?: number | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
}

const options: OptionTable<DrawTargetsOptions> = {
  points: optional(integer({ least: 1 }), 400),
  seed: optional(integer({ least: 0 }), 0),
};

/**
 * Draws points of each of the `planeTargets`, in a panel of its own.
 * @example drawTargets({ points: 20 }).spec.columns // 3
 */
export function drawTargets(given: DrawTargetsOptions = {}): Picture {
  const contract = { name: "drawTargets", positional: {}, options };
  const { points, seed } = settleOptions("drawTargets", contract, given);
  const rng = random(seed);
  const names = Object.keys(planeTargets);
  return chart(
    `${points} points in 2 classes of each of ${names.length} targets: ${names.join("; ")}.`,
    {
      columns: 3,
      spacing: 16,
      concat: Object.entries(planeTargets).map(([name, draw]) => panel(name, draw, points, rng)),
      resolve: { scale: { color: "shared", shape: "shared" } },
    },
    { title: "Targets in the plane" },
  );
}

/**
 * Each class is one path of dots, a line that breaks after every point: hundreds of points then take
 * a few kilobytes. Its cap makes the dots round or square, like the markers of the legend.
 */
function panel(name: string, draw: Target, points: number, rng: Random): object {
  const { x, y } = draw(points, rng);
  const all = Array.from({ length: points }, (_, i) => ({
    order: i,
    x: significant(x.item(i, 0), 3),
    y: significant(x.item(i, 1), 3),
    class: `${y.item(i, 0)}`,
  }));
  const { mark, encoding } = classMarks(classesOf([0, 1]));
  const axis = (field: "x" | "y", title: string): object => ({
    field,
    type: "quantitative",
    title,
    scale: { zero: false, nice: false, padding: 6 },
    axis: { grid: false, tickCount: 4 },
  });
  const at = { x: axis("x", "x₁"), y: axis("y", "x₂") };
  const dots = ["0", "1"].map((label, i) => ({
    data: {
      values: all
        .filter((point) => point.class === label)
        .flatMap((point) => [point, { ...point, order: point.order + 0.5, y: null }]),
    },
    mark: {
      type: "line",
      color: markerColours[i],
      strokeWidth: i === 0 ? 4 : 3.5,
      strokeCap: i === 0 ? "round" : "square",
      invalid: "break-paths-show-path-domains",
    },
    encoding: { ...at, order: { field: "order" } },
  }));
  const legend = {
    data: { values: ["0", "1"].flatMap((label) => all.find((point) => point.class === label) ?? []) },
    mark: { ...mark, size: 14, strokeWidth: 0 },
    encoding: { ...at, ...encoding },
  };
  return {
    title: { text: name, fontSize: 12.5, fontWeight: "normal" },
    width: 150,
    height: 150,
    layer: [...dots, legend],
  };
}
