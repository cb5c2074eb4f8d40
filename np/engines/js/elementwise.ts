import compile from "cwise-compiler";
import ndarray, { type NdArray } from "ndarray";
import ops from "ndarray-ops";
import type { TypedArray } from "../../dtype.ts";
import type { BinaryName, UnaryName, View } from "../../engine.ts";
import { erf as erfOf } from "./erf.ts";

type Operand = NdArray<TypedArray>;
type Kernel = (...operands: (Operand | number | Scalar)[]) => void;
type Scalar = (x: number) => number;
/** A function of two operands: array with array, array with number. */
interface Pair {
  readonly arrays: Kernel;
  readonly number: Kernel;
}

/**
 * A loop that ndarray-ops lacks, compiled as ndarray-ops compiles its own: `kernel("tanh", "vv", "a=Math.tanh(b)")` takes a
 * view to write (v), then views (v) and numbers (n) to read, called a, b, c … in the body.
 */
function kernel(name: string, operands: string, body: string): Kernel {
  // The compiler replaces an operand's name wherever its letters stand, in the middle of `Math` too: a_ stands nowhere else.
  const names = ["a_", "b_", "c_", "d_"].slice(0, operands.length);
  return compile({
    args: [...operands].map((kind) => (kind === "v" ? "array" : "scalar")),
    pre: { args: [], body: "", thisVars: [], localVars: [] },
    body: {
      args: names.map((arg, i) => ({ name: arg, lvalue: i === 0, rvalue: i > 0, count: 2 })),
      body: body.replace(/\b[abcd]\b/g, "$&_"),
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

/** A function of ours, which a compiled body can only call as an operand. */
function mapped(name: string, f: Scalar): Kernel {
  const loop = kernel(name, "vvn", "a=c(b)");
  return (out, x) => loop(out as Operand, x as Operand, f);
}

const unaries: Record<UnaryName, Kernel> = {
  neg: ops.neg as Kernel,
  exp: ops.exp as Kernel,
  expm1: kernel("expm1", "vv", "a=Math.expm1(b)"),
  log: ops.log as Kernel,
  sqrt: ops.sqrt as Kernel,
  abs: ops.abs as Kernel,
  // Each branch has a negative exponent, so nothing overflows; NaN falls through to the second and stays NaN.
  sigmoid: kernel("sigmoid", "vv", "if(b>=0){a=1/(1+Math.exp(-b))}else{a=Math.exp(b)/(1+Math.exp(b))}"),
  tanh: kernel("tanh", "vv", "a=Math.tanh(b)"),
  erf: mapped("erf", erfOf),
  sign: kernel("sign", "vv", "a=b>0?1:b<0?-1:b===0?0:b"),
  isfinite: kernel("isfinite", "vv", "a=b-b===0"),
};

const binaries: Record<BinaryName, Pair> = {
  add: { arrays: ops.add as Kernel, number: ops.adds as Kernel },
  sub: { arrays: ops.sub as Kernel, number: ops.subs as Kernel },
  mul: { arrays: ops.mul as Kernel, number: ops.muls as Kernel },
  div: { arrays: ops.div as Kernel, number: ops.divs as Kernel },
  // C's pow, as NumPy: 1 to any power is 1, even NaN; (−1)^±Infinity is 1. JavaScript says NaN to both.
  pow: pair("pow", "a=b===1||(b===-1&&(c===Infinity||c===-Infinity))?1:Math.pow(b,c)"),
  // Not Math.max: −0 and 0 are equal, and of equals NumPy keeps the second.
  maximum: pair("maximum", "a=b>c||b!==b?b:c"),
  minimum: pair("minimum", "a=b<c||b!==b?b:c"),
  // max + log(1 + e^−|b−c|); equal infinities have no difference.
  logAddExp: pair("logAddExp", "a=b===c?b+Math.LN2:(b>c?b:c)+Math.log1p(Math.exp(b>c?c-b:b-c))"),
  greater: { arrays: ops.gt as Kernel, number: ops.gts as Kernel },
  greaterEqual: { arrays: ops.geq as Kernel, number: ops.geqs as Kernel },
  less: { arrays: ops.lt as Kernel, number: ops.lts as Kernel },
  lessEqual: { arrays: ops.leq as Kernel, number: ops.leqs as Kernel },
  equal: { arrays: ops.eq as Kernel, number: ops.eqs as Kernel },
  notEqual: { arrays: ops.neq as Kernel, number: ops.neqs as Kernel },
};

// The product of two int32 needs 62 bits, of which NumPy keeps the lowest 32; a float64 holds only the highest 53.
const integerMul: Pair = pair("imul", "a=Math.imul(b,c)");

// Not `b ? c : d`: NaN is not 0.
const body = "a=b!==0?c:d";
const wheres: Record<string, Kernel> = {
  vv: kernel("where", "vvvv", body),
  vn: kernel("wherevn", "vvvn", body),
  nv: kernel("wherenv", "vvnv", body),
  nn: kernel("wherenn", "vvnn", body),
};

function isDense(x: View): boolean {
  let step = 1;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    const n = x.shape[axis] as number;
    if (n !== 1 && x.strides[axis] !== step) return false;
    step *= n;
  }
  return true;
}

/** As the kernels read it. */
function asNdarray(x: View): Operand {
  return ndarray(x.data, x.shape as number[], x.strides as number[], x.offset);
}
function asOneAxis(x: View): Operand {
  return ndarray(x.data, [x.size], [1], x.offset);
}

/** Runs a kernel; where every view is dense, over one flat axis: one long loop instead of nested short ones. */
function run(f: Kernel, out: View, ...operands: (View | number)[]): void {
  if (out.size === 0) return;
  const dense = isDense(out) && operands.every((x) => typeof x === "number" || isDense(x));
  const seen = dense ? asOneAxis : asNdarray;
  f(seen(out), ...operands.map((x) => (typeof x === "number" ? x : seen(x))));
}

export function assign(out: View, x: View): void {
  run(ops.assign as Kernel, out, x);
}

export function unary(f: UnaryName, out: View, x: View): void {
  run(unaries[f], out, x);
}

export function binary(f: BinaryName, out: View, a: View, b: View | number): void {
  const loops = f === "mul" && out.dtype === "int32" ? integerMul : binaries[f];
  run(typeof b === "number" ? loops.number : loops.arrays, out, a, b);
}

export function where(out: View, condition: View, a: View | number, b: View | number): void {
  const kinds = (typeof a === "number" ? "n" : "v") + (typeof b === "number" ? "n" : "v");
  run(wheres[kinds] as Kernel, out, condition, a, b);
}
