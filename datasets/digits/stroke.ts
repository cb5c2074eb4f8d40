/** One stroke: the pen's way points (x0, y0, x1, y1, …), and the way points that are corners. */
export interface Stroke {
  readonly points: readonly number[];
  readonly corners: ReadonlySet<number>;
}

/** Reads "x,y x,y | x,y": see glyphs.ts. */
export function parseStroke(text: string): Stroke {
  const points: number[] = [];
  const corners = new Set<number>();
  for (const token of text.split(" ")) {
    if (token === "|") corners.add(points.length / 2 - 1);
    else points.push(...token.split(",").map(Number));
  }
  return { points, corners };
}

/** The number of straight pieces between two way points. */
const pieces = 4;

/**
 * Writes the smooth curve through way points to `out`, as a polyline, and returns how many numbers
 * it wrote. The curve is a cubic Hermite spline; its slope at a point is half the difference
 * between the next point and the previous one, one-sided at ends and corners.
 * @see Catmull and Rom, "A class of local interpolating splines" (1974)
 */
export function flatten(points: Float64Array, corners: ReadonlySet<number>, out: Float64Array): number {
  const last = points.length / 2 - 1;
  let next = 0;
  for (let i = 0; i < last; i++) {
    const before = i === 0 || corners.has(i) ? i : i - 1;
    const after = i + 1 === last || corners.has(i + 1) ? i + 1 : i + 2;
    for (let step = i === 0 ? 0 : 1; step <= pieces; step++) {
      const t = step / pieces;
      for (let axis = 0; axis < 2; axis++) {
        const p = points[2 * i + axis] as number;
        const q = points[2 * i + 2 + axis] as number;
        const slopeP = (q - (points[2 * before + axis] as number)) / (i + 1 - before);
        const slopeQ = ((points[2 * after + axis] as number) - p) / (after - i);
        const bend = slopeP + slopeQ - 2 * (q - p);
        out[next++] = p + t * (slopeP + t * (3 * (q - p) - 2 * slopeP - slopeQ + t * bend));
      }
    }
  }
  return next;
}
