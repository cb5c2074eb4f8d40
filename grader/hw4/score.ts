import type { PlantedLayer } from "../../homework/internal.ts";
import type { Random } from "../../np/index.ts";
import { type Stratum, strata, type Variant } from "./bugs/index.ts";
import { unusual } from "./unusual.ts";

/** Bugs that are enough for all points. */
export const enough = 15;

/** One layer to be judged. */
export interface Planted {
  /** A twin is a bug's layer without the bug. */
  readonly kind: "bug" | "twin" | "unusual";
  /** The stratum's id; a bug and its twin have the same. */
  readonly stratum: string;
  readonly what: string;
  readonly layer: PlantedLayer;
}

/**
 * Twenty bugs, each with a right twin, and five unusual right layers; each drawn from its kind, in a drawn
 * order. A bug and its twin are drawn alike, so that only their backwards differ.
 */
export function plant(random: Random): readonly Planted[] {
  const variant = <V extends Variant>({ variants }: Stratum<V>): V =>
    variants[random.integers(0, variants.length)] as V;
  const pairs = strata.flatMap((one): readonly Planted[] => {
    const { what, layer, twin } = variant(one);
    const stratum = one.id;
    return [
      { kind: "bug", stratum, what, layer: layer(random) },
      { kind: "twin", stratum, what: `the right twin of ${what}`, layer: twin(random) },
    ];
  });
  const others = unusual.map((one): Planted => {
    const { what, layer } = variant(one);
    return { kind: "unusual", stratum: one.id, what, layer: layer(random) };
  });
  const layers = [...pairs, ...others];
  return [...random.permutation(layers.length).flat()].map((i) => layers[i] as Planted);
}

/** What a test said of a layer: null if it threw. */
export type Judged = Planted & { readonly isRight: boolean | null };

/** What these judgements are worth. */
export interface Score {
  /** Bugs that were called wrong and whose twin was called right. */
  readonly caught: number;
  /** Right layers, twins and unusual ones, that were not called right. */
  readonly falseAlarms: number;
  /** 0 … 15. */
  readonly points: number;
}

/**
 * A point for each bug that was caught while its twin passed, up to 15, and minus one for each right layer
 * that did not pass. A test that throws has neither caught a bug nor passed a right layer. Whoever guesses
 * without backward cannot tell a bug from its twin, and loses as many points as he gains.
 */
export function scoreOfTest(judged: readonly Judged[]): Score {
  const right = judged.filter(({ kind }) => kind !== "bug");
  const passed = new Set(right.filter(({ isRight }) => isRight === true).map(({ stratum }) => stratum));
  const bugs = judged.filter(({ kind, isRight }) => kind === "bug" && isRight === false);
  const caught = bugs.filter(({ stratum }) => passed.has(stratum)).length;
  const falseAlarms = right.filter(({ isRight }) => isRight !== true).length;
  return { caught, falseAlarms, points: Math.max(0, Math.min(enough, caught) - falseAlarms) };
}
