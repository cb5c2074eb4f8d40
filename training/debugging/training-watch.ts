import type { NDArray } from "../../np/index.ts";
import { type DeadUnits, UnitWatch } from "./dead-units.ts";
import { lossAtStart, normalized } from "./loss-input.ts";
import { isOfClass, type NamedPart, titleOf } from "./parts.ts";

/** A network that is watched. */
interface Watched {
  readonly training: boolean;
}

/**
 * The share of dead units in a layer that triggers a warning. In a healthy network with ten units
 * per layer, up to seven were seen dead.
 */
const manyDead = 0.9;

/** Layers that behave differently in evaluation than in training. */
const byMode: RegExp = /^(Alpha)?Dropout|^BatchNorm/;

/**
 * The shared part of both sides' `watch`: receives events and warns once about each likely mistake.
 */
export class TrainingWatch {
  readonly #model: Watched;
  readonly #warn: (message: string) => void;
  readonly #said = new Set<string>();
  readonly #byMode: string;
  readonly #relus = new UnitWatch();
  /** The layer that produced each array. */
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

  /** A layer returned y. */
  layerGave(part: NamedPart<object>, y: NDArray): void {
    if (!this.#madeBy.has(y)) this.#madeBy.set(y, part); // the innermost: a network may return its last layer's output
    if (this.#model.training && isOfClass(part.part, /^ReLU$/)) this.#relus.see(titleOf(part), y);
  }

  /** A loss with this value was computed from this prediction. */
  lossGave(loss: object, prediction: NDArray, value: NDArray): void {
    const before = this.#madeBy.get(prediction);
    if (isOfClass(loss, /^BCEWithLogitsLoss$/) && before && isOfClass(before.part, /^Sigmoid$/)) {
      this.#say(
        "sigmoid",
        `${titleOf(before)} comes before BCEWithLogitsLoss, which takes logits and applies the sigmoid itself; drop it, or use BCELoss`,
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
        `${named} gives log-probabilities to CrossEntropyLoss, which takes logits and applies log-softmax itself. Applying it twice changes nothing but costs time; drop it, or use NLLLoss`,
      );
    } else if (seen === "probabilities" || (before && isOfClass(before.part, /^Softmax$/))) {
      const least = Math.log(Math.E + classes - 1) - 1;
      this.#say(
        "softmax",
        `${named} gives probabilities to CrossEntropyLoss, which takes logits and applies softmax itself. With softmax applied twice, gradients shrink and the loss cannot fall below ${least.toPrecision(3)}; drop the softmax from forward`,
      );
    } else if (this.#isFirstLoss && this.#model.training && prediction.ndim === 2) {
      const { reduction, weight } = loss as { readonly reduction?: string; readonly weight?: object | null };
      const perItem = reduction === "mean" ? value.item() : value.sum().item() / n;
      // Only a mean is divided by the class weights; other values depend on their size.
      const suspicion = reduction === "mean" || !weight ? lossAtStart(perItem, classes) : null;
      if (suspicion) this.#say("start", suspicion);
    }
  }

  /** The optimizer is about to step. */
  stepBegins(): void {
    if (this.#byMode && !this.#model.training) {
      this.#say(
        "eval",
        `the optimizer steps while the model is in evaluation mode, where ${this.#byMode} behave differently than in training; call model.train() before the loop, and again after each evaluation`,
      );
    }
  }

  /** The model was run on an input that no backward follows. */
  evaluated(): void {
    if (this.#byMode && this.#model.training) {
      this.#say(
        "train",
        `the model is evaluated in training mode, where ${this.#byMode} behave differently than in evaluation; call model.eval() before, and model.train() after it`,
      );
    }
  }

  /** The step reused the gradients of an earlier step. */
  stepUsedOldGradients(): void {
    this.#say(
      "stale",
      "optimizer.step() ran twice on one backward: the same gradients were applied again; call zeroGrad(), forward, backward, step for every batch",
    );
  }

  /** backward added to gradients that a step had already used. */
  gradientsPiledUp(): void {
    this.#say(
      "zeroGrad",
      "backward added this batch's gradients to those of a batch that the optimizer has already used: zeroGrad() is missing; call optimizer.zeroGrad() before backward. (To accumulate several batches on purpose, do so before one step, then call zeroGrad())",
    );
  }

  /**
   * An epoch is over: warns about ReLU layers that were dead throughout. Where several ranks train,
   * `ofAll` makes the report of all from this rank's.
   */
  endEpoch(ofAll: OfAll = (own) => own): readonly DeadUnits[] {
    const report = ofAll(this.#relus.report());
    for (const { layer, dead, units } of report) {
      if (dead.length < manyDead * units) continue;
      this.#say(
        `dead ${layer}`,
        `${dead.length} of the ${units} units of ${layer} were 0 for every item of the epoch: no gradient passes through them now. Try a learning rate ten times smaller, inputs around 0, or LeakyReLU`,
      );
    }
    return report;
  }
}

type OfAll = (own: readonly DeadUnits[]) => readonly DeadUnits[];

/** The result of `watch`. */
export interface Watch {
  /**
   * Returns the ReLU units that were 0 for every item since the last call; warns where that is
   * nearly a whole layer. `ofAll` may change the report before that: `train` passes what puts those
   * of several ranks together.
   */
  endEpoch(ofAll?: (own: readonly DeadUnits[]) => readonly DeadUnits[]): readonly DeadUnits[];
  /** Resumes watching after `stop`. */
  start(): void;
  /** Removes all hooks from the model, the loss and the optimizer. */
  stop(): void;
}
