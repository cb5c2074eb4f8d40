import { cifar10, DataLoader, type Dataset, shapes } from "../../datasets/index.ts";
import type { Choice } from "../../homework/internal.ts";
import { CrossEntropyLoss, type Layer, Linear, ReLU, Sequential, SGD, train } from "../../manual/index.ts";
import { type NDArray, random } from "../../np/index.ts";
import { accuracy } from "../../training/index.ts";

/** What the declared network reaches when it is trained again. */
export interface Retrained {
  readonly validationAccuracy: number;
  /** On 500 images that a student does not use. */
  readonly testAccuracy: number;
}

/** Images to validate with, and to test with. */
const held = 500;

/**
 * Trains the declared network from its seed, in this process, and measures it.
 * @throws DataError if the images of CIFAR-10 are not on this computer; RangeError for a training that diverges
 */
export async function trainAgain(choice: Choice): Promise<Retrained> {
  const { images, validation, test } = await imagesOf(choice);
  const { seed, lr, batchSize, epochs } = choice;
  const model = networkOf(choice);
  await train(model, new DataLoader(images, { batchSize, shuffle: true, seed }), {
    loss: new CrossEntropyLoss(),
    optimizer: new SGD(model.parameters(), { lr, momentum: 0.9 }),
    epochs,
  });
  const measured = ({ x, y }: Pixels): number => accuracy(model.forward(x), y);
  return { validationAccuracy: measured(validation), testAccuracy: measured(test) };
}

/** 3072 → hidden → 10, ReLU between the layers; all weights from one stream of the seed. */
function networkOf({ hidden, seed }: Choice): Layer {
  const rng = random(seed);
  const sizes = [3072, ...hidden, 10];
  const layers = sizes.slice(1).flatMap((size, i) => {
    const layer = new Linear(sizes[i] as number, size, { rng });
    return i < hidden.length ? [layer, new ReLU()] : [layer];
  });
  return new Sequential(...layers);
}

interface Pixels {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** The first images to train with, 500 others to validate, and 500 of the test part. */
async function imagesOf({ data, images }: Choice): Promise<Record<"images" | "validation" | "test", Pixels>> {
  if (data === "shapes") {
    const drawn = (n: number, seed: number): Pixels => pixels(shapes({ n, seed }));
    return { images: drawn(images, 1), validation: drawn(held, 2), test: drawn(held, 3) };
  }
  const all = await cifar10({ split: "train", limit: 5000 + held });
  const part = (from: number, to: number): Pixels =>
    pixels({ x: all.x.slice([from, to]), y: all.y.slice([from, to]) });
  const test = pixels(await cifar10({ split: "test", limit: held }));
  return { images: part(0, images), validation: part(5000, 5000 + held), test };
}

/** Bytes 0 … 255 as float64 numbers −0.5 … 0.5, one row for each image. */
function pixels({ x, y }: Pick<Dataset, "x" | "y">): Pixels {
  return { x: x.reshape(-1, 3072).div(255).sub(0.5), y };
}
