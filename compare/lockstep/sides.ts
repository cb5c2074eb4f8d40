import * as autograd from "../../autograd/index.ts";
import { slotOf } from "../../autograd/internal.ts";
import * as manual from "../../manual/index.ts";
import type { Ranks } from "../../training/index.ts";
import { makeRunner, type Runner, type Trainee } from "./runner.ts";

/** Trains a network of layers, whose backward passes are written by hand. */
export function chalkRunner(
  { model, loss, optimizer }: Trainee<manual.Layer, manual.Loss, manual.Optimizer>,
  ranks: Ranks | null,
): Runner {
  return makeRunner(ranks, {
    model,
    loss,
    optimizer,
    computeGradients: (batch) => manual.computeGradients(model, batch, loss),
    evaluate({ x, y }) {
      const prediction = model.forward(x);
      return { loss: loss.forward(prediction, y).item(), prediction };
    },
    slots: () => model.parameters(),
    gradients: () => new Map(model.parameters().flatMap((p) => (p.gradient ? [[p.name, p.gradient]] : []))),
  });
}

/** Trains a network of modules, whose gradients come from the tape. */
export function tapeRunner(
  { model, loss, optimizer }: Trainee<autograd.Module, autograd.Loss, autograd.Optimizer>,
  ranks: Ranks | null,
): Runner {
  return makeRunner(ranks, {
    model,
    loss,
    optimizer,
    computeGradients: (batch) => autograd.computeGradients(model, batch, loss),
    evaluate: ({ x, y }) =>
      autograd.noGrad(() => {
        const prediction = model.forward(new autograd.Tensor(x));
        return { loss: loss.forward(prediction, y).item(), prediction: prediction.data };
      }),
    slots: () => model.parameters().map(slotOf),
    gradients: () =>
      new Map(model.namedParameters().flatMap(([name, p]) => (p.grad ? [[name, p.grad.data]] : []))),
  });
}
