import { array } from "../np/index.ts";
import {
  count,
  expectArgument,
  finite,
  integer,
  type OptionTable,
  optional,
  settleOptions,
  text,
  withoutDefault,
} from "../np/internal.ts";
import { names as someNames } from "./arguments.ts";
import type { LabelledPoint } from "./boundary.ts";
import { afterEach, expectSteps, type Steps } from "./chain.ts";
import { chart } from "./chart.ts";
import { type Classes, classesOf, classMarks } from "./classes.ts";
import { planeData } from "./decision-boundary.ts";
import { extent, ticks } from "./linear-axis.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";
import { type PlaneData, pointsOf } from "./plane.ts";
import { type Place, type Projection, project } from "./projection.ts";

export interface BendingSpaceOptions {
  /** The name above each panel: the input, then each step. Default: "input", "after layer 1", …. */
  readonly panelNames?: readonly string[] | undefined;
  /** The names of classes 0, 1, …. Default: those of the data. */
  readonly classNames?: readonly string[] | undefined;
  /** Lines of the grid in each direction. Default 11. */
  readonly lines?: number | undefined;
  /** From where three dimensions are seen, in degrees, as in Matplotlib. Default -60. */
  readonly azimuth?: number | undefined;
  /** Default 30. */
  readonly elevation?: number | undefined;
  /** Panels in a row. Default 3. */
  readonly columns?: number | undefined;
  /** The side of a panel, in pixels. Default 176. */
  readonly width?: number | undefined;
  /** Above the picture. Default: none. */
  readonly title?: string | undefined;
}

const contract = {
  name: "bendingSpace",
  positional: {},
  options: {
    panelNames: withoutDefault(someNames, '"input", "after layer 1", …'),
    classNames: withoutDefault(someNames, "those of the data"),
    lines: optional(integer({ least: 2, most: 100 }), 11),
    azimuth: finite(-60),
    elevation: finite(30),
    columns: optional(count(), 3),
    width: optional(integer({ least: 50, most: 5000 }), 176),
    title: withoutDefault(text),
  } satisfies OptionTable<BendingSpaceOptions>,
};

/** Points along each line of the grid. */
const along = 41;

/**
 * Draws what a network does to the plane: a grid of lines and the points of the data, before the
 * first layer and after each. A list of layers makes one step, as do a linear layer and what bends its
 * output. A layer with 3 outputs is seen from one side, one with more by its first two principal
 * components. Units of both axes are equal.
 * Shapes: x (N, 2), y (N,) or (N, 1) class indices; each layer gives (N, D).
 * @throws TypeError for anything but layers; ShapeError for points that are not in the plane
 * @see Olah, "Neural Networks, Manifolds, and Topology", 2014
 * @example bendingSpace([(x) => x.mul(x), (x) => x.sub(1)], moons({ n: 8, seed: 1 })).spec.concat.length // 3
 */
export function bendingSpace(layers: Steps, data: PlaneData, options: BendingSpaceOptions = {}): Picture {
  const where = "bendingSpace";
  const groups = expectSteps(where, layers);
  expectArgument(where, "data", planeData, data);
  const { panelNames, classNames, lines, columns, width, title, ...view } = settleOptions(
    where,
    contract,
    options,
  );
  const points = pointsOf(where, data);
  const grid = gridOf(points, lines);
  const all = array([...points.map(({ x, y }) => [x, y]), ...grid.map(({ place }) => [...place])]);
  const spaces = [all, ...afterEach(where, groups, all)];
  const classes = classesOf(
    points.map(({ label }) => label),
    classNames ?? data.classes,
  );
  const names = spaces.map((_, k) => panelNames?.[k] ?? (k === 0 ? "input" : `after layer ${k}`));
  const drawn = spaces.map((space, k) => project(where, space, k === 0 ? "x" : "h", points.length, view));
  const said = drawn.map((one, k) => `${names[k]}: ${one.said}`).join("; ");
  return chart(
    `The plane with a grid and ${points.length} points in ${classes.indices.length} classes, and how ${groups.length} ${groups.length === 1 ? "layer moves" : "layers move"} them. ${said}.`,
    {
      columns,
      spacing: 24,
      concat: drawn.map((one, k) => panel(one, names[k] ?? "", points, grid, classes, width)),
      resolve: { scale: { color: "shared", shape: "shared" } },
    },
    { title },
  );
}

