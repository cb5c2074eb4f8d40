import { Adam, CrossEntropyLoss, DeepMlp, train as trainModel } from "../../autograd/index.ts";
import { DataLoader, splitDataset } from "../../datasets/index.ts";
import { random } from "../../np/index.ts";
import { accuracy } from "../../training/index.ts";
import { drawImages, type ImageOptions } from "../images.ts";
import { principalComponents } from "../principal-components.ts";
import { outputs } from "../train-on-all.ts";
import { tunedProbe } from "../tuned-probe.ts";
import { key, probeLayers } from "./probe-layers.ts";

const sizes = [784, 256, 64, 10];

/** The number of images that the principal components are found from. */
const forComponents = 300;

/**
 * Probes the slide's net on images. Half of the images train the net; the probes are fitted to the
 * other half, which it has not seen, and judged on the test images.
 */
export async function onImages(
  seed: number,
  { epochs, ...wanted }: ImageOptions & { readonly epochs: number },
  report: (share: number) => void,
): Promise<Record<string, number>> {
  const { train: all, test } = await drawImages(wanted, seed);
  const rng = random(seed);
  const { train, validation: fit } = splitDataset({ name: wanted.dataset, ...all }, 0.5, rng.foldIn(0));
  const model = new DeepMlp({ sizes, rng: rng.foldIn(1) });
  const row: Record<string, number> = {};
  const probed = { model, fit, test, rng: rng.foldIn(3), shuffles: 3 };
  Object.assign(row, probeLayers("images", { ...probed, net: "untrained net" }));
  report(0.2);
  await trainModel(model, new DataLoader(train, { batchSize: 64, shuffle: true, rng: rng.foldIn(2) }), {
    loss: new CrossEntropyLoss(),
    optimizer: new Adam(model.parameters(), { lr: 1e-3 }),
    epochs,
    onEpoch: ({ epoch }) => report(0.2 + (0.4 * epoch) / epochs),
  });
  Object.assign(row, probeLayers("images", { ...probed, net: "trained net" }));
  const found = principalComponents(fit.x.slice([0, forComponents]));
  for (const [i, size] of sizes.slice(1, -1).entries()) {
    const probe = tunedProbe(found.project(fit.x, size), fit.y);
    row[key("images", `hidden ${i + 1}`, "PCA, as many numbers")] = probe.accuracy(
      found.project(test.x, size),
      test.y,
    );
  }
  row[key("images", "logits", "the net itself")] = accuracy(outputs(model, test.x), test.y);
  report(1);
  return row;
}
