import { concatenate, type Random } from "../np/index.ts";
import type { Dataset } from "./dataset.ts";

/**
 * The number of images drawn in about 50 ms; a multiple of ten, because every ten images are one
 * permutation.
 */
const imagesInOneTurn = 200;

/**
 * Draws the same n images as `generate` does at once, but yields to the event loop after every 200,
 * so that timers and Ctrl-C still work.
 */
export async function inTurns(
  generate: (options: { readonly n: number; readonly rng: Random }) => Dataset,
  n: number,
  rng: Random,
): Promise<Dataset> {
  const parts: Dataset[] = [];
  const first = generate({ n: Math.min(imagesInOneTurn, n), rng });
  for (let start = imagesInOneTurn; start < n; start += imagesInOneTurn) {
    await new Promise<void>((resume) => setTimeout(resume, 0));
    parts.push(generate({ n: Math.min(imagesInOneTurn, n - start), rng }));
  }
  const joined = (of: (part: Dataset) => Dataset["x"]): Dataset["x"] =>
    concatenate([first, ...parts].map(of));
  return { ...first, x: joined(({ x }) => x), y: joined(({ y }) => y) };
}
