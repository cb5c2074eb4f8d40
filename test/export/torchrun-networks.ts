/** The networks that the tests of torchrun train on both sides, with their data. */
import * as autograd from "chalk-and-tape/autograd";
import {
  type ChannelStatistics,
  cifar10Statistics,
  digits,
  type Samples,
  shapes,
} from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { type Random, random } from "chalk-and-tape/np";
import type { Chalk, Trainee } from "./torchrun-rig.ts";

export type DType = "float64" | "float32";
interface Build {
  readonly rng: Random;
  readonly dtype: DType;
}

export interface Network {
  /** The last batch of an epoch is shorter than the others, and does not divide by the number of ranks. */
  readonly batchSize: number;
  readonly data: Samples;
  readonly normalizeBy: ChannelStatistics | null;
  readonly chalk: (dtype: DType) => Chalk;
  readonly tape: (dtype: DType) => Trainee;
}

function onBothSides(
  chalk: (build: Build) => manual.Layer,
  tape: (build: Build) => autograd.Module,
): Pick<Network, "chalk" | "tape"> {
  return {
    chalk(dtype) {
      const model = chalk({ rng: random(0), dtype });
      return { model, loss: new manual.CrossEntropyLoss(), optimizer: new manual.Adam(model.parameters()) };
    },
    tape(dtype) {
      const model = tape({ rng: random(0), dtype });
      return {
        model,
        loss: new autograd.CrossEntropyLoss(),
        optimizer: new autograd.Adam(model.parameters()),
      };
    },
  };
}

const images = digits({ n: 203, rng: random(1) });
const gray: Samples = { ...images, x: images.x.reshape(203, 1, 28, 28) };

export const networks = {
  Mlp: {
    batchSize: 50, // 4 of 50, and one of 3
    data: images,
    normalizeBy: null,
    ...onBothSides(
      (build) => new manual.Mlp(build),
      (build) => new autograd.Mlp(build),
    ),
  },
  LeNet5: {
    batchSize: 50,
    data: gray,
    normalizeBy: null,
    ...onBothSides(
      (build) => new manual.LeNet5(build),
      (build) => new autograd.LeNet5(build),
    ),
  },
  ResNet20: {
    batchSize: 7, // parts of 3 and 4, then of 1 and 2
    data: shapes({ n: 17, rng: random(2) }),
    normalizeBy: cifar10Statistics,
    ...onBothSides(
      (build) => new manual.ResNet20({ ...build, width: 0.25 }),
      (build) => new autograd.ResNet20({ ...build, width: 0.25 }),
    ),
  },
} satisfies Readonly<Record<string, Network>>;
export type NetworkName = keyof typeof networks;
