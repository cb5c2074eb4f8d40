import { formatShape, linalg, type NDArray, ShapeError } from "../np/index.ts";
import { rowsOf, valuesOf } from "./numbers.ts";

/** A point of the picture. */
export type Place = readonly [x: number, y: number];

/** Where each point of a space is drawn, and what the axes of the picture are. */
export interface Projection {
  readonly places: readonly Place[];
  readonly xLabel: string;
  readonly yLabel: string;
  /** The axes of a space of three dimensions, as lines from a corner; none in the plane. */
  readonly axes: readonly { readonly name: string; readonly from: Place; readonly to: Place }[];
  /** How the space was brought to the plane, for the description. */
  readonly said: string;
}

/** From where a space of three dimensions is seen, in degrees, as Matplotlib's `view_init`. */
export interface View {
  readonly azimuth: number;
  readonly elevation: number;
}

const below = (i: number): string => "₀₁₂₃₄₅₆₇₈₉"[i] ?? `${i}`;

/**
 * Brings the points of a space to the plane: one dimension becomes a line, two stay, three are seen
 * from a direction without perspective, and more are the first two principal components of the first
 * `n` points. Shapes: space (M, D).
 */
export function project(where: string, space: NDArray, letter: string, n: number, view: View): Projection {
  const [, dimensions = 0] = space.shape;
  if (space.ndim !== 2 || dimensions === 0 || !valuesOf(space).every(Number.isFinite)) {
    const what = space.ndim === 2 && dimensions > 0 ? "with values that are not finite" : "";
    throw new ShapeError(
      `${where}: a layer gives shape ${formatShape(space.shape)} ${what}, expected finite numbers (N, D), a row for each point`,
    );
  }
  const rows = rowsOf(space);
  const name = (i: number): string => `${letter}${below(i)}`;
  const plane = { axes: [], said: `${dimensions} ${dimensions === 1 ? "dimension" : "dimensions"}` };
  if (dimensions === 1)
    return { ...plane, places: rows.map(([x = 0]) => [x, 0]), xLabel: name(1), yLabel: "" };
  if (dimensions === 2)
    return { ...plane, places: rows.map(([x = 0, y = 0]) => [x, y]), xLabel: name(1), yLabel: name(2) };
  if (dimensions === 3) return seen(rows, name, view);
  return components(space, n);
}

/** Orthographic: the picture's axes are two directions of the space, at right angles to the line of sight. */
function seen(
  rows: readonly number[][],
  name: (i: number) => string,
  { azimuth, elevation }: View,
): Projection {
  const [a, e] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
  const at = ([x = 0, y = 0, z = 0]: readonly number[]): Place => [
    -Math.sin(a) * x + Math.cos(a) * y,
    -Math.sin(e) * (Math.cos(a) * x + Math.sin(a) * y) + Math.cos(e) * z,
  ];
  const low = [0, 1, 2].map((i) => rows.reduce((least, row) => Math.min(least, row[i] ?? 0), Infinity));
  const high = [0, 1, 2].map((i) => rows.reduce((most, row) => Math.max(most, row[i] ?? 0), -Infinity));
  const axes = [0, 1, 2].map((i) => ({
    name: name(i + 1),
    from: at(low),
    to: at(low.map((least, j) => (i === j ? (high[i] ?? least) : least))),
  }));
  const said = `3 dimensions, seen from azimuth ${azimuth}° and elevation ${elevation}°`;
  return { places: rows.map(at), xLabel: "", yLabel: "", axes, said };
}

function components(space: NDArray, n: number): Projection {
  const mean = space.slice([0, n]).mean(0);
  const { S, Vh } = linalg.svd(space.slice([0, n]).sub(mean), { fullMatrices: false });
  const squares = valuesOf(S).map((s) => s * s);
  const total = squares.reduce((sum, square) => sum + square, 0) || 1;
  const share = (i: number): string => `${Math.round((100 * (squares[i] ?? 0)) / total)} %`;
  const places = rowsOf(space.sub(mean).matmul(Vh.slice([0, 2]).transpose())).map(
    ([x = 0, y = 0]): Place => [x, y],
  );
  return {
    places,
    xLabel: `component 1 (${share(0)})`,
    yLabel: `component 2 (${share(1)})`,
    axes: [],
    said: `${space.shape[1]} dimensions as 2 principal components with ${share(0)} and ${share(1)} of the variance`,
  };
}
