import { CrossEntropyLoss, type Mlp, SGD } from "../../manual/index.ts";
import { array, type NDArray, type Random } from "../../np/index.ts";
import type { Examiner } from "../checks/check.ts";
import type { Arrays } from "../protocol/frame.ts";
import { agreeValue, expectUntouched, type Slip } from "./agreeing.ts";
import { logitsAndTarget } from "./inputs.ts";
import { drawnParameters, networkOf, parameterNames, type Sizes } from "./network.ts";

/** What to train on, and how. */
export interface Training {
  readonly values: Arrays;
  /** (N, D) */
  readonly x: NDArray;
  /** (N,) */
  readonly y: NDArray;
  readonly batchSize: number;
  readonly epochs: number;
  readonly lr: number;
  readonly momentum: number;
}

/** Draws a small network and N points for it. */
export function drawnTraining(
  random: Random,
  { sizes, N }: { readonly sizes: Sizes; readonly N: number },
): Pick<Training, "values" | "x" | "y"> {
  const values = drawnParameters(random, sizes);
  const { target } = logitsAndTarget(random, N, sizes[3]);
  return { values, x: random.normal(0, 1, [N, sizes[0]]), y: target };
}

/**
 * The loss of each epoch, and the parameters after the last one.
 * @throws Failure
 */
export async function examineTraining({ ask }: Examiner, training: Training): Promise<void> {
  const { values, x, y, batchSize, epochs, lr, momentum } = training;
  const numbers = { batchSize, epochs, lr, momentum };
  const sent = Object.entries(numbers).map(([name, value]) => [name, array(value)]);
  const found = await ask("train", { ...values, x, y, ...Object.fromEntries(sent) });
  const { model, losses, means } = trained(training);
  const slips: readonly Slip[] = [
    {
      cause: "wrong count",
      what: "is the mean over the batches",
      cure: "a smaller last batch counts less: weigh each loss by its number of images",
      value: () => array(means),
    },
    {
      cause: "term missing",
      what: "leaves out the last, smaller batch",
      cure: "the last batch may be smaller, and is used as well",
      value: () => array(trained(training, { onlyFull: true }).losses),
    },
    {
      cause: "accumulated",
      what: "is that of gradients which add up from batch to batch",
      cure: "in Linear.backward, assign the gradients (=) instead of adding to them",
      value: () => array(trained(training, { addsUp: true }).losses),
    },
  ];
  agreeValue("the loss of each epoch", found.losses, array(losses), { slips });
  const layers = [model.layer1, model.layer2, model.layer3];
  for (const [i, value] of layers.flatMap(({ weight, bias }) => [weight, bias as NDArray]).entries())
    agreeValue(`${parameterNames[i]} after training`, found[`p${i}`], value);
  expectUntouched("x", found.x, x);
}

interface Trained {
  readonly model: Mlp;
  readonly losses: number[];
  /** Of each epoch, the mean over its batches. */
  readonly means: number[];
}

function trained(
  { values, x, y, batchSize, epochs, lr, momentum }: Training,
  { onlyFull = false, addsUp = false }: { readonly onlyFull?: boolean; readonly addsUp?: boolean } = {},
): Trained {
  const model = networkOf(values);
  const parameters = model.parameters();
  const loss = new CrossEntropyLoss();
  const optimizer = new SGD(parameters, { lr, momentum });
  const N = x.shape[0] as number;
  const [losses, means]: [number[], number[]] = [[], []];
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [sum, count, ofBatches, batches] = [0, 0, 0, 0];
    for (let from = 0; from < N; from += batchSize) {
      const to = Math.min(from + batchSize, N);
      if (onlyFull && to - from < batchSize) break;
      const value = loss.forward(model.forward(x.slice([from, to])), y.slice([from, to])).item();
      [sum, count] = [sum + value * (to - from), count + to - from];
      [ofBatches, batches] = [ofBatches + value, batches + 1];
      const before = parameters.map(({ gradient }) => gradient);
      model.backward(loss.backward());
      if (addsUp)
        for (const [i, parameter] of parameters.entries())
          parameter.gradient = (parameter.gradient as NDArray).add(before[i] ?? 0);
      optimizer.step();
    }
    losses.push(sum / count);
    means.push(ofBatches / batches);
  }
  return { model, losses, means };
}
