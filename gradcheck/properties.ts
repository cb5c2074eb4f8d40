import type { NDArray, Random } from "../np/index.ts";
import { isFloat, unravelIndex } from "../np/internal.ts";
import { againstExact, atPrecisionOf, type Distance, noDistance } from "./agreement.ts";
import type { CheckRow } from "./report/report.ts";
import type { Subject } from "./subject.ts";

/** The factor a in a·dy + dy₂: anything but a power of 2. */
const factor = 2.7;

/** Arrays by name. */
type Named = ReadonlyMap<string, NDArray>;

/** A row about a property: the array that violates it most, and the diagnosis to print. */
export function propertyRow(
  title: string,
  quantity: string,
  found: Distance,
  shape: readonly number[],
  diagnosis: string,
): CheckRow {
  const { maxAbsolute, maxRelative, agrees, worst } = found;
  const numbers = { shape, maxAbsolute, maxRelative, cosine: null, ratio: null, kinks: 0 };
  const base = { case: title, quantity, ...numbers, worst: { index: unravelIndex(worst, shape) } };
  return agrees ? { ...base, verdict: "agree" } : { ...base, verdict: "disagree", diagnosis };
}

/**
 * One row for many arrays that should equal the arrays of the same name: the worst represents all.
 */
export function namesakes(
  title: string,
  quantity: string,
  a: Named,
  b: Named,
  tolerance: number,
  diagnosis: string,
): CheckRow {
  const rows = [...a].map(([name, x]): CheckRow => {
    const found = againstExact(x, b.get(name) ?? x.neg(), tolerance);
    return propertyRow(title, quantity, found, x.shape, `${diagnosis} (seen in ${name})`);
  });
  const nothing = { maxAbsolute: 0, maxRelative: 0, worst: 0, agrees: true };
  return rows.reduce(worseRow, propertyRow(title, quantity, nothing, [], diagnosis));
}

/** Picks the row to show: one that disagrees, otherwise the larger difference. */
function worseRow(a: CheckRow, b: CheckRow): CheckRow {
  if (a.verdict !== b.verdict) return a.verdict === "agree" ? b : a;
  return b.maxAbsolute > a.maxAbsolute ? b : a;
}

/** The input of `checkProperties`. */
export interface PropertyCheck {
  readonly title: string;
  /** It must not have run yet, because it may change its inputs only the first time. */
  readonly subject: Subject;
  readonly inputs: ReadonlyMap<string, NDArray>;
  readonly dy: NDArray;
  readonly rng: Random;
  /**
   * Another object of the same class and other inputs, to test whether the subject forgets its
   * earlier forward.
   */
  readonly later?: { readonly fresh: Subject; readonly inputs: readonly NDArray[] };
  /**
   * A batch of another size and its right gradients, to test whether backward hard-codes the first
   * batch's size.
   */
  readonly resized?: {
    readonly inputs: readonly NDArray[];
    readonly dy: NDArray;
    readonly expected: Named;
  };
}

/**
 * Checks the properties of every right backward, whatever the formula: it changes no input, gives
 * the same numbers twice, remembers only its last forward, and is linear in dy: backward(a·dy +
 * dy₂) = a·backward(dy) + backward(dy₂). Yields between its parts.
 */
export function* checkProperties(check: PropertyCheck): Generator<void, CheckRow[]> {
  const { title, subject, inputs, dy, rng, later, resized } = check;
  const runBoth = (upstream: NDArray): ReturnType<Subject["gradients"]> =>
    subject.gradients(upstream, ...inputs.values());
  const run = (upstream: NDArray): Named => runBoth(upstream).gradients;
  const upstream = inputs.has("dy") ? "the upstream dy" : "dy";
  const watched = new Map([...inputs, ...subject.parameters, [upstream, dy] as const]);
  const before = new Map([...watched].map(([name, x]) => [name, x.copy()]));
  const once = runBoth(dy);
  yield;
  const again = runBoth(dy);
  yield;
  const inPlace = "forward or backward changes an array in place; compute a new one";
  const rows = [namesakes(title, "inputs unchanged", before, watched, 0, inPlace)];
  for (const [name, x] of watched) if (rows[0]?.verdict !== "agree") x.copyFrom(before.get(name) as NDArray);
  const twice =
    "a second forward and backward give other numbers: backward must assign gradients, not add to them, and nothing may be random or counted. A layer that draws keeps its generator in a field, this.rng, which is set back before each forward";
  const [first, second] = [once, again].map(({ y, gradients }) => new Map([["y", y], ...gradients]));
  rows.push(namesakes(title, "repeatable", first as Named, second as Named, 0, twice));
  yield;
  if (later) {
    const copies = later.inputs.map((x) => x.copy());
    const [used, unused] = [subject.gradients(dy, ...copies), later.fresh.gradients(dy, ...later.inputs)];
    const stale =
      "after another input the numbers differ from those of a new object: backward uses what an earlier forward left";
    rows.push(namesakes(title, "remembers its last forward", used.gradients, unused.gradients, 0, stale));
    yield;
  }
  const other = rng.normal(0, 1, dy.shape).astype(dy.dtype);
  const mixed = run(dy.mul(factor).add(other));
  yield;
  const others = run(other);
  yield;
  const expected = new Map(
    [...once.gradients].map(([name, g]) => [
      name,
      floats(g)
        .mul(factor)
        .add(others.get(name) ?? g),
    ]),
  );
  const linear = "backward is not linear in dy: is dy ignored, squared, or added to?";
  const rounding = atPrecisionOf([dy, ...inputs.values()], 1e-10);
  rows.push(namesakes(title, "linear in dy", mixed, expected, rounding, linear));
  const size = resized && onAnotherSize(title, subject, resized);
  if (size && size.verdict !== "agree") rows.push(size);
  return rows;
}

/** A gradient that is a mask of bytes, which no 2.7 fits, as floats. */
function floats(gradient: NDArray): NDArray {
  return isFloat(gradient.dtype) ? gradient : gradient.astype("float64");
}

/**
 * Checks the gradients of a batch of another size, after all those of the first. An error thrown
 * here counts as a wrong result.
 */
function onAnotherSize(
  title: string,
  subject: Subject,
  batch: NonNullable<PropertyCheck["resized"]>,
): CheckRow {
  const wrong =
    "on another batch, of another size, backward is wrong: is the size of the first one kept, or written into it? or do only these values show the mistake? Try other seeds";
  try {
    const { gradients } = subject.gradients(batch.dy, ...batch.inputs);
    return namesakes(title, "another batch size", gradients, batch.expected, 1e-10, wrong);
  } catch (error) {
    return propertyRow(title, "another batch size", noDistance, [], `${wrong} ${error}`);
  }
}
