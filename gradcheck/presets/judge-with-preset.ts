import { type NDArray, type Random, sameShape, zeros } from "../../np/index.ts";
import { describe, expectArgument, ndarray, settleOptions, stream, unravelIndex } from "../../np/internal.ts";
import { preset as anyPreset, subject as anySubject, presetOptions } from "../contracts.ts";
import { chooseEntries, type Subject } from "../subject.ts";
import { againstCs231n, againstTorch, type Misfit } from "./preset-rules.ts";

/**
 * A checker whose rule is reproduced for comparison: PyTorch's `gradcheck`, or the one of
 * Stanford's course CS231n.
 */
export type Preset = "torch" | "cs231n";

/** A preset's verdict on all gradients, with the element that misses its rule most. */
export interface PresetVerdict {
  readonly agrees: boolean;
  /** What is wrong, in words; empty if nothing is. */
  readonly why: string;
  /** torch: |a − n| / (1e-5 + 1e-3·|n|), wrong above 1. cs231n: |a − n| / max(1e-8, |a| + |n|), wrong above 1e-4. */
  readonly worst: number;
  readonly quantity: string;
  readonly index: readonly number[];
  readonly analytical: number;
  readonly numerical: number;
}

export interface PresetOptions {
  /**
   * The arrays whose gradients are checked; default those for which the subject returns one. A
   * missing gradient counts as 0.
   */
  readonly quantities?: readonly string[];
  /**
   * The number of elements of each array that are checked, chosen at random; default all, as in
   * both checkers.
   */
  readonly entries?: number;
}

/**
 * Judges gradients as another checker would, with its step, upstream and tolerance; see
 * `againstTorch` and `againstCs231n`. For both, a different shape or any error counts as wrong.
 * @throws RangeError for an unknown preset
 * @param inputs by name, in the order of forward; parameters are changed in place while forward
 * runs, and restored
 */
export function judgeWithPreset(
  subject: Subject,
  inputs: ReadonlyMap<string, NDArray>,
  preset: Preset,
  rng: Random,
  options: PresetOptions = {},
): PresetVerdict {
  const where = "judgeWithPreset";
  expectArgument(where, "subject", anySubject, subject);
  if (!(inputs instanceof Map))
    throw new TypeError(`${where}: inputs is ${describe(inputs)}, expected a Map of arrays by name`);
  for (const [name, x] of inputs) expectArgument(where, String(name), ndarray, x);
  expectArgument(where, "preset", anyPreset, preset);
  expectArgument(where, "rng", stream, rng);
  const settled = settleOptions(where, { name: where, positional: {}, options: presetOptions }, options);
  try {
    return judgeOrThrow(subject, inputs, preset, rng, settled);
  } catch (error) {
    return wrongVerdict(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}

function judgeOrThrow(
  subject: Subject,
  given: ReadonlyMap<string, NDArray>,
  preset: Preset,
  rng: Random,
  { quantities, entries = Number.POSITIVE_INFINITY }: PresetOptions,
): PresetVerdict {
  const inputs = new Map([...given].map(([name, x]) => [name, x.copy()]));
  const arrays = new Map([...inputs, ...subject.parameters]);
  const forward = (): NDArray => subject.forward(...inputs.values());
  const { shape } = forward();
  const names = quantities ?? [...subject.gradients(null, ...inputs.values()).gradients.keys()];
  const chosen = new Map(names.map((name) => [name, chooseEntries(wanted(name, arrays).size, entries, rng)]));
  /**
   * The gradients of one backward. forward runs again before each, as usual, because a layer
   * remembers its last forward.
   */
  const backward = (dy: NDArray): Map<string, NDArray> => {
    const found = subject.gradients(dy, ...[...inputs.values()].map((x) => x.copy())).gradients;
    return new Map(names.map((name) => [name, fitting(name, found.get(name), arrays.get(name) as NDArray)]));
  };
  const measure = { forward, backward, arrays, chosen, shape };
  const misfit = preset === "torch" ? againstTorch(measure) : againstCs231n(measure, rng);
  return verdictOf(misfit, arrays);
}

/**
 * Returns the array itself, which the check nudges.
 * @throws RangeError for a name that is neither an input nor a parameter, TypeError for a strided
 * view
 */
function wanted(name: string, arrays: ReadonlyMap<string, NDArray>): NDArray {
  const x = arrays.get(name);
  if (!x) throw new RangeError(`there is a gradient of ${name}, which is no input and no parameter`);
  if (!x.isContiguous) throw new TypeError(`${name} is a strided view; make it a copy`);
  return x;
}

/**
 * Returns the gradient; a missing one becomes zeros, as in PyTorch.
 * @throws RangeError for another shape
 */
function fitting(name: string, gradient: NDArray | undefined, like: NDArray): NDArray {
  if (!gradient) return zeros(like.shape);
  if (sameShape(gradient.shape, like.shape)) return gradient;
  throw new RangeError(`the gradient of ${name} has shape (${gradient.shape}), expected (${like.shape})`);
}

function wrongVerdict(why: string): PresetVerdict {
  const nothing = { quantity: "", index: [], analytical: Number.NaN, numerical: Number.NaN };
  return { agrees: false, why, worst: Number.POSITIVE_INFINITY, ...nothing };
}

function verdictOf(misfit: Misfit, arrays: ReadonlyMap<string, NDArray>): PresetVerdict {
  const { worst, limit, quantity, at, analytical, numerical, rule } = misfit;
  const agrees = worst <= limit;
  const index = unravelIndex(at, arrays.get(quantity)?.shape ?? []);
  return { agrees, why: agrees ? "" : rule, worst, quantity, index, analytical, numerical };
}
