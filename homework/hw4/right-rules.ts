import {
  exp,
  log1p,
  type NDArray,
  type Random,
  sigmoid,
  softmax,
  square,
  tanh,
  zerosLike,
} from "../../np/index.ts";
import type { Named, Rule } from "./planted-layer.ts";

/** A batch of 3 … 5 rows with 3 or 4 numbers each. */
export function drawnShape(random: Random): readonly [number, number] {
  return [random.integers(3, 6), random.integers(3, 5)];
}

/** y = x·W + b. Shapes: x (N, D), W (D, M), b (M,) → y (N, M). */
export function linear(random: Random, [N, D]: readonly [number, number], M: number): Rule {
  return {
    inputShape: [N, D],
    parameters: { weight: random.normal(0, 1, [D, M]), bias: random.normal(0, 1, [M]) },
    forward: (x, p) => x.matmul(of(p, "weight")).add(of(p, "bias")),
    backward: (dy, x, p) => ({
      dx: dy.matmul(of(p, "weight").T),
      gradients: { weight: x.T.matmul(dy), bias: dy.sum(0) },
    }),
  };
}

/** A function of one number and its slope. */
export interface Curve {
  readonly value: (x: NDArray) => NDArray;
  readonly slope: (x: NDArray) => NDArray;
}

/** Smooth ones: no test meets a kink by chance. */
export const curves: Readonly<Record<"tanh" | "sigmoid" | "softplus" | "swish", Curve>> = {
  tanh: { value: tanh, slope: (x) => square(tanh(x)).neg().add(1) },
  sigmoid: { value: sigmoid, slope: (x) => sigmoid(x).mul(sigmoid(x).neg().add(1)) },
  softplus: { value: (x) => log1p(exp(x)), slope: sigmoid },
  swish: {
    value: (x) => x.mul(sigmoid(x)),
    slope: (x) => sigmoid(x).mul(x.mul(sigmoid(x).neg().add(1)).add(1)),
  },
};

/** y = f(x), for every element; no parameters. */
export function elementwise({ value, slope }: Curve, shape: readonly [number, number]): Rule {
  return {
    inputShape: shape,
    parameters: {},
    forward: (x) => value(x),
    backward: (dy, x) => ({ dx: dy.mul(slope(x)), gradients: {} }),
  };
}

/** y = f(scale · x + shift), with a scale and a shift for each column. */
export function scaled(random: Random, { value, slope }: Curve, shape: readonly [number, number]): Rule {
  const inner = (x: NDArray, p: Named): NDArray => x.mul(of(p, "scale")).add(of(p, "shift"));
  const columns = [shape[1]];
  return {
    inputShape: shape,
    parameters: { scale: random.uniform(0.5, 1.5, columns), shift: random.normal(0, 0.5, columns) },
    forward: (x, p) => value(inner(x, p)),
    backward: (dy, x, p) => {
      const d = dy.mul(slope(inner(x, p)));
      return { dx: d.mul(of(p, "scale")), gradients: { scale: d.mul(x).sum(0), shift: d.sum(0) } };
    },
  };
}

/** Each row's softmax. */
export function softmaxRows(shape: readonly [number, number]): Rule {
  return {
    inputShape: shape,
    parameters: {},
    forward: (x) => softmax(x, 1),
    backward: (dy, x) => {
      const y = softmax(x, 1);
      return { dx: y.mul(dy.sub(dy.mul(y).sum(1, true))), gradients: {} };
    },
  };
}

/** Each row minus its mean. */
export function centred(shape: readonly [number, number]): Rule {
  return {
    inputShape: shape,
    parameters: {},
    forward: (x) => x.sub(x.mean(1, true)),
    backward: (dy) => ({ dx: dy.sub(dy.mean(1, true)), gradients: {} }),
  };
}

/** The second rule after the first; the first one's parameters get a 1 behind their names. */
export function chain(first: Rule, second: Rule): Rule {
  const ofFirst = (p: Named): Named =>
    Object.fromEntries(Object.keys(first.parameters).map((name) => [name, of(p, `${name}1`)]));
  const renamed = (values: Named): Named =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}1`, value]));
  return {
    inputShape: first.inputShape,
    parameters: { ...renamed(first.parameters), ...second.parameters },
    forward: (x, p) => second.forward(first.forward(x, ofFirst(p)), p),
    backward: (dy, x, p) => {
      const after = second.backward(dy, first.forward(x, ofFirst(p)), p);
      const before = first.backward(after.dx, x, ofFirst(p));
      return { dx: before.dx, gradients: { ...renamed(before.gradients), ...after.gradients } };
    },
  };
}

/** offset + factor · y */
export function shrunk(rule: Rule, factor: number, offset: number): Rule {
  return {
    ...rule,
    forward: (x, p) => rule.forward(x, p).mul(factor).add(offset),
    backward: (dy, x, p) => rule.backward(dy.mul(factor), x, p),
  };
}

/** The parameter of this name. */
export function of(p: Named, name: string): NDArray {
  return p[name] as NDArray;
}

/** Zeros of the same shapes. */
export function noGradients(p: Named): Named {
  return Object.fromEntries(Object.entries(p).map(([name, value]) => [name, zerosLike(value)]));
}
