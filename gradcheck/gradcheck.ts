import { formatShape, isfinite, type NDArray, random, sameShape } from "../np/index.ts";
import { describe, settleOptions, unravelIndex } from "../np/internal.ts";
import { noDistance, type Tolerance } from "./agreement.ts";
import { gradcheckOptions } from "./contracts.ts";
import type { Hints } from "./diagnosis/advice.ts";
import { diagnoseFunction } from "./diagnosis/diagnose-function.ts";
import { directionalRow } from "./differences/directional-row.ts";
import { numericalVjp } from "./differences/numerical.ts";
import { expectArrays, expectSubject } from "./expected-arrays.ts";
import type { ForwardBackward } from "./function-subject.ts";
import { judgeWithPreset, type Preset } from "./presets/judge-with-preset.ts";
import { presetRow } from "./presets/preset-row.ts";
import { checkProperties, propertyRow } from "./properties.ts";
import type { CheckReport, CheckRow } from "./report/report.ts";
import { shownOnce } from "./report/shown-once.ts";
import type { LayerLike } from "./structure/own-layer.ts";
import { layerInputNames, subjectOfAny, titleOf } from "./structure/subject-of.ts";
import { chooseEntries, randomUpstream, type Subject } from "./subject.ts";
import { judge } from "./witnesses.ts";

export interface GradcheckOptions {
  /** The seed of the upstream gradient; default 0. */
  readonly seed?: number;
  /** The function's name in the report; default its own name. */
  readonly name?: string;
  /** The inputs' names in the report; default "input 0", …, and for a layer "x" and "target" */
  readonly names?: readonly string[];
  /**
   * The widest tolerance allowed; default 1e-7 absolute and 1e-5 relative. The noise usually
   * permits 1e-10.
   */
  readonly tolerance?: Tolerance;
  /**
   * The number of elements of each input that are checked numerically, chosen at random; default
   * all.
   */
  readonly entries?: number;
  /**
   * Whether to check random directions through all inputs at once, instead of element by element:
   * for functions with many inputs; default false.
   */
  readonly directional?: boolean;
  /**
   * Judges as PyTorch's `gradcheck` or CS231n would, with their step, upstream and tolerance, for
   * comparison; default our own rule.
   */
  readonly preset?: Preset;
  /** How much the report gives away, as in `formatReport`; default "cure", everything. */
  readonly hints?: Hints;
  /** Whether to suppress printing the report; default false. */
  readonly quiet?: boolean;
}

/**
 * Checks a backward against finite differences of L = Σ dy ⊙ forward(inputs) with a random signed dy.
 * Every gradient must match within the differences' own error estimate, and backward must be repeatable,
 * linear in dy, and leave its inputs unchanged. Prints the report and returns it.
 * @param what `{ forward, backward }` with backward(dy, ...inputs), or a layer of any class, whose parameters are arrays `p` beside `dP`
 * @throws TypeError for inputs that are not float64 and have a gradient, RangeError for too few gradients
 * @example
 * const square = { forward: (x) => x.mul(x), backward: (dy, x) => [dy.mul(x).mul(2)] };
 * gradcheck(square, [array([1, 2])], { quiet: true }).failed // 0
 */
export function gradcheck(
  pair: ForwardBackward,
  inputs: readonly NDArray[],
  options?: GradcheckOptions,
): CheckReport;
export function gradcheck(
  layer: LayerLike,
  inputs: readonly NDArray[],
  options?: GradcheckOptions,
): CheckReport;
export function gradcheck(
  what: ForwardBackward | LayerLike,
  inputs: readonly NDArray[],
  options: GradcheckOptions = {},
): CheckReport {
  const settled = settleOptions(
    "gradcheck",
    { name: "gradcheck", positional: {}, options: gradcheckOptions },
    options,
  );
  const { seed, quiet, hints } = settled;
  if (!Array.isArray(inputs))
    throw new TypeError(`gradcheck: the inputs are ${describe(inputs)}, expected a list of arrays: [x, …]`);
  expectSubject(what);
  const names = layerInputNames(what, inputs).map((name, i) => options.names?.[i] ?? name);
  expectArrays(inputs, names);
  const title = options.name ?? titleOf(what);
  const repeat = `gradcheck(…, { seed: ${seed} })`;
  const found = report(
    checkSubject(title, subjectOfAny(what, inputs, names), named(inputs, names), options),
    seed,
    repeat,
  );
  return shownOnce(found, { quiet, hints });
}

