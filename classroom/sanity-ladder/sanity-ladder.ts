import { formatShape, type NDArray, ShapeError } from "../../np/index.ts";
import { count, expectArgument, ndarray, objectWith, optional, settleOptions } from "../../np/internal.ts";
import type { Markup } from "../../plots/internal.ts";
import type { Batch } from "../../training/index.ts";
import { Exhibit } from "../exhibit.ts";
import { htmlTable, textTable } from "../table.ts";
import {
  byHeart,
  deadUnits,
  gradientCheck,
  lossAtTheStart,
  type Rung,
  silentClasses,
  tinyStep,
} from "./rungs.ts";
import { type Classifier, type Side, sideOf } from "./side.ts";

export interface SanityLadderOptions {
  /** How many items are learned by heart. Default 50. */
  readonly items?: number | undefined;
  /** The steps of Adam at lr 0.01 that this may take. Default 200. */
  readonly steps?: number | undefined;
}

const contract = {
  name: "sanityLadder",
  positional: {},
  options: { items: optional(count(), 50), steps: optional(count(), 200) },
};

const aBatch = objectWith<Batch>("a batch { x, y }", { x: ndarray, y: ndarray });

const head = ["", "check", "seen", "cannot see"];

/** The rungs from the bottom up. */
export class SanityLadder extends Exhibit {
  readonly rungs: readonly Rung[];

  constructor(rungs: readonly Rung[]) {
    super();
    this.rungs = rungs;
  }

  get passed(): boolean {
    return this.rungs.every(({ passed }) => passed);
  }

  #cells(): string[][] {
    return this.rungs.map(({ name, passed, seen, cannotSee }) => [passed ? "✓" : "✗", name, seen, cannotSee]);
  }

  override toString(): string {
    return textTable(head, this.#cells());
  }

  override toHtml(): Markup {
    return htmlTable(head, this.#cells());
  }
}

/**
 * Six checks of a classifier before its first real training, with cross entropy as the loss. Each
 * says what it cannot see. Restores the model afterwards; its gradients are cleared.
 * Shapes: x (N, …), y (N,) class indices; the model gives logits (N, C).
 * @throws ShapeError for a model that gives anything but logits (N, C); TypeError for a model of
 * neither side, and for parameters in float32, where finite differences have too few digits
 * @see Karpathy, "A Recipe for Training Neural Networks", 2019; cs231n, "sanity checks"
 * @example
 * const { x, y } = datasets.blobs({ n: 60, seed: 1 });
 * const model = new manual.Linear(2, 3, { rng: np.random(1) });
 * (await sanityLadder(model, { x, y })).rungs.length // 6
 */
export async function sanityLadder(
  model: Classifier,
  batch: Batch,
  options: SanityLadderOptions = {},
): Promise<SanityLadder> {
  const side = sideOf(model);
  expectArgument("sanityLadder", "batch", aBatch, batch);
  const { items, steps } = settleOptions("sanityLadder", contract, options);
  return side.restoring(async () => {
    for (const { part } of side.parts) part.training = false;
    const classes = classesOf(side.logits(batch.x));
    expectDoubles(side, batch);
    const atRest = [lossAtTheStart(side, batch, classes), tinyStep(side, batch), gradientCheck(side, batch)];
    const units = [deadUnits(side, batch), silentClasses(side, batch)];
    return new SanityLadder([...atRest, await byHeart(side, batch, items, steps), ...units]);
  });
}

function classesOf(logits: NDArray): number {
  const [, classes = 0] = logits.shape;
  if (logits.ndim === 2 && classes > 1) return classes;
  throw new ShapeError(
    `sanityLadder: the model gives shape ${formatShape(logits.shape)}, expected logits (N, C) of two classes or more`,
  );
}

function expectDoubles(side: Side, batch: Batch): void {
  const single = side.gradients(batch).some(([parameter]) => parameter.dtype === "float32");
  if (single)
    throw new TypeError(
      'sanityLadder: the parameters are float32, which has too few digits for finite differences; build the model with dtype "float64"',
    );
}
