import { array, type NDArray, type Random } from "../np/index.ts";
import { count, expectArgument, integer, ndarray, objectWith, stream } from "../np/internal.ts";

/** Points of the plane with class 1 in the disc and 0 in the ring. Shapes: x (N, 2), y (N, 1). */
export interface Plane {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** How well a net separates the disc from the ring around it. */
export interface Separation {
  /** The share of points on their right side. */
  readonly share: number;
  /** The share in the place where it is smallest: the disc, or one of 36 sectors of the ring. */
  readonly worstPlace: number;
  /** Whether both are large enough. */
  readonly isSeparated: boolean;
}

/** The disc's radius, and where the ring begins and ends. */
const [disc, inner, outer] = [1, 1.5, 2.5];

/** The ring is cut into sectors of 10 degrees. */
const sectors = 36;

/**
 * Half of n points in a disc of radius 1, half in the ring around it from 1.5 to 2.5, each uniform
 * over its area.
 * @example discAndRing(4, random(0)).y // [[1], [0], [1], [0]]
 */
export function discAndRing(n: number, rng: Random): Plane {
  expectArgument("discAndRing", "n", count(), n);
  expectArgument("discAndRing", "rng", stream, rng);
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    const isDisc = i % 2 === 0;
    const [from, to] = isDisc ? [0, disc] : [inner, outer];
    const r = Math.sqrt(from ** 2 + (to ** 2 - from ** 2) * rng.next());
    const t = 2 * Math.PI * rng.next();
    x.push(r * Math.cos(t), r * Math.sin(t));
    y.push(isDisc ? 1 : 0);
  }
  return { x: array(x).reshape([n, 2]), y: array(y).reshape([n, 1]) };
}

/**
 * Every point of a grid of side × side that lies in the disc or in the ring, row by row. Points that
 * a net was trained on prove little about the plane between them.
 * @example discAndRingGrid(3).x // [[0, -2.5], [-2.5, 0], [0, 0], [2.5, 0], [0, 2.5]]
 */
export function discAndRingGrid(side: number): Plane {
  expectArgument("discAndRingGrid", "side", integer({ least: 2, most: 2000 }), side);
  const x: number[] = [];
  const y: number[] = [];
  const at = (i: number): number => outer * ((2 * i) / (side - 1) - 1);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      const r = Math.hypot(at(j), at(i));
      if (r > outer || (r > disc && r < inner)) continue;
      x.push(at(j), at(i));
      y.push(r <= disc ? 1 : 0);
    }
  }
  return { x: array(x).reshape([y.length, 2]), y: array(y).reshape([y.length, 1]) };
}

/**
 * The largest share of a grid that one hidden layer of two units can get right, whatever its weights.
 * Its logit is a₁ σ(w₁·x + b₁) + a₂ σ(w₂·x + b₂) + c with a rising σ such as tanh or ReLU. Two vectors
 * a₁w₁ and a₂w₂ always lie in one half-plane, so there is a direction d with a₁w₁·d ≥ 0 and a₂w₂·d ≥ 0:
 * along d the logit never falls. On each line along d, everything behind the first point in the disc's
 * class is in it, too, the ring included. Every line may start where it likes, so no net does better.
 * Three vectors can point in all directions, and then there is no such d.
 * @example mostOfTwoUnits(discAndRingGrid(3)) // 0.8
 */
export function mostOfTwoUnits(grid: Plane): number {
  expectPlane("mostOfTwoUnits", grid);
  // Disc and ring look the same from all sides, so d may be the horizontal axis.
  const lines = new Map<number, { at: number; isDisc: boolean }[]>();
  const [x, y] = [grid.x.flat(), grid.y.flat()];
  for (const [i, isDisc] of y.entries()) {
    const height = x[2 * i + 1] ?? 0;
    const line = lines.get(height) ?? [];
    line.push({ at: x[2 * i] ?? 0, isDisc: isDisc === 1 });
    lines.set(height, line);
  }
  let right = 0;
  for (const line of lines.values()) {
    line.sort((a, b) => a.at - b.at);
    let now = line.filter(({ isDisc }) => isDisc).length; // all of the line in the disc's class
    let best = now;
    for (const { isDisc } of line) {
      now += isDisc ? -1 : 1;
      best = Math.max(best, now);
    }
    right += best;
  }
  return right / y.length;
}

/**
 * Judges logits on a grid. Disc and ring are separated if most points of the disc and of each of 36
 * sectors of the ring are right, so that a closed curve runs between them; and if at most half as
 * many points are wrong as the best net of two units gets wrong.
 * Shapes: logits (N, 1), above 0 in the disc.
 * @example judgeSeparation(discAndRingGrid(50).y.sub(0.5), discAndRingGrid(50)).isSeparated // true
 */
export function judgeSeparation(logits: NDArray, grid: Plane): Separation {
  expectArgument("judgeSeparation", "logits", ndarray, logits);
  expectPlane("judgeSeparation", grid);
  const places = Array.from({ length: sectors + 1 }, () => ({ right: 0, wrong: 0 }));
  const [x, y, scores] = [grid.x.flat(), grid.y.flat(), logits.flat()];
  for (const [i, isDisc] of y.entries()) {
    const turn = Math.atan2(x[2 * i + 1] ?? 0, x[2 * i] ?? 0) / (2 * Math.PI) + 0.5;
    const place = places[isDisc === 1 ? sectors : Math.min(Math.floor(turn * sectors), sectors - 1)];
    if (!place) continue;
    if ((scores[i] ?? 0) > 0 === (isDisc === 1)) place.right++;
    else place.wrong++;
  }
  const filled = places.filter(({ right, wrong }) => right + wrong > 0);
  const share = filled.reduce((sum, { right }) => sum + right, 0) / y.length;
  const worstPlace = Math.min(...filled.map(({ right, wrong }) => right / (right + wrong)));
  return { share, worstPlace, isSeparated: isSeparated(share, worstPlace, mostOfTwoUnits(grid)) };
}

/** The bound of `judgeSeparation`. */
export function isSeparated(share: number, worstPlace: number, most: number): boolean {
  return worstPlace > 0.5 && share >= (1 + most) / 2;
}

function expectPlane(where: string, grid: Plane): void {
  expectArgument(
    where,
    "grid",
    objectWith<Plane>("points such as discAndRingGrid(100)", { x: ndarray, y: ndarray }),
    grid,
  );
}
