/** Methods of tensors and functions of `autograd.functional` as a table of calls, which PyTorch answers too. */
import { type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, type DType, NDArray, type Nested } from "chalk-and-tape/np";
import { isFloat } from "#internal/np";
import { type Draw, draw, type Numeral, noise } from "./tables.ts";

/** A tensor among the arguments of a call; PyTorch's name of a dtype converts it. */
export interface Drawn {
  readonly draw: Draw;
  readonly dtype?: string;
  /** An array without a gradient, which the call may change. */
  readonly constant?: true;
}
type Argument = number | boolean | string | null | readonly number[] | Drawn | { readonly number: Numeral };

export interface Call {
  readonly what: string;
  /** What a method is called on. */
  readonly x?: Drawn;
  readonly args: readonly Argument[];
  readonly options?: Readonly<Record<string, Argument>>;
}
export interface CallAnswer {
  readonly results: readonly {
    readonly shape: number[];
    readonly dtype: string;
    readonly values: Numeral[];
  }[];
  /** Of every tensor that was given, in the order of the table; null for one without a gradient. */
  readonly gradients: readonly (Numeral[] | null)[];
  /** The arrays among them after the call. */
  readonly constants: readonly Numeral[][];
}

/** What PyTorch's dtypes are here: no int64, and masks are uint8. */
const dtypes: Readonly<Record<string, DType>> = {
  float64: "float64",
  float32: "float32",
  int64: "int32",
  int32: "int32",
  uint8: "uint8",
  bool: "uint8",
};

export function dtypeHere(torch: string): DType {
  const found = dtypes[torch];
  if (!found) throw new RangeError(`no dtype is known for ${torch}`);
  return found;
}

/** The same with a seed that is added to all draws: other numbers of the same kind. */
function inputOf({ draw: how, dtype }: Drawn, seed: number): NDArray {
  const x = draw(how, seed);
  return dtype === undefined ? x : x.astype(dtypeHere(dtype));
}

const isDrawn = (given: unknown): given is Drawn =>
  typeof given === "object" && given !== null && "draw" in given;

function numberOf(given: Argument): unknown {
  return typeof given === "object" && given !== null && "number" in given ? Number(given.number) : given;
}

/** What is drawn for a call in the table's order, arguments first, x last. */
function drawnIn({ x, args, options = {} }: Call): Drawn[] {
  return [...args, ...Object.values(options), x].filter(isDrawn);
}

/** The arrays of a call, in the same order. */
export function inputsOf(call: Call): NDArray[] {
  return drawnIn(call).map(inputOf);
}

/** The tensors of a call; those of floats want a gradient. A constant stays an array. */
export function leavesOf(call: Call, floats: "float64" | "float32" = "float64"): (Tensor | NDArray)[] {
  const isConstant = drawnIn(call).map(({ constant }) => constant ?? false);
  return inputsOf(call).map((drawn, i) => {
    const x = isFloat(drawn.dtype) ? drawn.astype(floats) : drawn;
    return isConstant[i] ? x : tensor(x, { dtype: x.dtype, requiresGrad: isFloat(x.dtype) });
  });
}

type Method = (this: unknown, ...args: readonly unknown[]) => unknown;

/** The results of a call with these in the places of what is drawn. */
export function resultsOf(
  call: Call,
  find: (x: Tensor | null) => unknown,
  inputs: readonly (Tensor | NDArray)[],
): unknown[] {
  let next = 0;
  const fill = (given: Argument): unknown => (isDrawn(given) ? inputs[next++] : numberOf(given));
  const args = call.args.map(fill);
  const options = Object.entries(call.options ?? {}).map(([key, given]) => [key, fill(given)]);
  const x = call.x ? (inputs[next] as Tensor) : null;
  const found = find(x);
  const all = options.length > 0 ? [...args, Object.fromEntries(options)] : args;
  const y = typeof found === "function" ? Reflect.apply(found as Method, x, all) : found;
  if (Array.isArray(y)) return y;
  if (typeof y === "object" && y !== null && "indices" in y && "values" in y) return [y.values, y.indices];
  return [y];
}

export const isTensor = (x: unknown): x is Tensor =>
  typeof x === "object" && x !== null && "requiresGrad" in x;

/** A result as an array. */
export function asArray(result: unknown): NDArray {
  if (isTensor(result)) return result.data;
  return result instanceof NDArray ? result : array(result as Nested);
}

/** Σ over all results of Σ y · dy, with the upstream gradients of the table. */
export function weighed(results: readonly unknown[]): Tensor | null {
  const terms = results.flatMap((y, i) =>
    isTensor(y) && isFloat(y.dtype) ? [y.mul(noise(y.shape, 900 + i)).sum()] : [],
  );
  return terms.length > 0 ? terms.slice(1).reduce((sum, term) => sum.add(term), terms[0] as Tensor) : null;
}
