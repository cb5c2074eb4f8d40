// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks classes by name, from both sides
import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import { classifier, features, type Items, type TwinModel } from "./twin-model.ts";

/** The channels, height and width of an image; null if the items are not images. */
function image({ shape }: Items): { channels: number; height: number; width: number } | null {
  const [channels, height, width] = shape.length === 2 ? [1, ...shape] : shape;
  if (shape.length < 2 || shape.length > 3) return null;
  return { channels: channels as number, height: height as number, width: width as number };
}

function isSquare(items: Items, sizes: readonly number[]): boolean {
  const found = image(items);
  return found !== null && found.height === found.width && sizes.includes(found.height);
}

const withChannels = (x: NDArray): NDArray =>
  x.ndim === 3 ? x.reshape(x.shape[0] as number, 1, ...x.shape.slice(1)) : x;

type Convolutional = "LeNet5" | "CifarNet" | "AlexNet" | "Vgg11" | "ResNet20" | "ResNet18" | "MobileNet";

/** Both sides of a convolutional network, built for the channels and classes of the data. */
function convolutional(
  name: Convolutional,
  more: Pick<TwinModel, "wants" | "fits"> & Partial<TwinModel>,
): TwinModel {
  const options = (items: Items): { inChannels: number; numClasses: number; size?: 28 | 32 } => ({
    inChannels: image(items)?.channels ?? 3,
    numClasses: items.classes,
    ...(name === "LeNet5" && { size: image(items)?.height === 28 ? 28 : 32 }),
  });
  return {
    ...classifier,
    manual: (build, items) => new manual[name]({ ...build, ...options(items) }),
    autograd: (build, items) => new autograd[name]({ ...build, ...options(items) }),
    input: withChannels,
    testBatchSize: 64, // convolutions keep many times the memory of their input
    made: { shape: [3, 32, 32], classes: 10 },
    ...more,
  };
}

const anySize: Pick<TwinModel, "wants" | "fits"> = {
  wants: "images of 16 × 16 or more",
  fits: (items) => Math.min(image(items)?.height ?? 0, image(items)?.width ?? 0) >= 16,
};
const only32: Pick<TwinModel, "wants" | "fits"> = {
  wants: "images of 32 × 32",
  fits: (items) => isSquare(items, [32]),
};
const flat: Pick<TwinModel, "wants" | "fits" | "made"> = {
  wants: "28 × 28 images, or 32 × 32 colour images",
  fits: (items) => features(items) === 784 || features(items) === 3072,
  made: { shape: [28, 28], classes: 10 },
};

/** Networks for images, beginning with the lecture's. */
export const imageModels: Readonly<Record<string, TwinModel>> = {
  Mlp: {
    ...classifier,
    ...flat,
    manual: (build, items) => new manual.Mlp({ ...build, sizes: [features(items), 256, 64, items.classes] }),
    autograd: (build, items) =>
      new autograd.Mlp({ ...build, sizes: [features(items), 256, 64, items.classes] }),
  },
  DeepMlp: {
    ...classifier,
    ...flat,
    manual: (build, items) =>
      new manual.DeepMlp({ ...build, sizes: [features(items), 256, 128, 64, 32, items.classes] }),
    autograd: (build, items) =>
      new autograd.DeepMlp({ ...build, sizes: [features(items), 256, 128, 64, 32, items.classes] }),
  },
  LeNet5: convolutional("LeNet5", {
    wants: "images of 28 × 28 or 32 × 32",
    fits: (items) => isSquare(items, [28, 32]),
    made: { shape: [1, 28, 28], classes: 10 },
  }),
  CifarNet: convolutional("CifarNet", only32),
  AlexNet: convolutional("AlexNet", only32),
  Vgg11: convolutional("Vgg11", only32),
  ResNet20: convolutional("ResNet20", anySize),
  ResNet18: convolutional("ResNet18", anySize),
  MobileNet: convolutional("MobileNet", anySize),
};
