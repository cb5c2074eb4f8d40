import type { NDArray, Random } from "../../np/index.ts";
import type { CheckRow } from "../report/report.ts";
import type { LayerLike } from "../structure/own-layer.ts";
import type { OwnParameter } from "../structure/own-parameters.ts";

/** Arrays by name. */
export type Named = ReadonlyMap<string, NDArray>;

/** Somebody's class: how to make objects of it that start equal, and two draws of inputs. */
export interface Specimen {
  readonly title: string;
  /** Makes a new object with the same parameters every time. */
  make(): LayerLike;
  parametersOf(layer: LayerLike): readonly OwnParameter[];
  /** The names of the inputs, in forward's order. */
  readonly names: readonly string[];
  /** Inputs of one shape, drawn twice. */
  readonly draws: readonly [readonly NDArray[], readonly NDArray[]];
  /** The shape of y. */
  readonly shape: readonly number[];
  readonly rng: Random;
  /** Whether finite differences cannot judge its gradients, as where some are 0 on purpose; default false. */
  readonly noDifferences?: boolean;
}

/** One habit of a right layer that has nothing to do with its formula; null where it does not apply. */
export type Habit = (specimen: Specimen) => CheckRow | null;
