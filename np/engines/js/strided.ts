import compile from "cwise-compiler";
import ndarray, { type NdArray } from "ndarray";
import ops from "ndarray-ops";
import type { TypedArray } from "../../dtype.ts";
import type { View } from "../../engine.ts";
import { scope } from "./expressions.ts";

type Kernel = (...operands: unknown[]) => void;

/**
 * The functions of ndarray-ops by our names: `v` for one array, `vv` for two, `vn` for an array and
 * a number.
 */
const theirs: Readonly<Record<string, string>> = {
  "neg/v": "neg",
  "exp/v": "exp",
  "log/v": "log",
  "sqrt/v": "sqrt",
  "abs/v": "abs",
  "add/vv": "add",
  "add/vn": "adds",
  "sub/vv": "sub",
  "sub/vn": "subs",
  "mul/vv": "mul",
  "mul/vn": "muls",
  "div/vv": "div",
  "div/vn": "divs",
  "greater/vv": "gt",
  "greater/vn": "gts",
  "greaterEqual/vv": "geq",
  "greaterEqual/vn": "geqs",
  "less/vv": "lt",
  "less/vn": "lts",
  "lessEqual/vv": "leq",
  "lessEqual/vn": "leqs",
  "equal/vv": "eq",
  "equal/vn": "eqs",
  "notEqual/vv": "neq",
  "notEqual/vn": "neqs",
};

const compiled = new Map<string, Kernel>();

/** `out = expression of b to g` over views of any strides: by ndarray-ops, or compiled as ndarray-ops compiles its own loops. */
export function runStrided(
  name: string,
  expression: string,
  out: View,
  operands: readonly (View | number)[],
): void {
  const kinds = operands.map((x) => (typeof x === "number" ? "n" : "v")).join("");
  const key = `${name}/${kinds}`;
  let kernel = compiled.get(key);
  if (!kernel) {
    const known = theirs[key] as keyof typeof ops | undefined;
    kernel = known ? (ops[known] as unknown as Kernel) : compileLoop(name, kinds, expression);
    compiled.set(key, kernel);
  }
  kernel(seen(out), ...operands.map((x) => (typeof x === "number" ? x : seen(x))), scope.pick, scope.erf);
}

export function assignStrided(out: View, x: View): void {
  (ops.assign as Kernel)(seen(out), seen(x));
}

function seen(x: View): NdArray<TypedArray> {
  return ndarray(x.data, x.shape as number[], x.strides as number[], x.offset);
}

/**
 * Compiles a loop that ndarray-ops lacks. It writes a view, called a, and reads views (v) and
 * numbers (n), called b to g; the two entries of the scope come last.
 */
function compileLoop(name: string, kinds: string, expression: string): Kernel {
  // The compiler replaces an operand's name wherever its letters occur, even inside `Math`; `a_`
  // occurs nowhere else.
  const names = ["a_", ...["b_", "c_", "d_", "e_", "f_", "g_"].slice(0, kinds.length), "pick_", "erf_"];
  const body = `a=${expression}`.replace(/\b(?:[a-g]|pick|erf)\b/g, "$&_");
  return compile({
    args: ["array", ...[...kinds].map((kind) => (kind === "v" ? "array" : "scalar")), "scalar", "scalar"],
    pre: { args: [], body: "", thisVars: [], localVars: [] },
    body: {
      args: names.map((arg, i) => ({ name: arg, lvalue: i === 0, rvalue: i > 0, count: 2 })),
      body,
      thisVars: [],
      localVars: [],
    },
    post: { args: [], body: "", thisVars: [], localVars: [] },
    funcName: name,
  });
}
