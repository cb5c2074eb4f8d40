import { functionOf, having, settleOptions, withoutDefault } from "../../np/internal.ts";
import type { Watch } from "../../training/index.ts";
import { expectModel, Hooks, partsOf, TrainingWatch, wrapMethod } from "../../training/internal.ts";
import type { Loss } from "../loss.ts";
import { parametersOf } from "../lost-leaves.ts";
import { isModule, type Module } from "../module.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { isRecording, isTensor } from "../tape.ts";
import type { Tensor } from "../tensor.ts";

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
 * Watches your own training loop and warns once about each likely mistake: a forgotten zeroGrad,
 * softmax before CrossEntropyLoss, a model in the wrong mode, a first loss far above −log(1/C),
 * dead ReLUs, a step without a new backward. `train` does this automatically.
 */
export function watch(model: Module, options: WatchOptions = {}): Watch {
  expectModel("watch", model, "namedParameters");
  const { loss, optimizer, warn } = settleOptions("watch", watchContract, options);
  const parts = partsOf(model, isModule);
  const told = new TrainingWatch(model, parts, warn);
  // Parameters that the optimizer does not hold are frozen; their gradients may pile up.
  const held = optimizer ? parametersOf(optimizer) : [];
  const parameters = model.parameters().filter((p) => held.length === 0 || held.includes(p));
  let used: (Tensor | null)[] = [];
  const hooks = new Hooks(() => [
    ...parts.map((part) =>
      wrapMethod(part.part, "forward", (forward) => (...inputs) => {
        const y = forward(...inputs);
        if (isTensor(y)) told.layerGave(part, y.data);
        return y;
      }),
    ),
    wrapMethod(model, "forward", (forward) => (x) => {
      // Without recording, no backward can follow.
      if (!isRecording()) told.evaluated();
      return forward(x);
    }),
    ...parameters.map((p, i) =>
      onAssign(p, (before, after) => {
        if (before === used[i] && after.data.flat().some((value) => value !== 0)) told.gradientsPiledUp();
      }),
    ),
    ...(loss
      ? [
          wrapMethod(loss, "forward", (forward) => (prediction, target) => {
            const value = forward(prediction, target);
            told.lossGave(loss, prediction.data, value.data);
            return value;
          }),
        ]
      : []),
    ...(optimizer
      ? [
          wrapMethod(optimizer, "step", (step) => () => {
            told.stepBegins();
            const gradients = parameters.map((p) => p.grad);
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

/** Calls `tell` when a parameter's gradient is replaced by another one. */
function onAssign(p: Tensor, tell: (before: Tensor, after: Tensor) => void): () => void {
  let { grad } = p;
  const shared = { configurable: true, enumerable: true };
  Object.defineProperty(p, "grad", {
    ...shared,
    get: () => grad,
    set(after: Tensor | null) {
      if (grad && after) tell(grad, after);
      grad = after;
    },
  });
  return () => void Object.defineProperty(p, "grad", { ...shared, writable: true, value: grad });
}
