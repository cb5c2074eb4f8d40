import { moons, spirals } from "../../datasets/index.ts";
import { array, type NDArray, type Random } from "../../np/index.ts";

/** Points with class 0 or 1. Shapes: x (N, 2), y (N, 1). */
export interface Points {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** A target in the plane: draws n points from `rng`, each with the class that a net shall learn. */
export type Target = (n: number, rng: Random) => Points;

/** Six targets, from smooth to winding. The last three are functions on the square (−2, 2)². */
export const planeTargets: Readonly<Record<string, Target>> = {
  moons: (n, rng) => column(moons({ n, noise: 0.1, rng })),
  "spirals, 1 turn": (n, rng) => column(spirals({ n, turns: 1, noise: 0.01, rng })),
  "spirals, 2 turns": (n, rng) => column(spirals({ n, turns: 2, noise: 0.01, rng })),
  rings: inSquare((a, b) => Math.sin(3 * Math.hypot(a, b)) > 0),
  checkerboard: inSquare((a, b) => (Math.floor(a) + Math.floor(b)) % 2 === 0),
  "plane wave": inSquare((a, b) => Math.sin(4 * (a + b)) > 0),
};

function column({ x, y }: Points): Points {
  return { x, y: y.astype("float64").reshape(-1, 1) };
}

/** Points uniform in (−2, 2)², in class 1 where `isInside` holds. */
function inSquare(isInside: (a: number, b: number) => boolean): Target {
  return (n, rng) => {
    const x = rng.uniform(-2, 2, [n, 2]);
    const flat = x.flat();
    const y = Array.from({ length: n }, (_, i) => (isInside(flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0) ? 1 : 0));
    return { x, y: array(y).astype("float64").reshape(n, 1) };
  };
}
