import { Adam, CrossEntropyLoss, DeepMlp, evaluate, train } from "../../autograd/index.ts";
import { DataLoader } from "../../datasets/index.ts";
import { random } from "../../np/index.ts";
import { integer, listOf, type OptionTable, optional, settleOptions, text } from "../../np/internal.ts";
import { imagesOf, inFloat32 } from "../images.ts";
import { parameterCount } from "../parameter-count.ts";
import type { Report } from "../study.ts";

/** What a net of one width learned. Losses are cross entropies, the accuracy is a share. */
export interface GrownNet {
  readonly width: number;
  readonly parameters: number;
  readonly trainingLoss: number;
  /** After the last epoch. */
  readonly validationLoss: number;
  /** The lowest after any epoch: what early stopping keeps. */
  readonly bestValidationLoss: number;
  /** On the validation images, after the last epoch. */
  readonly validationAccuracy: number;
}

export interface GrowWidthsOptions {
  /** Numbers of hidden units. Default 2, 4, 8, …, 256. */
  readonly widths?: readonly number[];
  /** The data set. Default "digits". */
  readonly dataset?: string;
  /** How many images are trained on. Default 200. */
  readonly images?: number;
  /** How many images validate. Default 1000. */
  readonly validation?: number;
  /** Default 30. */
  readonly epochs?: number;
  /** Default 0. */
  readonly seed?: number;
}

const options: OptionTable<GrowWidthsOptions> = {
  widths: optional(
    listOf<readonly number[]>("a list of whole numbers, each 1 or more", { least: 1 }, { least: 1 }),
    [2, 4, 8, 16, 32, 64, 128, 256],
  ),
  dataset: optional(text, "digits"),
  images: optional(integer({ least: 1 }), 200),
  validation: optional(integer({ least: 1 }), 1000),
  epochs: optional(integer({ least: 1 }), 30),
  seed: optional(integer({ least: 0 }), 0),
};

/**
 * Trains nets of one hidden layer on the same images, a net for each width, as a design flow does
 * that starts small and grows. Each is trained with Adam, lr 1e-3, in batches of 32, in float32.
 * @throws DataError for a data set that is not on this machine
 * @example
 * const nets = await growWidths({ widths: [2, 64], images: 50, validation: 50, epochs: 2 });
 * nets.map(({ parameters }) => parameters) // [1600, 50890]
 */
export async function growWidths(given: GrowWidthsOptions = {}, report?: Report): Promise<GrownNet[]> {
  const contract = { name: "growWidths", positional: {}, options };
  const { widths, dataset, images, validation, epochs, seed } = settleOptions("growWidths", contract, given);
  const data = await imagesOf({ dataset, images, test: validation }, seed);
  const [training, held] = [inFloat32(data.train), inFloat32(data.test)];
  const classes = data.train.classes.length;
  const nets: GrownNet[] = [];
  for (const [i, width] of widths.entries()) {
    const sizes = [training.x.shape[1] ?? 0, width, classes];
    const model = new DeepMlp({ sizes, rng: random(seed).foldIn(width), dtype: "float32" });
    const loss = new CrossEntropyLoss();
    const history = await train(
      model,
      new DataLoader(training, { batchSize: 32, shuffle: true, rng: random(seed).foldIn(0) }),
      {
        loss,
        optimizer: new Adam(model.parameters()),
        epochs,
        validation: new DataLoader(held, { batchSize: 500 }),
        onEpoch: ({ epoch }) => report?.((i + epoch / epochs) / widths.length, `width ${width}`),
        warn: () => {}, // a net of two units may well have a dead one
      },
    );
    const end = await evaluate(model, new DataLoader(training, { batchSize: 500 }), loss);
    const last = history.epochs.at(-1);
    nets.push({
      width,
      parameters: parameterCount(model),
      trainingLoss: end.loss,
      validationLoss: last?.validationLoss ?? Number.NaN,
      bestValidationLoss: Math.min(...history.validationLosses),
      validationAccuracy: last?.validationAccuracy ?? Number.NaN,
    });
  }
  return nets;
}
