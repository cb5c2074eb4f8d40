import type { NDArray } from "../../np/index.ts";
import { functionOf, having, settleOptions, withoutDefault } from "../../np/internal.ts";
import type { Watch } from "../../training/index.ts";
import { expectModel, Hooks, partsOf, TrainingWatch, wrapMethod } from "../../training/internal.ts";
import { isLayer, type Layer } from "../layer.ts";
import type { Loss } from "../loss.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";

export interface WatchOptions {
  readonly loss?: Loss;
  readonly optimizer?: Pick<Optimizer, "step">;
  /** Receives each warning once; default console.warn. */
  readonly warn?: (message: string) => void;
}

const watchContract = {
  name: "watch",
  positional: {},
  options: {
    loss: withoutDefault(having<Loss>("a loss, such as new MSELoss()", "forward")),
    optimizer: withoutDefault(having<Pick<Optimizer, "step">>("an optimizer, such as new SGD(…)", "step")),
    warn: withoutDefault(functionOf<(message: string) => void>("a function of a text")),
  },
};

/**
 * Watches your own training loop and warns once about each likely mistake: softmax before
 * CrossEntropyLoss, a model in the wrong mode, a first loss far above −log(1/C), dead ReLUs, a step
 * without a new backward. `train` does this automatically. A forgotten zeroGrad, the classic
 * mistake on the tape, is harmless in chalk, whose backward assigns gradients instead of adding to
 * them.
 */
export function watch(model: Layer, options: WatchOptions = {}): Watch {
  expectModel("watch", model, "backward");
  const { loss, optimizer, warn } = settleOptions("watch", watchContract, options);
  const parts = partsOf(model, isLayer);
  const told = new TrainingWatch(model, parts, warn);
  const parameters = model.parameters();
  let used: (NDArray | null)[] = [];
  let awaitsBackward = false;
  const hooks = new Hooks(() => [
    ...parts.map((part) =>
      wrapMethod(part.part, "forward", (forward) => (...inputs) => {
        const y = forward(...inputs);
        told.layerGave(part, y);
        return y;
      }),
    ),
    wrapMethod(model, "forward", (forward) => (x) => {
      // Chalk remembers only the last forward; one that no backward followed was an evaluation.
      if (awaitsBackward) told.evaluated();
      awaitsBackward = model.training;
      return forward(x);
    }),
    wrapMethod(model, "backward", (backward) => (dy, ...options) => {
      awaitsBackward = false;
      return backward(dy, ...options);
    }),
    ...(loss
      ? [
          wrapMethod(loss, "forward", (forward) => (prediction, target) => {
            const value = forward(prediction, target);
            told.lossGave(loss, prediction, value);
            return value;
          }),
        ]
      : []),
    ...(optimizer
      ? [
          wrapMethod(optimizer, "step", (step) => () => {
            told.stepBegins();
            const gradients = parameters.map((p) => p.gradient);
            if (gradients.some((gradient, i) => gradient && gradient === used[i]))
              told.stepUsedOldGradients();
            step();
            used = gradients;
          }),
        ]
      : []),
  ]);
  return { endEpoch: (ofAll) => told.endEpoch(ofAll), start: () => hooks.start(), stop: () => hooks.stop() };
}