interface GridPoint {
  readonly line: number;
  /** Whether the line is one of equal x₁; these are drawn solid, the others dotted. */
  readonly upright: boolean;
  readonly place: Place;
}

/** A grid over the points and a tenth more on either side. */
function gridOf(points: readonly LabelledPoint[], lines: number): GridPoint[] {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return [
    ...ticks(xs, lines).flatMap((x, line) =>
      ticks(ys, along).map((y) => ({ line, upright: true, place: [x, y] as const })),
    ),
    ...ticks(ys, lines).flatMap((y, i) =>
      ticks(xs, along).map((x) => ({ line: lines + i, upright: false, place: [x, y] as const })),
    ),
  ];
}

function panel(
  { places, xLabel, yLabel, axes }: Projection,
  name: string,
  points: readonly LabelledPoint[],
  grid: readonly GridPoint[],
  classes: Classes,
  width: number,
): object {
  const ends = [extent(places.map(([x]) => x)), extent(places.map(([, y]) => y))] as const;
  const half = 0.54 * Math.max(...ends.map(([low, high]) => high - low));
  const axis = (field: "x" | "y", title: string, [low, high]: readonly [number, number]): object => ({
    field,
    type: "quantitative",
    title: title === "" ? null : title,
    scale: { domain: [(low + high) / 2 - half, (low + high) / 2 + half], nice: false, zero: false },
    axis: title === "" ? null : { grid: false, tickCount: 4 },
  });
  const at = { x: axis("x", xLabel, ends[0]), y: axis("y", yLabel, ends[1]) };
  const digits = (value: number): number => Number(value.toPrecision(5));
  const spot = (place: Place | undefined): object => ({
    x: digits(place?.[0] ?? 0),
    y: digits(place?.[1] ?? 0),
  });
  const rows = grid.map(({ line, upright }, i) => ({ line, upright, i, ...spot(places[points.length + i]) }));
  const { mark, encoding } = classMarks(classes);
  const rim = { color: palette.ink, strokeWidth: 1.2 };
  return {
    title: { text: name, fontSize: 12.5, fontWeight: "normal" },
    width,
    height: width,
    layer: [
      ...[true, false].map((upright) => ({
        data: { values: rows.filter((row) => row.upright === upright) },
        mark: {
          type: "line",
          color: palette.muted,
          strokeWidth: 0.8,
          opacity: 0.7,
          strokeDash: upright ? [1, 0] : [2, 2],
        },
        encoding: { ...at, detail: { field: "line", type: "nominal" }, order: { field: "i" } },
      })),
      ...axes.map(({ from, to }) => ({
        data: {
          values: [
            { i: 0, ...spot(from) },
            { i: 1, ...spot(to) },
          ],
        },
        mark: { type: "line", ...rim },
        encoding: { ...at, order: { field: "i" } },
      })),
      {
        data: {
          values: points.map(({ label }, i) => ({ ...spot(places[i]), class: classes.nameOf(label) })),
        },
        mark,
        encoding: { ...at, ...encoding },
      },
      ...[{ stroke: palette.board, strokeWidth: 4 }, {}].map((halo) => ({
        data: {
          values: axes.map(({ name: text, from, to }) => ({
            text,
            ...spot([from[0] + 1.09 * (to[0] - from[0]), from[1] + 1.09 * (to[1] - from[1])]),
          })),
        },
        mark: { type: "text", fontSize: 13, fontWeight: "bold", color: palette.ink, ...halo },
        encoding: { ...at, text: { field: "text" } },
      })),
    ],
  };
}
