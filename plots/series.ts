import { formatShape, type NDArray, ShapeError } from "../np/index.ts";
import { arrayOf, expectSameLength, isNumbers, type Numbers, rowsOf, valuesOf } from "./numbers.ts";

/** Lines by name: each is drawn in its own colour and dash, and named in the legend. */
export type Series = Readonly<Record<string, Numbers>>;

/** One point of a line; of several runs, their mean with the lowest and the highest. */
export interface SeriesPoint {
  readonly series: string;
  readonly x: number;
  /** Null where it is not finite, which breaks the line. */
  readonly y: number | null;
  readonly low?: number;
  readonly high?: number;
}

/** Whether a value is an object of named lines rather than options. */
export function isSeries(value: unknown): value is Series {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isNumbers(value)) return false;
  const entries = Object.values(value);
  return entries.length > 0 && entries.every(isNumbers);
}

/**
 * The points of all lines. Errors call x and the lines by `argumentNames`, by default as they are named here.
 * Shapes: x (N,); each line (N,), or (S, N) for the same measurement in S runs.
 */
export function seriesPoints(
  where: string,
  x: Numbers | undefined,
  y: Numbers | Series,
  argumentNames: ReadonlyMap<string, string> = new Map(),
): { readonly points: SeriesPoint[]; readonly names: string[] } {
  const lines: Series = isSeries(y) ? y : { "": y };
  const xName = argumentNames.get("x") ?? "x";
  const at = x === undefined ? null : valuesOf(arrayOf(where, xName, x, [1]));
  const points = Object.entries(lines).flatMap(([name, given]) => {
    const called = name === "" ? "y" : (argumentNames.get(name) ?? name);
    const line = arrayOf(where, called, given, [1, 2]);
    const runs = runsOf(where, called, line);
    const length = runs[0]?.length ?? 0;
    if (at) expectSameLength(where, [xName, called], at.length, length);
    return Array.from({ length }, (_, i) =>
      pointOf(
        name,
        at?.[i] ?? i,
        runs.map((run) => run[i] ?? Number.NaN),
      ),
    );
  });
  return { points, names: Object.keys(lines) };
}

function runsOf(where: string, name: string, line: NDArray): number[][] {
  if (line.ndim === 1) return [valuesOf(line)];
  if (line.shape[0] === 0) {
    throw new ShapeError(`${where}: ${name} has shape ${formatShape(line.shape)}, expected at least one run`);
  }
  return rowsOf(line);
}

function pointOf(series: string, x: number, values: readonly number[]): SeriesPoint {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const y = Number.isFinite(mean) ? mean : null;
  if (values.length === 1 || y === null) return { series, x, y };
  return { series, x, y, low: Math.min(...values), high: Math.max(...values) };
}
