import {
  inOurShape,
  isLayerLike,
  type OwnParameter,
  ownArrays,
  ownLayer,
  ownParameters,
  persistentParameters,
  type Subject,
} from "../../gradcheck/internal.ts";
import { type NDArray, random, sameShape } from "../../np/index.ts";
import type { Case, StudentClass } from "../cases/case.ts";
import { differentiableCount, drawInputs, inputNames } from "./inputs.ts";
import { laidOut } from "./layout.ts";
import { linksOf, notesOf, translated } from "./links.ts";
import { type AnyLayer, type AnyModule, chalk, tape } from "./sides.ts";

/** Both sides of a row, built as often as needed, always from the same weights. */
export interface Sides {
  newLayer(): AnyLayer;
  newModule(): AnyModule;
  /** The checked side. */
  left(layer: AnyLayer): Subject;
  /** The parameters of an object of the checked side. */
  parametersOf(layer: AnyLayer): readonly OwnParameter[];
  /** The tape, in the checked side's names and shapes. */
  right(module: AnyModule): Subject;
  /** Our own chalk, in the checked side's names and shapes, if somebody else's class is checked; else null. */
  ours(): Subject | null;
  /** The parameters as the checked side and the tape draw them, in the same names and shapes. */
  drawn(): { readonly mine: ReadonlyMap<string, NDArray>; readonly theirs: ReadonlyMap<string, NDArray> };
  /** What was assumed about somebody else's class. */
  readonly notes: readonly string[];
}

/** Chalk's class and the tape's, which start equal because they draw the same numbers from the same seed. */
export function ownSides(row: Case, seed: number): Sides {
  return {
    newLayer: () => row.manual(random(seed)),
    newModule: () => row.autograd(random(seed)),
    left: (layer) => laidOut(row.layout, chalk(layer)),
    parametersOf: ownParameters,
    right: (module) => laidOut(row.layout, tape(module, differentiableCount(row.inputs))),
    ours: () => null,
    drawn: () => ({
      mine: chalk(row.manual(random(seed))).parameters,
      theirs: tape(row.autograd(random(seed))).parameters,
    }),
    notes: [],
  };
}

/**
 * Somebody's class in place of chalk's. It may initialise its weights as it likes: its start is copied
 * into our two sides, by name, else by shape and order. A weight of shape (in, out) is
 * compared with the transpose of ours.
 */
export function studentSides(row: Case, seed: number, student: StudentClass): Sides {
  const rng = random(seed + 1);
  const draws = [0, 1].map(() => [...drawInputs(row.inputs, rng).values()]) as [NDArray[], NDArray[]];
  const scratch = construct(row, seed, student);
  if (!isLayerLike(scratch))
    throw new TypeError(
      `${student.name || "your class"} has no ${"forward" in scratch ? "backward" : "forward"}; a layer has forward(x), which returns y, and backward(dy), which returns dx`,
    );
  const names = new Set(persistentParameters(scratch, draws).map(({ name }) => name));
  const parametersOf = (layer: AnyLayer): OwnParameter[] =>
    ownParameters(layer, names).filter(({ name }) => names.has(name));
  /** A new object of the class. One that makes its weights in its first forward runs once. */
  const build = (): { layer: AnyLayer; parameters: readonly OwnParameter[] } => {
    const layer = construct(row, seed, student);
    if (parametersOf(layer).length < names.size) layer.forward(...draws[0].map((x) => x.copy()));
    return { layer, parameters: parametersOf(layer) };
  };
  const first = build();
  const start = new Map(first.parameters.map(({ name, value }) => [name, value.copy()]));
  const buffers = ownArrays(first.layer);
  const links = linksOf(row, seed, first, draws[0]);
  const copyStart = (state: ReadonlyMap<string, NDArray>): void => {
    for (const link of links)
      state.get(link.ours)?.copyFrom(inOurShape(link, start.get(link.theirs.name) as NDArray));
    for (const [name, value] of buffers) {
      const mine = links.some(({ theirs }) => theirs.name === name) ? undefined : state.get(name);
      if (mine && sameShape(mine.shape, value.shape)) mine.copyFrom(value);
    }
  };
  const newModule = (): AnyModule => {
    const module = row.autograd(random(seed));
    copyStart(new Map(Object.entries(module.stateDict())));
    return module;
  };
  const inputs = inputNames.slice(0, differentiableCount(row.inputs));
  return {
    newLayer() {
      const { layer, parameters } = build();
      for (const { name, value } of parameters) value.copyFrom(start.get(name) as NDArray);
      return layer;
    },
    newModule,
    left: (layer) => laidOut(row.layout, ownLayer(layer, inputs, parametersOf(layer))),
    parametersOf,
    right: (module) => laidOut(row.layout, translated(tape(module, inputs.length), links)),
    ours() {
      const layer = row.manual(random(seed));
      copyStart(new Map(Object.entries(layer.stateDict())));
      return laidOut(row.layout, translated(chalk(layer), links));
    },
    drawn: () => ({
      mine: start,
      theirs: translated(tape(row.autograd(random(seed)), inputs.length), links).parameters,
    }),
    notes: notesOf(links),
  };
}

/** Options that say nothing: a generator, or the usual reduction. */
function areDefaults(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return false;
  return Object.entries(value).every(
    ([key, one]) => key === "rng" || (key === "reduction" && one === "mean"),
  );
}

/** An object of somebody's class. One that takes no arguments is made without, if the row only gives it defaults. */
function construct(row: Case, seed: number, student: StudentClass): AnyLayer {
  try {
    return row.manual(random(seed), student);
  } catch (error) {
    if (!row.args?.(random(seed)).every(areDefaults)) throw error;
    const withoutArguments = new Proxy(student, {
      construct: (Class, _arguments, target) => Reflect.construct(Class, [], target),
    });
    return row.manual(random(seed), withoutArguments);
  }
}
