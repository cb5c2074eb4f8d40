import { NDArray, random } from "../../np/index.ts";
import { settle } from "../../np/internal.ts";
import type { Dataset } from "../dataset.ts";
import type { SeedOptions } from "../seed-options.ts";
import { shapes as contract } from "./contract.ts";
import { channels, drawShape, side } from "./draw.ts";
import { type Outline, outlines } from "./outlines.ts";

export interface ShapesOptions extends SeedOptions {
  /** The number of images. Default 1000. */
  readonly n?: number;
}

/**
 * Colour images of ten shapes: circle, ring, moon, square, triangle, hourglass, cross, star, arrow
 * and heart, each brighter than what is behind it. Colours, place, size, tilt and background are
 * random and say nothing about the class; only the form does. Laid out as CIFAR-10, for lessons
 * without it. Every ten images contain each shape once, in random order; a larger n with the same
 * seed continues the same sequence.
 * Shapes: x (n, 3, 32, 32) uint8, channels red, green, blue; y (n,) int32.
 * @throws RangeError unless n is a whole number ≥ 1
 * @example shapes({ n: 20, seed: 0 }).x.shape // [20, 3, 32, 32]
 */
export function shapes(options: ShapesOptions = {}): Dataset {
  const { n, seed, rng } = settle(contract, {}, options);
  const stream = rng ?? random(seed ?? undefined);
  const classes = Object.keys(outlines);
  const all: readonly Outline[] = Object.values(outlines);
  const imageSize = channels * side * side;
  const x = new Uint8Array(n * imageSize);
  const y = new Int32Array(n);
  let order: ArrayLike<number> = [];
  for (let i = 0; i < n; i++) {
    if (i % all.length === 0) order = stream.permutation(all.length).flat();
    const label = order[i % all.length] as number;
    drawShape(all[label] as Outline, stream, x, i * imageSize);
    y[i] = label;
  }
  return {
    name: "shapes",
    x: NDArray.from(x, [n, channels, side, side]),
    y: NDArray.from(y),
    classes,
  };
}
