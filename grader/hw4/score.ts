import type { PlantedLayer } from "../../homework/internal.ts";
import type { Random } from "../../np/index.ts";
import { type Stratum, strata } from "./bugs/index.ts";
import { ordinary, unusual } from "./unusual.ts";

/** Bugs that are enough for all points. */
export const enough = 15;

/** One layer to be judged. */
export interface Planted {
  readonly kind: "bug" | "unusual" | "ordinary";
  /** The stratum's id. */
  readonly stratum: string;
  readonly what: string;
  readonly layer: PlantedLayer;
}

/** Twenty bugs, five unusual right layers and five ordinary ones, each drawn from its kind, in a drawn order. */
export function plant(random: Random): readonly Planted[] {
  const drawn = (kind: Planted["kind"], { id, variants }: Stratum): Planted => {
    const { what, layer } = variants[random.integers(0, variants.length)] as Stratum["variants"][number];
    return { kind, stratum: id, what, layer: layer(random) };
  };
  const layers = [
    ...strata.map((one) => drawn("bug", one)),
    ...unusual.map((one) => drawn("unusual", one)),
    ...ordinary.variants.map(
      ({ what, layer }): Planted => ({ kind: "ordinary", stratum: "ordinary", what, layer: layer(random) }),
    ),
  ];
  return [...random.permutation(layers.length).flat()].map((i) => layers[i] as Planted);
}

/** What a test said of a layer: null if it threw. */
export type Judged = Planted & { readonly isRight: boolean | null };

/** What these judgements are worth. */
export interface Score {
  readonly caught: number;
  readonly falseAlarms: number;
  /** 0 … 15. */
  readonly points: number;
}

/**
 * A point for each bug that was caught, up to 15, and minus one for each unusual right layer that was
 * called wrong. A test that throws has neither caught a bug nor passed a right layer. A test that does
 * not pass all ordinary layers earns nothing: it does not test.
 */
export function scoreOfTest(judged: readonly Judged[]): Score {
  const count = (kind: Planted["kind"], isRight: boolean): number =>
    judged.filter((one) => one.kind === kind && one.isRight === isRight).length;
  const caught = count("bug", false);
  const falseAlarms = unusual.length - count("unusual", true);
  const tests = count("ordinary", true) === ordinary.variants.length;
  return { caught, falseAlarms, points: tests ? Math.max(0, Math.min(enough, caught) - falseAlarms) : 0 };
}
