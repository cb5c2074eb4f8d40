/** Functions of each element, and of pairs of elements, with broadcasting. */
import { type Applies, leader } from "../leader.ts";
import { symmetric } from "./symmetric.ts";

/**
 * eˣ.
 * @example exp(array([0, 1])) // [1, 2.7183]
 */
export function exp<A extends Applies<A>>(x: A): A {
  return leader<A>("exp", x).apply("exp", x);
}
/** eˣ − 1, exact near 0, where eˣ rounds to 1. */
export function expm1<A extends Applies<A>>(x: A): A {
  return leader<A>("expm1", x).apply("expm1", x);
}
/**
 * The natural logarithm; −Infinity at 0, NaN below.
 * @example log(array([1, 10])) // [0, 2.3026]
 */
export function log<A extends Applies<A>>(x: A): A {
  return leader<A>("log", x).apply("log", x);
}
/**
 * √x; NaN below 0.
 * @example sqrt(array([4, 2])) // [2, 1.4142]
 */
export function sqrt<A extends Applies<A>>(x: A): A {
  return leader<A>("sqrt", x).apply("sqrt", x);
}
/**
 * |x|.
 * @example abs(array([-3, 3])) // [3, 3]
 */
export function abs<A extends Applies<A>>(x: A): A {
  return leader<A>("abs", x).apply("abs", x);
}
/**
 * The logistic function 1 / (1 + e⁻ˣ), without overflow.
 * @example sigmoid(array([-1, 0, 1])) // [0.2689, 0.5, 0.7311]
 */
export function sigmoid<A extends Applies<A>>(x: A): A {
  return leader<A>("sigmoid", x).apply("sigmoid", x);
}
/**
 * (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ).
 * @example tanh(array([-1, 0, 1])) // [-0.7616, 0, 0.7616]
 */
export function tanh<A extends Applies<A>>(x: A): A {
  return leader<A>("tanh", x).apply("tanh", x);
}
/** The error function 2/√π ∫₀ˣ e^(−t²) dt: the normal distribution's Φ(x) is (1 + erf(x / √2)) / 2. SciPy's `scipy.special.erf`. */
export function erf<A extends Applies<A>>(x: A): A {
  return leader<A>("erf", x).apply("erf", x);
}
/** −1, 0 or 1 (NaN stays NaN). */
export function sign<A extends Applies<A>>(x: A): A {
  return leader<A>("sign", x).applyConstant("sign", x);
}
/**
 * The larger of a and b, element by element; NaN wins.
 * @example maximum(array([-1, 2]), 0) // [0, 2]
 */
export function maximum<A extends Applies<A>>(a: A | number, b: A | number): A {
  return symmetric("maximum", "maximum", a, b);
}
/** The smaller of a and b, element by element; NaN wins. */
export function minimum<A extends Applies<A>>(a: A | number, b: A | number): A {
  return symmetric("minimum", "minimum", a, b);
}
/** log(eᵃ + eᵇ) without overflow; `logaddexp(x, 0)` is softplus. */
export function logaddexp<A extends Applies<A>>(a: A | number, b: A | number): A {
  return symmetric("logaddexp", "logaddexp", a, b);
}
/**
 * a where the condition is not 0 (NaN counts as not 0), else b; all three broadcast.
 * @example
 * const x = array([-1, 2]);
 * where(x.greater(0), x, 0) // [0, 2]
 */
export function where<A extends Applies<A>>(condition: unknown, a: A | number, b: A | number): A {
  return leader<A>("where", condition, a, b).apply("where", condition as A, a, b);
}
/** a + b · c, with broadcasting, in one pass. PyTorch's `addcmul`. */
export function addcmul<A extends Applies<A>>(a: A, b: A, c: A): A {
  return leader<A>("addcmul", a, b, c).apply("addcmul", a, b, c);
}