/** All rows about one subject: its gradients, then its properties; with a preset, that checker's verdict alone. */
export function checkSubject(
  title: string,
  subject: Subject,
  inputs: ReadonlyMap<string, NDArray>,
  options: GradcheckOptions,
): CheckRow[] {
  const { seed = 0, tolerance, entries = Number.POSITIVE_INFINITY, directional = false } = options;
  const rng = random(seed);
  const y = subject.forward(...copies(inputs));
  const outside = outsideItsDomain(title, y);
  if (outside) return [outside];
  const dy = randomUpstream(y.shape, rng);
  if (options.preset) {
    const verdict = judgeWithPreset(subject, new Map(inputs), options.preset, rng, { entries });
    return [presetRow(title, options.preset, verdict)];
  }
  const properties = finished(checkProperties({ title, subject, inputs, dy, rng }));
  const { gradients } = subject.gradients(dy.copy(), ...copies(inputs));
  const arrays = new Map([...inputs, ...subject.parameters]);
  const forward = (): NDArray => subject.forward(...inputs.values());
  const elements = ([name, analytical]: [string, NDArray]): CheckRow => {
    const x = arrays.get(name) as NDArray;
    const numerical = numericalVjp(forward, dy, x, chooseEntries(x.size, entries, rng));
    const found = judge(title, name, x.shape, { analytical, numerical }, tolerance);
    return diagnoseFunction(found, {
      forward,
      x,
      dy,
      analytical,
      numerical,
      inputs,
      parameters: subject.parameters,
    });
  };
  const rows = directional
    ? [
        directionalRow(title, { forward, dy }, arrays, { analytical: gradients }, rng),
        ...misshapen(title, arrays, gradients),
      ]
    : [...gradients].map(elements);
  // Where a gradient is infinite, NaN is neither repeatable nor linear; its own row says why.
  const allFinite = [...gradients.values()].every((g) => isfinite(g).min().item() === 1);
  const told = allFinite ? properties : properties.filter(({ verdict }) => verdict === "agree");
  return [...absent(title, subject, inputs, gradients), ...rows, ...told];
}

/** The one row about a forward that is NaN or infinite for these inputs; null if it is finite. */
function outsideItsDomain(title: string, y: NDArray): CheckRow | null {
  const flat = [...y.flat()];
  const wrong = flat.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return null;
  const count = flat.filter((value) => !Number.isFinite(value)).length;
  const index = unravelIndex(wrong, y.shape).join(", ");
  return propertyRow(
    title,
    "forward",
    noDistance,
    y.shape,
    `forward gives ${flat[wrong]} at [${index}]${count > 1 ? ` and in ${count - 1} more of ${flat.length} elements` : ""}: choose inputs inside its domain, where it does not overflow`,
  );
}

function copies(inputs: ReadonlyMap<string, NDArray>): NDArray[] {
  return [...inputs.values()].map((x) => x.copy());
}

function named(inputs: readonly NDArray[], names: readonly string[]): Map<string, NDArray> {
  return new Map(inputs.map((x, i) => [names[i] as string, x.copy()]));
}

/**
 * The gradients whose shape differs from their input's, which a sum over all elements cannot
 * reveal.
 */
function misshapen(
  title: string,
  inputs: ReadonlyMap<string, NDArray>,
  gradients: ReadonlyMap<string, NDArray>,
): CheckRow[] {
  return [...gradients].flatMap(([name, analytical]) => {
    const { shape } = inputs.get(name) as NDArray;
    return sameShape(shape, analytical.shape) ? [] : [judge(title, name, shape, { analytical })];
  });
}

/** Builds a report from rows, with their counts. */
export function report(rows: readonly CheckRow[], seed: number, repeat: string): CheckReport {
  const passed = rows.filter(({ verdict }) => verdict === "agree").length;
  const kinks = rows.reduce((sum, row) => sum + row.kinks, 0);
  return { rows, passed, failed: rows.length - passed, kinks, seed, repeat };
}

/** The rows of gradients that should be there: of every parameter, and of at least one input or parameter. */
function absent(
  title: string,
  { parameters }: Subject,
  inputs: ReadonlyMap<string, NDArray>,
  gradients: ReadonlyMap<string, NDArray>,
): CheckRow[] {
  const rows = [...parameters]
    .filter(([name]) => !gradients.has(name))
    .map(([name, { shape }]) =>
      missingRow(title, name, `backward assigned no gradient of ${name}; its shape is ${formatShape(shape)}`),
    );
  const [first] = inputs;
  if (parameters.size > 0 && first && first[1].dtype === "float64" && !gradients.has(first[0]))
    rows.push(
      missingRow(
        title,
        first[0],
        `backward returned no gradient of ${first[0]}; return dx, in x's shape ${formatShape(first[1].shape)}`,
      ),
    );
  if (gradients.size === 0 && rows.length === 0)
    rows.push(
      missingRow(title, "gradients", "backward returned no gradient at all: there is nothing to check"),
    );
  return rows;
}

function missingRow(title: string, quantity: string, diagnosis: string): CheckRow {
  const nothing = { maxAbsolute: Number.NaN, maxRelative: Number.NaN, cosine: null, ratio: null, kinks: 0 };
  return {
    case: title,
    quantity,
    shape: [],
    ...nothing,
    verdict: "vacuous",
    worst: { index: [] },
    diagnosis,
  };
}

/** Runs a generator without a pause and returns its result. */
export function finished<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
