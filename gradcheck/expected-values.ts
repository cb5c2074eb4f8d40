import type { NDArray } from "../np/index.ts";
import { random } from "../np/index.ts";
import {
  argument,
  expectArgument,
  listWith,
  ndarray,
  objectWith,
  settleOptions,
  text,
} from "../np/internal.ts";
import { againstExact } from "./agreement.ts";
import { seed as seedOption } from "./contracts.ts";
import { checkSubject, finished, report } from "./gradcheck.ts";
import { namesakes, propertyRow } from "./properties.ts";
import { checkHabits } from "./protocol/check-habits.ts";
import type { CheckReport, CheckRow } from "./report/report.ts";
import { inTheirShape, type Link, linkings } from "./structure/links.ts";
import { type LayerLike, ownLayer } from "./structure/own-layer.ts";
import { type OwnParameter, ownParameters } from "./structure/own-parameters.ts";
import { persistentParameters } from "./structure/persistent-parameters.ts";
import { layerInputNames } from "./structure/subject-of.ts";

/** What a right class gives for one object: whoever has the right class computes it, and the check needs only these numbers. */
export interface ExpectedValues {
  /** `Linear: 5 → 3` */
  readonly title: string;
  /** The constructor's arguments, without random generators. */
  readonly args: readonly unknown[];
  /** The position of the options that take a generator, `{ rng }`; null without one. */
  readonly rngAt: number | null;
  readonly parameters: Readonly<Record<string, NDArray>>;
  readonly inputs: readonly NDArray[];
  /** Other inputs of the same shapes. */
  readonly others: readonly NDArray[];
  readonly dy: NDArray;
  readonly y: NDArray;
  /** The right gradients: `x` and every parameter. */
  readonly gradients: Readonly<Record<string, NDArray>>;
}

const aClass = argument<LayerClass>(
  "function",
  "a class with forward and backward",
  (x) => typeof x === "function" && Boolean(x.prototype),
);

const arrays = listWith("a list of arrays", ndarray);

const expectedRow = objectWith<ExpectedValues>("the values of one row", {
  title: text,
  inputs: arrays,
  others: arrays,
  dy: ndarray,
  y: ndarray,
});

/** A class to check: its objects have forward and backward. */
type LayerClass = new (...args: never[]) => LayerLike;

/**
 * Checks a class against values computed elsewhere, by finite differences, and by the habits of a right
 * layer. It needs no right class at hand: a grader can keep that where no submission can read it.
 * @throws TypeError for a class without forward and backward
 */
export function checkAgainst(
  student: LayerClass,
  expected: readonly ExpectedValues[],
  options: { readonly seed?: number } = {},
): CheckReport {
  const where = "checkAgainst";
  expectArgument(where, "student", aClass, student);
  expectArgument(where, "expected", listWith("the values of expectedValues", expectedRow), expected);
  const { seed } = settleOptions(
    where,
    { name: where, positional: {}, options: { seed: seedOption } },
    options,
  );
  const rows = expected.flatMap((one) => checkOne(student, one, seed));
  return report(rows, seed, `checkAgainst(${student.name}, …, { seed: ${seed} })`);
}

function checkOne(student: LayerClass, one: ExpectedValues, seed: number): readonly CheckRow[] {
  const { title, args, rngAt, inputs, others, dy, y } = one;
  const given = (): readonly unknown[] =>
    args.map((value, i) => (i === rngAt ? { ...(value as object), rng: random(seed) } : value));
  const build = (): LayerLike => Reflect.construct(student, [...given()]);
  const scratch = build();
  const names = layerInputNames(scratch, inputs);
  const known = new Set(persistentParameters(scratch, [others, inputs]).map(({ name }) => name));
  const parametersOf = (layer: LayerLike): readonly OwnParameter[] =>
    ownParameters(layer, known).filter(({ name }) => known.has(name));
  const links = linksOf(build(), parametersOf, one);
  const make = (): LayerLike => {
    const layer = build();
    if (parametersOf(layer).length < known.size) layer.forward(...others.map((x) => x.copy()));
    copyInto(links, parametersOf(layer), one);
    return layer;
  };
  const layer = make();
  const own = ownLayer(layer, names, parametersOf(layer));
  const said = own.gradients(dy, ...inputs.map((x) => x.copy()));
  const differs = "your forward gives another y than the right one";
  const forward = propertyRow(title, "forward", againstExact(said.y, y), y.shape, differs);
  if (forward.verdict !== "agree") return [forward];
  const wrong = "your backward gives other gradients than the right one";
  const gradients = namesakes(title, "gradients", translated(links, one), said.gradients, 1e-11, wrong);
  const byDifferences = checkSubject(
    title,
    own,
    new Map(inputs.map((x, i) => [names[i] as string, x.copy()])),
    { seed },
  );
  const isRight = byDifferences.every(({ verdict }) => verdict === "agree");
  const rows = [forward, ...(isRight ? [gradients] : []), ...byDifferences]; // one message for one mistake
  if (rows.some(({ verdict }) => verdict !== "agree")) return rows;
  const specimen = {
    title,
    make,
    parametersOf,
    names,
    draws: [inputs, others] as const,
    shape: y.shape,
    rng: random(seed),
  };
  return [...rows, ...finished(checkHabits(specimen))];
}

/** The pairing under which the class gives the right y, else the most likely one. */
function linksOf(
  layer: LayerLike,
  parametersOf: (layer: LayerLike) => readonly OwnParameter[],
  one: ExpectedValues,
): readonly Link[] {
  if (parametersOf(layer).length === 0) layer.forward(...one.inputs.map((x) => x.copy()));
  const parameters = parametersOf(layer);
  const all = linkings(parameters, new Map(Object.entries(one.parameters)));
  const fits = (links: readonly Link[]): boolean => {
    copyInto(links, parameters, one);
    const y = layer.forward(...one.inputs.map((x) => x.copy())) as NDArray;
    return againstExact(y, one.y, 1e-9).agrees;
  };
  return all.find(fits) ?? (all[0] as readonly Link[]);
}

/** Copies the right parameters into somebody's. */
function copyInto(
  links: readonly Link[],
  parameters: readonly OwnParameter[],
  { parameters: right }: ExpectedValues,
): void {
  for (const link of links) {
    const value = inTheirShape(link, right[link.ours] as NDArray);
    parameters.find(({ name }) => name === link.theirs.name)?.value.copyFrom(value);
  }
}

/** The right gradients in somebody's names and shapes. */
function translated(links: readonly Link[], { gradients }: ExpectedValues): Map<string, NDArray> {
  return new Map(
    Object.entries(gradients).map(([name, gradient]) => {
      const link = links.find(({ ours }) => ours === name);
      return link ? [link.theirs.name, inTheirShape(link, gradient)] : [name, gradient];
    }),
  );
}
