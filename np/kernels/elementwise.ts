import { describe } from "../arguments/describe.ts";
import { describeOperand } from "../arguments/describe-operand.ts";
import { engine } from "../current-engine.ts";
import { checkFits, type DType, floating, isFloat, promote } from "../dtype.ts";
import type { BinaryName, UnaryName } from "../engine.ts";
import { NDArray } from "../ndarray.ts";
import { checkArray, checkOperand } from "../operand.ts";
import { broadcastShapes, sameShape } from "../shape.ts";
import { broadcastTo } from "./movement.ts";

type Rule = (dtype: DType) => DType;
const same: Rule = (dtype) => dtype;
const mask: Rule = () => "uint8";

function stretch(x: NDArray, shape: readonly number[]): NDArray {
  return sameShape(x.shape, shape) ? x : broadcastTo(x, shape);
}

function unary(op: UnaryName, result: Rule): (x: NDArray) => NDArray {
  return (x) => {
    checkArray(op, x);
    const out = NDArray.unfilled(x.shape, result(x.dtype));
    engine().unary(op, out, x);
    return out;
  };
}

function binary(op: BinaryName, result: Rule): (a: NDArray, b: NDArray | number) => NDArray {
  return (a, b) => {
    checkArray(op, a);
    checkOperand(op, b);
    if (typeof b === "number") {
      const dtype = result(a.dtype);
      if (result === same) checkFits(op, b, dtype);
      const out = NDArray.unfilled(a.shape, dtype);
      // The number is converted to the array's dtype before the operation: float32 0.1 is equal to
      // 0.1.
      engine().binary(op, out, a, a.dtype === "float32" ? Math.fround(b) : b);
      return out;
    }
    const shape = sameShape(a.shape, b.shape) ? a.shape : broadcastShapes(op, a.shape, b.shape);
    const out = NDArray.unfilled(shape, result(promote(a.dtype, b.dtype)));
    engine().binary(op, out, stretch(a, shape), stretch(b, shape));
    return out;
  };
}

type Binary = (a: NDArray, b: NDArray | number) => NDArray;
type Unary = (x: NDArray) => NDArray;

export const add: Binary = binary("add", same);
export const sub: Binary = binary("sub", same);
export const mul: Binary = binary("mul", same);
export const div: Binary = binary("div", floating);
export const maximum: Binary = binary("maximum", same);
export const minimum: Binary = binary("minimum", same);
export const logaddexp: Binary = binary("logaddexp", floating);
export const greater: Binary = binary("greater", mask);
export const greaterEqual: Binary = binary("greaterEqual", mask);
export const less: Binary = binary("less", mask);
export const lessEqual: Binary = binary("lessEqual", mask);
export const equal: Binary = binary("equal", mask);
export const notEqual: Binary = binary("notEqual", mask);

const power: Binary = binary("pow", same);

export const pow: Binary = (a, b) => {
  checkArray("pow", a);
  checkOperand("pow", b);
  if (!isFloat(a.dtype) && (typeof b === "number" || b.dtype === "int32")) {
    const low = typeof b === "number" ? b : b.flat().find((exponent) => exponent < 0);
    if (low !== undefined && low < 0) {
      throw new TypeError(
        `pow: ${a.dtype} to the power ${low} is a fraction; convert the array first: x.astype("float64")`,
      );
    }
  }
  return power(a, b);
};

export const neg: Unary = unary("neg", same);
export const abs: Unary = unary("abs", same);
export const sign: Unary = unary("sign", same);
export const exp: Unary = unary("exp", floating);
export const expm1: Unary = unary("expm1", floating);
export const log: Unary = unary("log", floating);
export const sqrt: Unary = unary("sqrt", floating);
export const sigmoid: Unary = unary("sigmoid", floating);
export const tanh: Unary = unary("tanh", floating);
export const erf: Unary = unary("erf", floating);
export const reciprocal: Unary = unary("reciprocal", floating);
export const log1p: Unary = unary("log1p", floating);
export const log2: Unary = unary("log2", floating);
export const log10: Unary = unary("log10", floating);
export const sin: Unary = unary("sin", floating);
export const cos: Unary = unary("cos", floating);
export const tan: Unary = unary("tan", floating);
export const arcsin: Unary = unary("arcsin", floating);
export const arccos: Unary = unary("arccos", floating);
export const arctan: Unary = unary("arctan", floating);
export const sinh: Unary = unary("sinh", floating);
export const cosh: Unary = unary("cosh", floating);
export const floor: Unary = unary("floor", same);
export const ceil: Unary = unary("ceil", same);
export const trunc: Unary = unary("trunc", same);
export const rint: Unary = unary("rint", same);
export const isfinite: Unary = unary("isfinite", mask);

export function clip(x: NDArray, min: number | null, max: number | null): NDArray {
  checkArray("clip", x);
  for (const [name, bound] of Object.entries({ min, max })) {
    if (bound === null || typeof bound === "number") continue;
    throw new TypeError(
      `clip: ${name} is ${describe(bound)}; expected a number, or null for none; arrays of bounds: minimum(maximum(x, low), high)`,
    );
  }
  if (min === null && max === null) throw new TypeError("clip: both bounds are null; give one: clip(x, 0)");
  const above = min === null ? x : maximum(x, min);
  return max === null ? above : minimum(above, max);
}

export function astype(x: NDArray, dtype: DType): NDArray {
  checkArray("astype", x);
  const out = NDArray.unfilled(x.shape, dtype);
  engine().assign(out, x);
  return out;
}

/** The result has the dtype of a. */
export function wherePositive(x: NDArray, a: NDArray): NDArray {
  checkArray("wherePositive", x);
  checkArray("wherePositive", a);
  const shape = sameShape(x.shape, a.shape) ? x.shape : broadcastShapes("wherePositive", x.shape, a.shape);
  const out = NDArray.unfilled(shape, a.dtype);
  engine().binary("wherePositive", out, stretch(x, shape), stretch(a, shape));
  return out;
}

/** The result has the promoted dtype of the two branches; two bare numbers give float64. */
export function where(condition: NDArray, a: NDArray | number, b: NDArray | number): NDArray {
  for (const x of [a, b]) checkOperand("where", x);
  if (!(condition instanceof NDArray))
    throw new TypeError(
      `where: the condition is ${describeOperand(condition)}; expected an array such as x.greater(0)`,
    );
  const arrays = [a, b].filter((x) => x instanceof NDArray);
  const dtype = arrays.length === 0 ? "float64" : arrays.map((x) => x.dtype).reduce(promote);
  for (const x of [a, b]) if (typeof x === "number" && !isFloat(dtype)) checkFits("where", x, dtype);
  const shape = arrays.reduce<readonly number[]>(
    (s, x) => broadcastShapes("where", s, x.shape),
    condition.shape,
  );
  const out = NDArray.unfilled(shape, dtype);
  const view = (x: NDArray | number) => (typeof x === "number" ? x : stretch(x, shape));
  engine().where(out, stretch(condition, shape), view(a), view(b));
  return out;
}
