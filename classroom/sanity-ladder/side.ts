import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import type { NDArray } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import type { Batch, Overfit } from "../../training/index.ts";
import { type NamedPart, partsOf, restoringModel } from "../../training/internal.ts";

/** A classifier of either side. */
export type Classifier = manual.Layer | autograd.Module;

interface Part {
  training: boolean;
  forward(...inputs: never[]): unknown;
}

/** What the ladder asks of a network, whichever side it is from. */
export interface Side {
  readonly parts: readonly NamedPart<Part>[];
  /** Runs forward and loss; records nothing. */
  readonly logits: (x: NDArray) => NDArray;
  readonly loss: (batch: Batch) => number;
  /** Runs forward and backward, and returns each parameter with its gradient. */
  readonly gradients: (batch: Batch) => readonly (readonly [parameter: NDArray, gradient: NDArray])[];
  readonly overfit: (batch: Batch, steps: number) => Promise<Overfit>;
  /** Runs an experiment, then restores weights, modes and random streams. */
  readonly restoring: <T>(experiment: () => Promise<T>) => Promise<T>;
}

/** @throws TypeError for what is neither a layer nor a module */
export function sideOf(model: unknown): Side {
  if (model instanceof manual.Layer) return chalk(model);
  if (model instanceof autograd.Module) return tape(model);
  throw new TypeError(
    `sanityLadder: model is ${describe(model)}, expected a network of chalk or of the tape, such as new Mlp()`,
  );
}

function chalk(model: manual.Layer): Side {
  const parts = partsOf(model, (part) => part instanceof manual.Layer);
  const loss = new manual.CrossEntropyLoss();
  return {
    parts,
    logits: (x) => model.forward(x),
    loss: ({ x, y }) => loss.forward(model.forward(x), y).item(),
    gradients: (batch) => {
      model.zeroGrad();
      manual.computeGradients(model, batch, loss);
      return model
        .parameters()
        .flatMap(({ value, gradient }) => (gradient ? [[value, gradient] as const] : []));
    },
    overfit: (batch, steps) =>
      manual.overfitOneBatch(model, batch, {
        loss,
        steps,
        optimizer: (all) => new manual.Adam(all, { lr: 1e-2 }),
      }),
    restoring: (experiment) => restoringModel(model, parts, experiment),
  };
}

function tape(model: autograd.Module): Side {
  const parts = partsOf(model, (part) => part instanceof autograd.Module);
  const loss = new autograd.CrossEntropyLoss();
  const logits = (x: NDArray): NDArray => autograd.noGrad(() => model.forward(new autograd.Tensor(x))).data;
  return {
    parts,
    logits,
    loss: ({ x, y }) => autograd.noGrad(() => loss.forward(new autograd.Tensor(logits(x)), y)).item(),
    gradients: (batch) => {
      model.zeroGrad();
      autograd.computeGradients(model, batch, loss);
      return model.parameters().flatMap(({ data, grad }) => (grad ? [[data, grad.data] as const] : []));
    },
    overfit: (batch, steps) =>
      autograd.overfitOneBatch(model, batch, {
        loss,
        steps,
        optimizer: (all) => new autograd.Adam(all, { lr: 1e-2 }),
      }),
    restoring: (experiment) => restoringModel(model, parts, experiment),
  };
}
