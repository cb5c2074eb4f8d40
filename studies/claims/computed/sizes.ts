import { catalogueEntry } from "../../../datasets/index.ts";
import { CifarNet, DeepMlp, Flatten, Mlp } from "../../../manual/index.ts";
import { random, zeros } from "../../../np/index.ts";
import type { Computed } from "../definition.ts";

/** "holds" if all of the expected numbers are found. */
function compared(found: Computed["numbers"], expected: Computed["numbers"], sentence: string): Computed {
  const isEqual = Object.entries(expected).every(([name, value]) => found[name] === value);
  return { numbers: found, verdict: isEqual ? "holds" : "not seen here", sentence };
}

/** The numbers in the catalogue's description of a data set of images. */
function sizes(name: string): { readonly height: number; readonly width: number; readonly images: number } {
  const { description } = catalogueEntry(name);
  const [height = 0, width = 0, train = 0, test = 0] = [
    ...description.replaceAll(",", "").matchAll(/\d+/g),
  ].map(Number);
  return { height, width, images: train + test };
}

export function mnistSize(): Computed {
  const found = sizes("mnist");
  const sentence = `${found.images.toLocaleString("en")} images of ${found.height} × ${found.width}: 60,000 to train, 10,000 to test.`;
  return compared(found, { images: 70_000, height: 28, width: 28 }, sentence);
}

export function cifarSize(): Computed {
  const found = sizes("cifar10");
  const sentence = `${found.images.toLocaleString("en")} images of ${found.height} × ${found.width}, in colour: 50,000 to train, 10,000 to test.`;
  return compared(found, { images: 60_000, height: 32, width: 32 }, sentence);
}

export function inputs(): Computed {
  const image = zeros([1, 28, 28]);
  const found = { pixels: image.size, outputs: new Mlp({ rng: random(0) }).forward(image).size };
  const sentence = `${found.pixels} pixels go in, ${found.outputs} numbers come out.`;
  return compared(found, { pixels: 784, outputs: 10 }, sentence);
}

export function cifarInput(): Computed {
  const image = zeros([1, 3, 32, 32]);
  const found = { inputs: image.size, outputs: new CifarNet({ rng: random(0) }).forward(image).size };
  const sentence = `${found.inputs.toLocaleString("en")} numbers, which networks here, as in PyTorch, get as colour, height, width.`;
  return compared(found, { inputs: 32 * 32 * 3, outputs: 10 }, sentence);
}

export function flattened(): Computed {
  const flat = new Flatten();
  const size = (...shape: number[]): number => flat.forward(zeros([1, ...shape])).shape[1] ?? 0;
  const found = { "3 × 3": size(3, 3), "28 × 28": size(28, 28), "15 × 15 × 3": size(15, 15, 3) };
  const sentence = `Flattened sizes: ${Object.entries(found)
    .map(([shape, n]) => `${shape} → ${n}`)
    .join(", ")}.`;
  return compared(found, { "3 × 3": 9, "28 × 28": 784, "15 × 15 × 3": 675 }, sentence);
}

export function manyDesigns(): Computed {
  const widths = [1, 2, 4, 8, 16, 32, 64];
  const outputs = widths.map(
    (width) => new DeepMlp({ sizes: [784, width, 10], rng: random(0) }).forward(zeros([1, 784])).size,
  );
  const found = { designs: widths.length, meetIt: outputs.filter((n) => n === 10).length };
  const sentence = `${found.meetIt} of ${found.designs} widths meet the constraint, and the width may be any whole number.`;
  return compared(found, { meetIt: found.designs }, sentence);
}

export function parameterCount(): Computed {
  const sizes = new Mlp({ rng: random(0) }).parameters().map(({ value }) => value.size);
  const parameters = sizes.reduce((a, b) => a + b, 0);
  const first = (sizes[0] ?? 0) + (sizes[1] ?? 0);
  const share = Math.round((1000 * first) / parameters) / 10;
  const sentence = `${parameters.toLocaleString("en")} parameters, ${share} % of them in the first layer.`;
  return compared({ parameters, "per cent in layer 1": share }, { parameters: 218_058 }, sentence);
}
