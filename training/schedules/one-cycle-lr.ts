import { settle } from "../../np/internal.ts";
import * as contracts from "./contracts.ts";
import { expectGroups, perGroup, type ScheduledOptimizer } from "./initial-lr.ts";
import { LRScheduler } from "./lr-scheduler.ts";

export interface OneCycleOptions {
  /** The number of steps in the cycle; default null: epochs · stepsPerEpoch. */
  readonly totalSteps?: number | null;
  /** The number of epochs, used without `totalSteps`; default null. */
  readonly epochs?: number | null;
  /** The number of batches per epoch; default null. */
  readonly stepsPerEpoch?: number | null;
  /** The fraction of the steps in which the learning rate rises; default 0.3. */
  readonly pctStart?: number;
  /** The shape of each rise and fall; default "cos". */
  readonly annealStrategy?: "cos" | "linear";
  /**
   * Whether the momentum (or the first beta) falls while the learning rate rises, and vice versa;
   * default true.
   */
  readonly cycleMomentum?: boolean;
  /** The momentum at the highest learning rate; default 0.85. */
  readonly baseMomentum?: number | readonly number[];
  /** The momentum at both ends; default 0.95. */
  readonly maxMomentum?: number | readonly number[];
  /** maxLr / the first learning rate; default 25. */
  readonly divFactor?: number;
  /** The first learning rate / the last; default 1e4. */
  readonly finalDivFactor?: number;
  /** Whether the return to the first learning rate is a separate phase; default false. */
  readonly threePhase?: boolean;
}

type Level = "initial" | "max" | "min";
/** A phase from the end of the previous one to `end`, a step that may be fractional. */
interface Phase {
  readonly end: number;
  readonly from: Level;
  readonly to: Level;
}

/**
 * Rises from maxLr / divFactor to maxLr, then falls to almost 0; one step per batch. With
 * `cycleMomentum` the momentum does the opposite.
 * @throws RangeError for an option outside its range, for `cycleMomentum` with an optimizer that
 * has neither momentum nor betas, and for a step beyond the last
 * @see Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
 * Learning Rates", 2018, section 3
 */
export class OneCycleLR extends LRScheduler {
  constructor(
    optimizer: ScheduledOptimizer,
    maxLr: number | readonly number[],
    options: OneCycleOptions = {},
  ) {
    const where = "OneCycleLR";
    const given = settle(contracts.OneCycleLR, { optimizer, maxLr }, options);
    const { pctStart, annealStrategy, cycleMomentum, baseMomentum, maxMomentum } = given;
    const { totalSteps, epochs, stepsPerEpoch, divFactor, finalDivFactor, threePhase } = given;
    const total = totalSteps ?? (epochs ?? 0) * (stepsPerEpoch ?? 0);
    const groups = expectGroups(where, optimizer);
    const maxLrs = perGroup(where, "maxLr", maxLr, groups);
    const [low, high] = [
      perGroup(where, "baseMomentum", baseMomentum, groups),
      perGroup(where, "maxMomentum", maxMomentum, groups),
    ];
    if (cycleMomentum && !groups.every((group) => group.betas || group.momentum !== undefined))
      throw new RangeError(
        `${where}: optimizer must support momentum or beta1 with \`cycle_momentum\` option enabled; pass { cycleMomentum: false }`,
      );
    const phases = phasesOf(total, pctStart, threePhase);
    const anneal = annealStrategy === "cos" ? cosine : linear;
    super(optimizer, (_base, step, group) => {
      if (step > total)
        throw new RangeError(
          `${where}: Tried to step ${step} times. The specified number of total steps is ${total}`,
        );
      const initial = (maxLrs[group] as number) / divFactor;
      const lrs = { initial, max: maxLrs[group] as number, min: initial / finalDivFactor };
      const momenta = { initial: high[group], max: low[group], min: high[group] } as Record<Level, number>;
      const { from, to, share } = placeIn(phases, step);
      const lr = anneal(lrs[from], lrs[to], share);
      return cycleMomentum ? { lr, momentum: anneal(momenta[from], momenta[to], share) } : { lr };
    });
  }
}

function phasesOf(total: number, pctStart: number, threePhase: boolean): readonly Phase[] {
  const up: Phase = { end: pctStart * total - 1, from: "initial", to: "max" };
  if (!threePhase) return [up, { end: total - 1, from: "max", to: "min" }];
  return [
    up,
    { end: 2 * pctStart * total - 2, from: "max", to: "initial" },
    { end: total - 1, from: "initial", to: "min" },
  ];
}

/**
 * The phase of a step and the fraction of it that has passed: more than 1 beyond the last phase,
 * and 1 for an empty phase.
 */
function placeIn(phases: readonly Phase[], step: number): Phase & { readonly share: number } {
  const found = phases.findIndex(({ end }) => step <= end);
  const at = found < 0 ? phases.length - 1 : found;
  const phase = phases[at] as Phase;
  const start = phases[at - 1]?.end ?? 0;
  return { ...phase, share: phase.end === start ? 1 : (step - start) / (phase.end - start) };
}

function cosine(start: number, end: number, share: number): number {
  return end + ((start - end) / 2) * (1 + Math.cos(Math.PI * share));
}
function linear(start: number, end: number, share: number): number {
  return start + (end - start) * share;
}
