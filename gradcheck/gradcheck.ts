import { type NDArray, random, sameShape } from "../np/index.ts";
import { describe, settleOptions } from "../np/internal.ts";
import type { Tolerance } from "./agreement.ts";
import { gradcheckOptions } from "./contracts.ts";
import { diagnoseFunction } from "./diagnosis/diagnose-function.ts";
import { directionalRow } from "./differences/directional-row.ts";
import { numericalGradient } from "./differences/numerical.ts";
import { expectArrays, shapeOfOutput } from "./expected-arrays.ts";
import { type ForwardBackward, subjectOf } from "./function-subject.ts";
import { judgeWithPreset, type Preset } from "./presets/judge-with-preset.ts";
import { presetRow } from "./presets/preset-row.ts";
import { checkProperties } from "./properties.ts";
import { formatReport } from "./report/format-report.ts";
import type { CheckReport, CheckRow } from "./report/report.ts";
import { chooseEntries, project, randomUpstream } from "./subject.ts";
import { judge } from "./witnesses.ts";

export interface GradcheckOptions {
  /** The seed of the upstream gradient; default 0. */
  readonly seed?: number;
  /** The function's name in the report; default its own name. */
  readonly name?: string;
  /** The inputs' names in the report; default "input 0", … */
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
  /** Whether to suppress printing the report; default false. */
  readonly quiet?: boolean;
}

/**
 * Checks a backward against finite differences in float64: L = Σ dy ⊙ forward(inputs) with a random
 * signed dy. Every ∂L/∂input must match them within their own error estimate, and some gradient
 * must be non-zero. backward must also be repeatable, linear in dy, and leave its inputs unchanged.
 * Prints the report and returns it.
 * @throws TypeError for inputs that are not float64, RangeError for a backward that returns too few
 * gradients
 * @see CS231n, "Gradient checks", and PyTorch's `torch.autograd.gradcheck`
 * @example
 * const square = { forward: (x) => x.mul(x), backward: (dy, x) => [dy.mul(x).mul(2)] };
 * gradcheck(square, [array([1, 2])], { quiet: true }).failed // 0
 */
export function gradcheck(
  pair: ForwardBackward,
  inputs: readonly NDArray[],
  options: GradcheckOptions = {},
): CheckReport {
  const settled = settleOptions(
    "gradcheck",
    { name: "gradcheck", positional: {}, options: gradcheckOptions },
    options,
  );
  const { seed, tolerance, entries, quiet, directional } = settled;
  if (!Array.isArray(inputs))
    throw new TypeError(`gradcheck: the inputs are ${describe(inputs)}, expected a list of arrays: [x, …]`);
  const names = inputs.map((_, i) => options.names?.[i] ?? `input ${i}`);
  expectArrays(pair, inputs, names);
  const title = options.name ?? (pair.forward.name || "function");
  const rng = random(seed);
  const own = new Map(inputs.map((x, i) => [names[i] as string, x.copy()]));
  const dy = randomUpstream(shapeOfOutput(pair, inputs), rng);
  const subject = subjectOf(pair, names);
  if (options.preset) {
    const verdict = judgeWithPreset(subject, own, options.preset, rng, { entries });
    const found = report(
      [presetRow(title, options.preset, verdict)],
      seed,
      `gradcheck(…, { seed: ${seed} })`,
    );
    if (!quiet) console.log(formatReport(found));
    return found;
  }
  const properties = finished(checkProperties({ title, subject, inputs: own, dy, rng }));
  const { gradients } = subject.gradients(dy.copy(), ...[...own.values()].map((x) => x.copy()));
  const loss = (): number => project(pair.forward(...own.values()), dy);
  const elements = ([name, analytical]: [string, NDArray]): CheckRow => {
    const x = own.get(name) as NDArray;
    const numerical = numericalGradient(loss, x, chooseEntries(x.size, entries, rng));
    const found = judge(title, name, x.shape, { analytical, numerical }, tolerance);
    return diagnoseFunction(found, {
      forward: () => pair.forward(...own.values()),
      x,
      dy,
      analytical,
      numerical,
    });
  };
  const rows = directional
    ? [directionalRow(title, loss, own, { analytical: gradients }, rng), ...misshapen(title, own, gradients)]
    : [...gradients].map(elements);
  const nothing = gradients.size === 0 ? [noGradients(title)] : [];
  const repeat = `gradcheck(…, { seed: ${seed} })`;
  const found = report([...nothing, ...rows, ...properties], seed, repeat);
  if (!quiet) console.log(formatReport(found));
  return found;
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

function noGradients(title: string): CheckRow {
  const none = {
    shape: [],
    maxAbsolute: Number.NaN,
    maxRelative: Number.NaN,
    cosine: null,
    ratio: null,
    kinks: 0,
  };
  const diagnosis = "backward returned no gradient at all: there is nothing to check";
  return { case: title, quantity: "gradients", ...none, verdict: "vacuous", worst: { index: [] }, diagnosis };
}

/** Runs a generator without a pause and returns its result. */
export function finished<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
