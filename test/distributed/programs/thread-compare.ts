/** A comparison of small networks with all that ranks must agree on, for `thread-ranks.ts`. */
import * as autograd from "chalk-and-tape/autograd";
import { type CompareOptions, type CompareOutcome, compare } from "chalk-and-tape/compare";
import { blobs, DataLoader } from "chalk-and-tape/datasets";
import type { Ranks } from "chalk-and-tape/distributed";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import { Checkpoint } from "chalk-and-tape/training";

export interface Given {
  readonly dtype?: "float64" | "float32";
  /** Also batch normalisation and dropout, which see parts of batches. */
  readonly isDivided?: boolean;
  readonly batchSize?: number;
  readonly checkpoint?: string;
  /** Throws after this many steps. */
  readonly stopAfter?: number;
  /** This rank's tape gets other weights in its third step. */
  readonly wrongRank?: number;
  /** Each rank starts from weights and streams of its own. */
  readonly ownSeeds?: boolean;
  /** This rank asks for one more epoch. */
  readonly moreEpochs?: number;
}

export interface Found {
  readonly outcome: Omit<CompareOutcome, "epochs"> & { readonly epochs: unknown };
  readonly weights: readonly (readonly number[])[];
  readonly message?: string;
}

const times = ["seconds", "updateSeconds", "allReduceSeconds"];

export default async function run(ranks: Ranks | null, given: Given): Promise<Found> {
  const { dtype = "float64", isDivided, batchSize = 7, checkpoint, stopAfter, wrongRank } = given;
  const rank = ranks?.rank ?? 0;
  const seed = given.ownSeeds ? 3 + rank : 3;
  const chalk = chalkNet(seed, dtype, isDivided ?? false);
  const tape = tapeNet(seed, dtype, isDivided ?? false);
  const data = blobs({ n: 45, centers: 3, rng: random(1) });
  let steps = 0;
  const options: CompareOptions = {
    manual: {
      model: chalk,
      loss: new manual.CrossEntropyLoss(),
      optimizer: new manual.Adam(chalk.parameters()),
    },
    autograd: {
      model: tape,
      loss: new autograd.CrossEntropyLoss(),
      optimizer: new autograd.Adam(tape.parameters()),
    },
    train: new DataLoader(data, { batchSize, shuffle: true, rng: random(2), dtype, ranks }),
    test: new DataLoader(data, { batchSize: 20, dtype, ranks }),
    epochs: rank === given.moreEpochs ? 4 : 3,
    ...(checkpoint && { checkpoint: new Checkpoint(checkpoint, { everySteps: 1, resume: true }) }),
    onStep: () => {
      steps += 1;
      if (steps === stopAfter) throw new Error("stopped");
      if (steps === 3 && rank === wrongRank)
        for (const p of tape.parameters()) p.data.copyFrom(p.data.add(1e-3));
    },
  };
  try {
    const outcome = await compare(options);
    const states = [chalk.stateDict(), tape.stateDict()];
    const weights = states.map((state) => Object.values(state).flatMap((x: NDArray) => [...x.flat()]));
    const epochs = JSON.parse(JSON.stringify(outcome.epochs), (key, x) =>
      times.includes(key) ? undefined : x,
    );
    return { outcome: { ...outcome, epochs }, weights };
  } catch (error) {
    const outcome = { epochs: [], agree: false, verdict: "", parity: [] };
    return { outcome, weights: [], message: (error as Error).message };
  }
}

function chalkNet(seed: number, dtype: "float64" | "float32", isDivided: boolean): manual.Sequential {
  const options = { rng: random(seed), dtype };
  const between = isDivided
    ? [new manual.BatchNorm1d(8, { dtype }), new manual.Dropout(0.3, { rng: options.rng })]
    : [];
  const [first, last] = [new manual.Linear(2, 8, options), new manual.Linear(8, 3, options)];
  return new manual.Sequential(first, ...between, new manual.Tanh(), last);
}

function tapeNet(seed: number, dtype: "float64" | "float32", isDivided: boolean): autograd.Sequential {
  const options = { rng: random(seed), dtype };
  const between = isDivided
    ? [new autograd.BatchNorm1d(8, { dtype }), new autograd.Dropout(0.3, { rng: options.rng })]
    : [];
  const [first, last] = [new autograd.Linear(2, 8, options), new autograd.Linear(8, 3, options)];
  return new autograd.Sequential(first, ...between, new autograd.Tanh(), last);
}
