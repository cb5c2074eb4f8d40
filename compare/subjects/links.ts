import { againstExact, type OwnParameter, type Subject } from "../../gradcheck/internal.ts";
import { type NDArray, random, sameShape } from "../../np/index.ts";
import type { Case } from "../cases/case.ts";
import { differentiableCount } from "./inputs.ts";
import { type AnyLayer, tape } from "./sides.ts";

/** A parameter of somebody's class, and ours that plays its part; ours may be transposed, or without axes of length 1. */
export interface Link {
  readonly theirs: OwnParameter;
  readonly ours: string;
  readonly oursShape: readonly number[];
  readonly transposed: boolean;
}

/** A value of somebody's parameter in our shape. */
export function inOurShape({ oursShape, transposed }: Link, value: NDArray): NDArray {
  return (transposed ? value.T.copy() : value).reshape(...oursShape);
}

function inTheirShape({ theirs, transposed }: Link, value: NDArray): NDArray {
  return (transposed ? value.T.copy() : value).reshape(...theirs.value.shape);
}

/** Pairings that are tried until forward agrees with ours. */
const mostTries = 60;

/**
 * Pairs the parameters of both: by name, else by shape in order. Where shapes leave a choice, such as
 * layers of equal sizes or a square weight, forward decides.
 */
export function linksOf(
  row: Case,
  seed: number,
  { layer, parameters }: { readonly layer: AnyLayer; readonly parameters: readonly OwnParameter[] },
  inputs: readonly NDArray[],
): readonly Link[] {
  const module = row.autograd(random(seed));
  const state = new Map(module.namedParameters().map(([name, p]) => [name, p.data]));
  const byName = parameters.flatMap((theirs): Link[] => {
    const ours = state.get(theirs.name);
    if (!ours || !sameShape(ours.shape, theirs.value.shape)) return [];
    return [{ theirs, ours: theirs.name, oursShape: ours.shape, transposed: false }];
  });
  const free = [...state].filter(([name]) => !byName.some((link) => link.ours === name));
  const left = parameters.filter((theirs) => !byName.some((link) => link.theirs === theirs));
  if (left.length === 0) return byName;
  let first: readonly Link[] | null = null;
  let y: NDArray | null = null;
  let tries = 0;
  for (const squares of [false, true])
    for (const found of pairings(left, free, squares)) {
      const links = [...byName, ...found];
      first ??= links;
      if (tries++ >= mostTries) return first;
      y ??= layer.forward(...inputs.map((x) => x.copy()));
      for (const link of links) state.get(link.ours)?.copyFrom(inOurShape(link, link.theirs.value));
      const other = tape(module, differentiableCount(row.inputs)).forward(...inputs);
      if (sameShape(y.shape, other.shape) && againstExact(y, other, 1e-9).agrees) return links;
    }
  return first ?? [...byName, ...partly(left, free)];
}

/** All ways to give each parameter one of ours that fits, the likely ones first. */
function* pairings(
  parameters: readonly OwnParameter[],
  free: readonly (readonly [string, NDArray])[],
  squares: boolean,
): Generator<readonly Link[]> {
  const [theirs, ...rest] = parameters;
  if (!theirs) {
    yield [];
    return;
  }
  for (const link of fitting(theirs, free, squares)) {
    const others = free.filter(([name]) => name !== link.ours);
    for (const found of pairings(rest, others, squares)) yield [link, ...found];
  }
}

/** Ours that fit a parameter: of its shape, then its transpose, then those that differ in axes of length 1. */
function fitting(
  theirs: OwnParameter,
  free: readonly (readonly [string, NDArray])[],
  squares: boolean,
): readonly Link[] {
  const { shape } = theirs.value;
  const reversed = [...shape].reverse();
  const isSquare = shape.length === 2 && shape[0] === shape[1];
  const links = (transposed: boolean, fits: (ours: readonly number[]) => boolean): Link[] =>
    free
      .filter(([, value]) => fits(value.shape))
      .map(([ours, { shape: oursShape }]) => ({ theirs, ours, oursShape, transposed }));
  const same = links(squares && isSquare, (ours) => sameShape(ours, shape));
  const turned = shape.length === 2 && !isSquare ? links(true, (ours) => sameShape(ours, reversed)) : [];
  const squeezed = links(
    false,
    (ours) => ours.length !== shape.length && sameShape(squeeze(ours), squeeze(shape)),
  );
  return [...same, ...turned, ...squeezed];
}

/** One pairing as far as it goes, where not all find a partner. */
function partly(
  parameters: readonly OwnParameter[],
  free: readonly (readonly [string, NDArray])[],
): readonly Link[] {
  const taken = new Set<string>();
  return parameters.flatMap((theirs) => {
    const link = fitting(theirs, free, false).find(({ ours }) => !taken.has(ours));
    if (link) taken.add(link.ours);
    return link ? [link] : [];
  });
}

function squeeze(shape: readonly number[]): readonly number[] {
  return shape.filter((length) => length !== 1);
}

/** One of our subjects with the names and shapes of somebody's parameters. */
export function translated(subject: Subject, links: readonly Link[]): Subject {
  const byOurs = new Map(links.map((link) => [link.ours, link]));
  const renamed = (arrays: ReadonlyMap<string, NDArray>): Map<string, NDArray> =>
    new Map(
      [...arrays].map(([name, value]) => {
        const link = byOurs.get(name);
        return link ? [link.theirs.name, inTheirShape(link, value)] : [name, value];
      }),
    );
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
export function notesOf(links: readonly Link[]): string[] {
  return links
    .filter(({ theirs, ours, transposed }) => theirs.name !== ours || transposed)
    .map(
      ({ theirs: { name }, ours, transposed }) =>
        `your ${name} is our ${ours}${transposed ? ", transposed" : ""}`,
    );
}
