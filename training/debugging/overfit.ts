import type { StateDict } from "../../contracts/index.ts";
import { expectCount } from "../../contracts/internal.ts";
import { NDArray } from "../../np/index.ts";
import { describe, yieldToEventLoop } from "../../np/internal.ts";
import type { Batch } from "../loop/train-options.ts";
import { type DeadUnits, UnitWatch } from "./dead-units.ts";
import { allFinite } from "./non-finite.ts";
import { overfitCauses } from "./overfit-causes.ts";
import { isOfClass, type NamedPart, titleOf } from "./parts.ts";
import type { ModalPart } from "./restoring-model.ts";
import { wrapMethod } from "./wrap-method.ts";

export interface OverfitSettings {
  /** Maximum number of steps; default 500. */
  readonly steps?: number;
  /** The test succeeds when the loss is below this; default 0.01. */
  readonly below?: number;
}

/** The result of the test. */
export interface Overfit {
  /** Whether the loss fell below the bound. */
  readonly ok: boolean;
  /** The loss before each step. */
  readonly losses: readonly number[];
  /** The likely causes, most certain first; empty when ok. */
  readonly causes: readonly string[];
  /** The result in words. */
  readonly message: string;
}

/** A layer or module of the network. */
interface NetworkPart extends ModalPart {
  forward(...inputs: never[]): unknown;
}

/** One side's network in this test. */
export interface Trial {
  readonly model: { stateDict(): StateDict; train(mode?: boolean): unknown };
  readonly parts: readonly NamedPart<NetworkPart>[];
  readonly batch: Batch;
  readonly loss: object;
  /** The learnable arrays' names, among the keys of the state dict. */
  readonly learned: readonly string[];
  /** Computes gradients and takes one optimizer step. */
  readonly step: () => { readonly loss: number; readonly prediction: NDArray };
}

/** Everything that the test recorded. */
export interface Seen {
  readonly trial: Trial;
  readonly losses: readonly number[];
  readonly prediction: NDArray | null;
  readonly dead: readonly DeadUnits[];
  /** The learnable arrays that never changed. */
  readonly still: readonly string[];
  readonly bound: number;
}

/**
 * The shared part of both sides' `overfitOneBatch`: steps on one batch until the loss is near 0, or
 * explains why it is not.
 */
export async function overfit(
  trial: Trial,
  { steps = 500, below = 0.01 }: OverfitSettings,
): Promise<Overfit> {
  expectCount("overfitOneBatch", "steps", steps);
  if (!(below > 0))
    throw new RangeError(`overfitOneBatch: below is ${describe(below)}, expected a number > 0`);
  const { model, parts, learned } = trial;
  const start = new Map(learned.map((name) => [name, model.stateDict()[name]?.copy()]));
  model.train();
  // Dropout would keep the loss from falling; the test is whether the network can learn at all.
  for (const { part } of parts) if (isOfClass(part, /Dropout/)) part.training = false;
  const units = new UnitWatch();
  const undo = parts
    .filter(({ part }) => isOfClass(part, /^ReLU$/))
    .map((named) =>
      wrapMethod(named.part, "forward", (forward) => (...inputs) => {
        const y = forward(...inputs);
        units.see(titleOf(named), y instanceof NDArray ? y : (y as { readonly data: NDArray }).data);
        return y;
      }),
    );
  const losses: number[] = [];
  let prediction: NDArray | null = null;
  let dead: readonly DeadUnits[] = [];
  try {
    while (losses.length < steps && !((losses.at(-1) ?? Infinity) < below)) {
      const done = trial.step();
      losses.push(done.loss);
      prediction = done.prediction;
      dead = units.report();
      if (!Number.isFinite(done.loss) || !allFinite([prediction])) break;
      await yieldToEventLoop();
    }
  } finally {
    for (const unwrap of undo) unwrap();
  }
  const still = learned.filter((name) => equal(model.stateDict()[name], start.get(name)));
  const ok = (losses.at(-1) as number) < below;
  const causes = ok ? [] : overfitCauses({ trial, losses, prediction, dead, still, bound: below });
  const last = losses.at(-1) as number;
  const headline = ok
    ? `overfitOneBatch: the loss fell from ${brief(losses[0])} to ${brief(last)} in ${losses.length} steps: the network can learn this batch.`
    : `overfitOneBatch: the loss is ${brief(last)} after ${losses.length} steps from ${brief(losses[0])}, and should be below ${below}. Likely causes, most certain first:`;
  return { ok, losses, causes, message: [headline, ...causes.map((cause) => `  - ${cause}`)].join("\n") };
}

function equal(a: NDArray | undefined, b: NDArray | undefined): boolean {
  return a !== undefined && b !== undefined && a.equal(b).min().item() === 1;
}

function brief(x: number | undefined): string {
  return `${Number(x?.toPrecision(3))}`;
}
