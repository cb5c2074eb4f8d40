import {
  againstExact,
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
    notes: [],
  };
}

/** A parameter of somebody's class, and ours that plays its part; ours may be transposed. */
interface Link {
  readonly theirs: OwnParameter;
  readonly ours: string;
  readonly transposed: boolean;
}

/**
 * Somebody's class in place of chalk's. It may initialise its weights as it likes: its start is copied
 * into our two sides, by name, else by shape and order. A weight of shape (in, out) is
 * compared with the transpose of ours.
 */
export function studentSides(row: Case, seed: number, student: StudentClass): Sides {
  const rng = random(seed + 1);
  const draws = [0, 1].map(() => [...drawInputs(row.inputs, rng).values()]) as [NDArray[], NDArray[]];
  const names = new Set(
    persistentParameters(row.manual(random(seed), student), draws).map(({ name }) => name),
  );
  const parametersOf = (layer: AnyLayer): OwnParameter[] =>
    ownParameters(layer).filter(({ name }) => names.has(name));
  /** A new object of the class. One that makes its weights in its first forward runs once. */
  const build = (): { layer: AnyLayer; parameters: readonly OwnParameter[] } => {
    const layer = row.manual(random(seed), student);
    if (parametersOf(layer).length < names.size) layer.forward(...draws[0].map((x) => x.copy()));
    return { layer, parameters: parametersOf(layer) };
  };
  const first = build();
  const start = new Map(first.parameters.map(({ name, value }) => [name, value.copy()]));
  const buffers = ownArrays(first.layer);
  const links = linksOf(row, seed, first, draws[0]);
  const copyStart = (state: ReadonlyMap<string, NDArray>): void => {
    for (const { theirs, ours, transposed } of links) {
      const value = start.get(theirs.name) as NDArray;
      state.get(ours)?.copyFrom(transposed ? value.T.copy() : value);
    }
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
    left: (layer) => laidOut(row.layout, ownLayer(layer, inputNames, parametersOf(layer))),
    parametersOf,
    right: (module) => laidOut(row.layout, translated(tape(module, inputs.length), links)),
    ours() {
      const layer = row.manual(random(seed));
      copyStart(new Map(Object.entries(layer.stateDict())));
      return laidOut(row.layout, translated(chalk(layer), links));
    },
    notes: notesOf(links),
  };
}

/** Pairs the parameters of both: by name, else by shape in order. */
function linksOf(
  row: Case,
  seed: number,
  { layer, parameters }: { readonly layer: AnyLayer; readonly parameters: readonly OwnParameter[] },
  inputs: readonly NDArray[],
): readonly Link[] {
  const module = row.autograd(random(seed));
  const state = new Map(module.namedParameters().map(([name, p]) => [name, p.data]));
  const byName = parameters.flatMap((theirs): Link[] =>
    sameShape(state.get(theirs.name)?.shape ?? [-1], theirs.value.shape)
      ? [{ theirs, ours: theirs.name, transposed: false }]
      : [],
  );
  const free = new Map([...state].filter(([name]) => !byName.some((link) => link.ours === name)));
  const byShape = parameters
    .filter((theirs) => !byName.some((link) => link.theirs === theirs))
    .flatMap((theirs): Link[] => {
      const { shape } = theirs.value;
      const reversed = [...shape].reverse();
      const same = [...free].find(([, value]) => sameShape(value.shape, shape));
      const turned =
        shape.length === 2 ? [...free].find(([, value]) => sameShape(value.shape, reversed)) : undefined;
      const [ours] = same ?? turned ?? [];
      if (ours === undefined) return [];
      free.delete(ours);
      return [{ theirs, ours, transposed: !same }];
    });
  const links = [...byName, ...byShape];
  const isSquare = ({ theirs }: Link): boolean =>
    theirs.value.ndim === 2 && theirs.value.shape[0] === theirs.value.shape[1];
  if (!byShape.some(isSquare)) return links;
  // The shape of a square weight does not tell its orientation, so forward decides.
  const turned = links.map((link) =>
    byShape.includes(link) && isSquare(link) ? { ...link, transposed: true } : link,
  );
  const y = layer.forward(...inputs.map((x) => x.copy()));
  const agrees = (all: readonly Link[]): boolean => {
    for (const { theirs, ours, transposed } of all)
      state.get(ours)?.copyFrom(transposed ? theirs.value.T.copy() : theirs.value);
    return againstExact(y, tape(module, differentiableCount(row.inputs)).forward(...inputs), 1e-9).agrees;
  };
  return !agrees(links) && agrees(turned) ? turned : links;
}

/** One of our subjects with the names and shapes of somebody's parameters. */
function translated(subject: Subject, links: readonly Link[]): Subject {
  const name = (ours: string): string => links.find((link) => link.ours === ours)?.theirs.name ?? ours;
  const turn = (ours: string, value: NDArray): NDArray =>
    links.some((link) => link.ours === ours && link.transposed) ? value.T.copy() : value;
  const renamed = (arrays: ReadonlyMap<string, NDArray>): Map<string, NDArray> =>
    new Map([...arrays].map(([key, value]) => [name(key), turn(key, value)]));
  return {
    parameters: renamed(subject.parameters),
    forward: (...inputs) => subject.forward(...inputs),
    gradients(dy, ...inputs) {
      const { y, gradients } = subject.gradients(dy, ...inputs);
      return { y, gradients: renamed(gradients) };
    },
  };
}

/** `your W is our weight, transposed`, for every parameter with a name of its own. */
function notesOf(links: readonly Link[]): string[] {
  return links
    .filter(({ theirs, ours, transposed }) => theirs.name !== ours || transposed)
    .map(
      ({ theirs: { name }, ours, transposed }) =>
        `your ${name} is our ${ours}${transposed ? ", transposed" : ""}`,
    );
}
