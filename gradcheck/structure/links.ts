import { type NDArray, sameShape } from "../../np/index.ts";
import type { OwnParameter } from "./own-parameters.ts";

/** A parameter of somebody's class, and ours that plays its part; ours may be transposed, or have other axes of length 1. */
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

/** A value of our parameter in the shape of somebody's. */
export function inTheirShape({ theirs, transposed }: Link, value: NDArray): NDArray {
  return (transposed ? value.T.copy() : value).reshape(...theirs.value.shape);
}

/** The most ways of pairing that are tried, for each orientation of square weights. */
const most = 40;

type Ours = readonly (readonly [name: string, value: NDArray])[];

/**
 * The ways in which somebody's parameters can play the parts of ours, the most likely first: by name,
 * else by shape in order. A matrix may be ours transposed, a vector may be a row, and parameters of one shape may
 * come in another order; only their forward can tell which way is meant.
 */
export function linkings(
  theirs: readonly OwnParameter[],
  ours: ReadonlyMap<string, NDArray>,
): readonly (readonly Link[])[] {
  const byName = theirs.flatMap((p): Link[] => {
    const value = ours.get(p.name);
    if (!value || !sameShape(value.shape, p.value.shape)) return [];
    return [{ theirs: p, ours: p.name, oursShape: value.shape, transposed: false }];
  });
  const named = new Set<unknown>(byName.flatMap((link) => [link.theirs, link.ours]));
  const rest = theirs.filter((p) => !named.has(p));
  const free = [...ours].filter(([name]) => !named.has(name));
  const orientations = rest.some(isSquare) ? [false, true] : [false];
  return orientations.flatMap((turned) =>
    [...firstOf(pairings(rest, free, turned), most)].map((links) => [...byName, ...links]),
  );
}

function* firstOf<T>(all: Iterable<T>, count: number): Generator<T> {
  let i = 0;
  for (const one of all) {
    if (i++ >= count) return;
    yield one;
  }
}

/** Every way to give each of these parameters one of ours; a parameter that fits none is left out. */
function* pairings(
  [first, ...rest]: readonly OwnParameter[],
  free: Ours,
  squaresTurned: boolean,
): Generator<readonly Link[]> {
  if (!first) {
    yield [];
    return;
  }
  const links = fitting(first, free, squaresTurned);
  if (links.length === 0) yield* pairings(rest, free, squaresTurned);
  for (const link of links) {
    const others = free.filter(([name]) => name !== link.ours);
    for (const found of pairings(rest, others, squaresTurned)) yield [link, ...found];
  }
}

/** Ours that fit a parameter: of its shape, then its transpose, then those that differ in axes of length 1. */
function fitting(theirs: OwnParameter, free: Ours, squaresTurned: boolean): readonly Link[] {
  const { shape } = theirs.value;
  const links = (transposed: boolean, fits: (ours: readonly number[]) => boolean): Link[] =>
    free
      .filter(([, value]) => fits(value.shape))
      .map(([ours, { shape: oursShape }]) => ({ theirs, ours, oursShape, transposed }));
  const reversed = [...shape].reverse();
  return [
    ...links(squaresTurned && isSquare(theirs), (ours) => sameShape(ours, shape)),
    ...(shape.length === 2 && !isSquare(theirs) ? links(true, (ours) => sameShape(ours, reversed)) : []),
    ...links(false, (ours) => ours.length !== shape.length && sameShape(squeeze(ours), squeeze(shape))),
  ];
}

function isSquare({ value: { shape } }: OwnParameter): boolean {
  return shape.length === 2 && shape[0] === shape[1];
}

function squeeze(shape: readonly number[]): readonly number[] {
  return shape.filter((length) => length !== 1);
}
