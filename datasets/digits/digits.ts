import { NDArray, type Random, random } from "../../np/index.ts";
import type { Dataset } from "../dataset.ts";
import { glyphs } from "./glyphs.ts";
import { variation, write } from "./hand.ts";
import { clear, develop, drawSegment, side } from "./raster.ts";
import { parseStroke } from "./stroke.ts";

const body = 20;

export function digits({ n = 1000, seed, rng = random(seed) }: { n?: number; seed?: number; rng?: Random } = {}): Dataset {
  const styles = glyphs.map((s) => s.map((strokes) => strokes.map(parseStroke)));
  const x = new Uint8Array(n * side * side);
  const y = new Int32Array(n);
  let order: ArrayLike<number> = [];
  for (let i = 0; i < n; i++) {
    if (i % 10 === 0) order = rng.permutation(10).flat();
    const label = order[i % 10] as number;
    y[i] = label;
    const choices = styles[label] as (typeof styles)[number];
    draw(write(choices[rng.integer(0, choices.length - 1)] as never, rng), rng, x, i * side * side);
  }
  return { name: "digits", x: NDArray.from(x, [n, side, side]), y: NDArray.from(y), classes: [..."0123456789"] };
}

function draw(lines: Float64Array[], rng: Random, out: Uint8Array, at: number): void {
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  let mass = 0, massX = 0, massY = 0;
  for (const p of lines) {
    for (let i = 0; i < p.length; i += 2) {
      const x = p[i]!, y = p[i + 1]!;
      left = Math.min(left, x); right = Math.max(right, x);
      top = Math.min(top, y); bottom = Math.max(bottom, y);
      if (i + 2 < p.length) {
        const length = Math.hypot(p[i + 2]! - x, p[i + 3]! - y);
        mass += length; massX += length * (x + p[i + 2]!) / 2; massY += length * (y + p[i + 3]!) / 2;
      }
    }
  }
  const z = rng.normal(0, 1, [4]).flat();
  const [thin, thick] = variation.radius;
  const radius = thin + (thick - thin) * rng.next();
  const scale = (body - 2 * radius) * Math.exp(variation.scale * z[0]!) / Math.max(right - left, bottom - top);
  const ox = (side - 1) / 2 - scale * massX / mass + variation.shiftPixels * z[1]!;
  const oy = (side - 1) / 2 - scale * massY / mass + variation.shiftPixels * z[2]!;
  clear();
  for (const p of lines) {
    const last = p.length - 4;
    for (let i = 0; i <= last; i += 2) {
      const r0 = radius * (1 + variation.pressure * z[3]! * (2 * i / (last + 2) - 1));
      const r1 = radius * (1 + variation.pressure * z[3]! * (2 * (i + 2) / (last + 2) - 1));
      drawSegment(ox + scale * p[i]!, oy + scale * p[i + 1]!, ox + scale * p[i + 2]!, oy + scale * p[i + 3]!, Math.max(0.4, r0), Math.max(0.4, r1));
    }
  }
  develop(1.3, out, at);
}
