import type { NDArray } from "../../np/index.ts";
import { type DeadUnits, UnitWatch } from "./dead-units.ts";
import { lossAtStart, normalized } from "./loss-input.ts";
import { isOfClass, type NamedPart, titleOf } from "./parts.ts";

/** A network that is watched. */
interface Watched {
  readonly training: boolean;
}

/** From this share of a layer on, dead units are worth a word. In a sound network of ten units a layer, up to seven are seen dead. */
const manyDead = 0.9;

/** Layers that do something else in evaluation than in training. */
const byMode: RegExp = /^(Alpha)?Dropout|^BatchNorm/;

/** What both sides' `watch` share: it is told what happens, and warns, once each, of what is likely a mistake. */
export class TrainingWatch {
  readonly #model: Watched;
  readonly #warn: (message: string) => void;
  readonly #said = new Set<string>();
  readonly #byMode: string;
  readonly #relus = new UnitWatch();
  /** Which layer's output an array is. */
  readonly #madeBy = new WeakMap<NDArray, NamedPart<object>>();
  #isFirstLoss = true;

  constructor(
    model: Watched,
    parts: readonly NamedPart<object>[],
    warn: (message: string) => void = (message) => console.warn(message),
  ) {
    this.#model = model;
    this.#warn = warn;
    this.#byMode = parts
      .filter(({ part }) => isOfClass(part, byMode))
      .map(titleOf)
      .join(", ");
  }

  #say(key: string, message: string): void {
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.#warn(`Beware: ${message}.`);
  }

  /** A layer gave y. */
  layerGave(part: NamedPart<object>, y: NDArray): void {
    if (!this.#madeBy.has(y)) this.#madeBy.set(y, part); // the innermost: a network may pass its last layer's output on
    if (this.#model.training && isOfClass(part.part, /^ReLU$/)) this.#relus.see(titleOf(part), y);
  }

  /** A loss of so much was computed from this prediction. */
  lossGave(loss: object, prediction: NDArray, value: NDArray): void {
    const before = this.#madeBy.get(prediction);
    if (isOfClass(loss, /^BCEWithLogitsLoss$/) && before && isOfClass(before.part, /^Sigmoid$/)) {
      this.#say(
        "sigmoid",
        `${titleOf(before)} stands before BCEWithLogitsLoss, which takes logits and applies the sigmoid itself; drop it, or use BCELoss`,
      );
    }
    if (isOfClass(loss, /^CrossEntropyLoss$/)) this.#crossEntropy(loss, prediction, value, before);
    this.#isFirstLoss = false;
  }

  #crossEntropy(
    loss: object,
    prediction: NDArray,
    value: NDArray,
    before: NamedPart<object> | undefined,
  ): void {
    const named = before && isOfClass(before.part, /^(Log)?Softmax$/) ? titleOf(before) : "forward";
    const [n = 1, classes = 1] = prediction.shape;
    const seen = this.#isFirstLoss ? normalized(prediction) : null;
    const isLog = seen === "log-probabilities" || (before && isOfClass(before.part, /^LogSoftmax$/));
    if (isLog) {
      this.#say(
        "softmax",
        `${named} gives log-probabilities to CrossEntropyLoss, which takes logits and applies log-softmax itself. Twice is as good as once, but it costs time; drop it, or use NLLLoss`,
      );
    } else if (seen === "probabilities" || (before && isOfClass(before.part, /^Softmax$/))) {
      const least = Math.log(Math.E + classes - 1) - 1;
      this.#say(
        "softmax",
        `${named} gives probabilities to CrossEntropyLoss, which takes logits and applies softmax itself. Done twice, gradients shrink and the loss cannot fall below ${least.toPrecision(3)}; drop the softmax from forward`,
      );
    } else if (this.#isFirstLoss && this.#model.training && prediction.ndim === 2) {
      const { reduction } = loss as { readonly reduction?: string };
      const perItem = reduction === "mean" ? value.item() : value.sum().item() / n;
      const suspicion = lossAtStart(perItem, classes);
      if (suspicion) this.#say("start", suspicion);
    }
  }

  /** The optimizer is about to step. */
  stepBegins(): void {
    if (this.#byMode && !this.#model.training) {
      this.#say(
        "eval",
        `the optimizer steps while the model is in evaluation mode, where ${this.#byMode} do something else than in training; call model.train() before the loop, and again after each evaluation`,
      );
    }
  }

  /** The model was run on something that no backward follows. */
  evaluated(): void {
    if (this.#byMode && this.#model.training) {
      this.#say(
        "train",
        `the model is evaluated in training mode, where ${this.#byMode} do something else than in evaluation; call model.eval() before, and model.train() after it`,
      );
    }
  }

  /** The step used gradients that an earlier step had used. */
  stepUsedOldGradients(): void {
    this.#say(
      "stale",
      "optimizer.step() ran twice on one backward: the same gradients were applied again; call zeroGrad(), forward, backward, step for every batch",
    );
  }

  /** backward added to gradients that a step had used. */
  gradientsPiledUp(): void {
    this.#say(
      "zeroGrad",
      "backward added this batch's gradients to those of a batch that the optimizer has already used: zeroGrad() is missing; call optimizer.zeroGrad() before backward. (To add up several batches on purpose, do so before one step, and then zeroGrad())",
    );
  }

  /** An epoch is over: layers of ReLUs that were dead all through it are told. */
  endEpoch(): readonly DeadUnits[] {
    const report = this.#relus.report();
    for (const { layer, dead, units } of report) {
      if (dead.length < manyDead * units) continue;
      this.#say(
        `dead ${layer}`,
        `${dead.length} of the ${units} units of ${layer} were 0 for every item of the epoch: no gradient passes them, so they cannot come back. Try a learning rate ten times smaller, inputs around 0, LeakyReLU`,
      );
    }
    return report;
  }
}

/** What `watch` returns. */
export interface Watch {
  /** Which units of the ReLUs were 0 for every item since the last call; warns where that is nearly a whole layer. */
  endEpoch(): readonly DeadUnits[];
  /** Watches again after `stop`. */
  start(): void;
  /** Takes all hooks off the model, the loss and the optimizer. */
  stop(): void;
}
