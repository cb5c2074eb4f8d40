import {
  Adam,
  Conv2d,
  CrossEntropyLoss,
  Flatten,
  Linear,
  MaxPool2d,
  type Module,
  noGrad,
  ReLU,
  Sequential,
  Tensor,
  train,
} from "../autograd/index.ts";
import { DataLoader, type Dataset } from "../datasets/index.ts";
import { concatenate, type NDArray, type Random } from "../np/index.ts";

const dtype = "float32";

/** Two linear layers on the flattened image. Shapes: (N, C, H, W) of the data → logits (N, classes). */
export function smallMlp({ x, classes }: Dataset, rng: Random): Module {
  const [, ...image] = x.shape;
  const inputs = image.reduce((product, length) => product * length, 1);
  return new Sequential(
    new Flatten(),
    new Linear(inputs, 64, { rng, dtype }),
    new ReLU(),
    new Linear(64, classes.length, { rng, dtype }),
  );
}

/** Two convolutions with pooling, then one linear layer. Shapes: as `smallMlp`. */
export function smallCnn({ x, classes }: Dataset, rng: Random): Module {
  const [, channels = 1, height = 0, width = 0] = x.shape;
  const left = Math.floor(height / 4) * Math.floor(width / 4);
  return new Sequential(
    new Conv2d(channels, 8, 3, { padding: 1, rng, dtype }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, 3, { padding: 1, rng, dtype }),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(16 * left, classes.length, { rng, dtype }),
  );
}

export interface BatchOptions {
  readonly epochs: number;
  readonly lr: number;
  /** Whether every epoch has a new order; otherwise the items come as they lie. */
  readonly shuffle: boolean;
  readonly rng: Random;
  /** Called with the share of the epochs that are done. */
  readonly report: (share: number) => void;
}

/** Trains on batches of 32 with Adam. */
export async function trainInBatches(
  model: Module,
  data: Dataset,
  { epochs, lr, shuffle, rng, report }: BatchOptions,
): Promise<void> {
  await train(model, new DataLoader(data, { batchSize: 32, shuffle, rng, dtype }), {
    loss: new CrossEntropyLoss(),
    optimizer: new Adam(model.parameters(), { lr }),
    epochs,
    onEpoch: ({ epoch }) => report(epoch / epochs),
    warn: () => {}, // a network that learns nothing is a result
  });
}

/** The scores of every class for every image, a batch at a time. Shapes: (N, C, H, W) → (N, classes). */
export async function scoresOf(model: Module, data: Dataset): Promise<NDArray> {
  const parts: NDArray[] = [];
  for await (const { x } of new DataLoader(data, { batchSize: 200, dtype }))
    parts.push(noGrad(() => model.forward(new Tensor(x))).data);
  return concatenate(parts);
}
