import {
  againstExact,
  inOurShape,
  inTheirShape,
  type Link,
  linkings,
  type OwnParameter,
  type Subject,
} from "../../gradcheck/internal.ts";
import { type NDArray, random, sameShape } from "../../np/index.ts";
import type { Case } from "../cases/case.ts";
import { differentiableCount } from "./inputs.ts";
import { type AnyLayer, tape } from "./sides.ts";

/** Pairs the parameters of both. Where their shapes leave a choice, the first pairing counts under which both forwards agree. */
export function linksOf(
  row: Case,
  seed: number,
  { layer, parameters }: { readonly layer: AnyLayer; readonly parameters: readonly OwnParameter[] },
  inputs: readonly NDArray[],
): readonly Link[] {
  const module = row.autograd(random(seed));
  const state = new Map(module.namedParameters().map(([name, p]) => [name, p.data]));
  const all = linkings(parameters, state);
  if (all.length === 1) return all[0] as readonly Link[];
  const y = layer.forward(...inputs.map((x) => x.copy()));
  const agrees = (links: readonly Link[]): boolean => {
    for (const link of links) state.get(link.ours)?.copyFrom(inOurShape(link, link.theirs.value));
    const other = tape(module, differentiableCount(row.inputs)).forward(...inputs);
    return sameShape(y.shape, other.shape) && againstExact(y, other, 1e-9).agrees;
  };
  return all.find(agrees) ?? (all[0] as readonly Link[]);
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
