import compile from "cwise-compiler";
import ndarray from "ndarray";
import ops from "ndarray-ops";
import type { BinaryName, UnaryName, View } from "../../engine.ts";

type Kernel = (...operands: (View | number)[]) => void;
/** A function of two operands: array with array, array with number. */
interface Pair {
  readonly arrays: Kernel;
  readonly number: Kernel;
}

/**
 * A loop that ndarray-ops lacks, compiled as ndarray-ops compiles its own: `kernel("tanh", "vv", "_a=Math.tanh(_b)")` takes a
 * view to write (v), then views (v) and numbers (n) to read, called _a, _b, _c … in the body: cwise-compiler replaces these
 * names wherever the letters stand, even inside another word.
 */
function kernel(name: string, operands: string, body: string): Kernel {
  const names = ["_a", "_b", "_c", "_d"].slice(0, operands.length);
  return compile({
    args: [...operands].map((kind) => (kind === "v" ? "array" : "scalar")),
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

function pair(name: string, body: string): Pair {
  return { arrays: kernel(name, "vvv", body), number: kernel(`${name}s`, "vvn", body) };
}

const unaries: Record<UnaryName, Kernel> = {
  neg: ops.neg as Kernel,
  exp: ops.exp as Kernel,
  log: ops.log as Kernel,
  sqrt: ops.sqrt as Kernel,
  abs: ops.abs as Kernel,
  // Each branch has a negative exponent, so nothing overflows; NaN falls through to the second and stays NaN.
  sigmoid: kernel("sigmoid", "vv", "if(_b>=0){_a=1/(1+Math.exp(-_b))}else{_a=Math.exp(_b)/(1+Math.exp(_b))}"),
  tanh: kernel("tanh", "vv", "_a=Math.tanh(_b)"),
  sign: kernel("sign", "vv", "_a=_b>0?1:_b<0?-1:_b===0?0:_b"),
  isfinite: kernel("isfinite", "vv", "_a=_b-_b===0"),
};

const binaries: Record<BinaryName, Pair> = {
  add: { arrays: ops.add as Kernel, number: ops.adds as Kernel },
  sub: { arrays: ops.sub as Kernel, number: ops.subs as Kernel },
  mul: { arrays: ops.mul as Kernel, number: ops.muls as Kernel },
  div: { arrays: ops.div as Kernel, number: ops.divs as Kernel },
  // C's pow, as NumPy: 1 to any power is 1, even NaN; (−1)^±Infinity is 1. JavaScript says NaN to both.
  pow: pair("pow", "_a=_b===1||(_b===-1&&(_c===Infinity||_c===-Infinity))?1:Math.pow(_b,_c)"),
  // Not Math.max: −0 and 0 are equal, and of equals NumPy keeps the second.
  maximum: pair("maximum", "_a=_b>_c||_b!==_b?_b:_c"),
  minimum: pair("minimum", "_a=_b<_c||_b!==_b?_b:_c"),
  // max + log(1 + e^−|b−c|); equal infinities have no difference.
  logAddExp: pair(
    "logAddExp",
    "_a=_b===_c?_b+Math.LN2:(_b>_c?_b:_c)+Math.log1p(Math.exp(_b>_c?_c-_b:_b-_c))",
  ),
  greater: { arrays: ops.gt as Kernel, number: ops.gts as Kernel },
  greaterEqual: { arrays: ops.geq as Kernel, number: ops.geqs as Kernel },
  less: { arrays: ops.lt as Kernel, number: ops.lts as Kernel },
  lessEqual: { arrays: ops.leq as Kernel, number: ops.leqs as Kernel },
  equal: { arrays: ops.eq as Kernel, number: ops.eqs as Kernel },
  notEqual: { arrays: ops.neq as Kernel, number: ops.neqs as Kernel },
};

const body = "_a=_b?_c:_d";
const wheres: Record<string, Kernel> = {
  vv: kernel("where", "vvvv", body),
  vn: kernel("wherevn", "vvvn", body),
  nv: kernel("wherenv", "vvnv", body),
  nn: kernel("wherenn", "vvnn", body),
};

function isDense(view: View): boolean {
  let step = 1;
  for (let axis = view.shape.length - 1; axis >= 0; axis--) {
    const n = view.shape[axis] as number;
    if (n !== 1 && view.stride[axis] !== step) return false;
    step *= n;
  }
  return true;
}

/** Runs a kernel; where every view is dense, over one flat axis: one long loop instead of nested short ones. */
function run(f: Kernel, ...operands: (View | number)[]): void {
  const views = operands.filter((x) => typeof x !== "number");
  if (views[0]?.size === 0) return;
  const flat = (x: View): View => ndarray(x.data, [x.size], [1], x.offset);
  if (views.every(isDense)) f(...operands.map((x) => (typeof x === "number" ? x : flat(x))));
  else f(...operands);
}

export function assign(out: View, x: View): void {
  run(ops.assign as Kernel, out, x);
}

export function unary(f: UnaryName, out: View, x: View): void {
  run(unaries[f], out, x);
}

export function binary(f: BinaryName, out: View, a: View, b: View | number): void {
  run(typeof b === "number" ? binaries[f].number : binaries[f].arrays, out, a, b);
}

export function where(out: View, condition: View, a: View | number, b: View | number): void {
  const kinds = (typeof a === "number" ? "n" : "v") + (typeof b === "number" ? "n" : "v");
  run(wheres[kinds] as Kernel, out, condition, a, b);
}
