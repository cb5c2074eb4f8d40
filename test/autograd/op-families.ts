// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the table picks functions by name
import type { Tensor } from "chalk-and-tape/autograd";
import type { NDArray } from "chalk-and-tape/np";
import * as np from "chalk-and-tape/np";
import { away, spread } from "./inputs.ts";
import type { TensorFunction } from "./tape-pair.ts";

export interface OpCase {
  readonly what: string;
  readonly f: TensorFunction;
  readonly inputs: readonly NDArray[];
  /** Inputs in which f is affine: there J v is a plain difference, exact to rounding. */
  readonly affine?: readonly number[];
  /** Its second derivatives exist and are not all zero. */
  readonly curved?: true;
}

const binary = ["add", "sub", "mul", "div"] as const;
type Binary = (typeof binary)[number];

/** Every way of broadcasting, and a number on the right. */
export function arithmetic(op: Binary): OpCase[] {
  const both = (a: Tensor, b: Tensor): Tensor => a[op](b);
  const affine = op === "div" ? [0] : [0, 1];
  const curved = op === "mul" || op === "div" ? { curved: true as const } : {};
  const shapes: [what: string, a: number[], b: number[]][] = [
    ["equal shapes", [3, 2], [3, 2]],
    ["b stretched along new axes", [2, 3, 2], [3, 1]],
    ["a stretched along new axes", [2], [4, 3, 2]],
    ["both stretched", [3, 1, 2], [1, 4, 1]],
    ["a scalar on the left", [], [2, 2]],
    ["a scalar on the right", [2, 2], []],
    ["(1,) against (1, 1)", [1], [1, 1]],
  ];
  return [
    ...shapes.map(([what, a, b]) => ({
      what,
      f: both,
      inputs: [spread(a, 1), op === "div" ? away(b, 2) : spread(b, 2)],
      affine,
      ...curved,
    })),
    { what: "a number on the right", f: (a) => a[op](-1.75), inputs: [spread([2, 3], 3)], affine: [0] },
    { what: "an argument used twice", f: (a) => a[op](a.mul(a).add(2)), inputs: [spread([2, 2], 4)] },
  ];
}

export function choice(op: "maximum" | "minimum" | "logAddExp"): OpCase[] {
  const curved = op === "logAddExp" ? { curved: true as const } : {};
  const f: TensorFunction = (a, b) => np[op](a as Tensor, b as Tensor);
  return [
    { what: "equal shapes", f, inputs: [spread([3, 3], 1), spread([3, 3], 2)], ...curved },
    { what: "both stretched", f, inputs: [spread([3, 1], 1), spread([2, 1, 4], 2)], ...curved },
    { what: "a scalar on the left", f, inputs: [spread([], 1), spread([2, 3], 2)], ...curved },
    {
      what: "a number on the right",
      f: (a) => np[op](a as Tensor, 0.123),
      inputs: [spread([3, 3], 3)],
      ...curved,
    },
  ];
}

export function reduction(op: "sum" | "mean" | "logSumExp"): OpCase[] {
  const of =
    (axis: np.Axis, keepdims?: boolean): TensorFunction =>
    (x) =>
      op === "logSumExp" ? np.logSumExp(x as Tensor, axis, keepdims) : (x as Tensor)[op](axis, keepdims);
  const axes: [axis: np.Axis, keepdims?: boolean][] = [[null], [null, true], [0], [1, true], [-1], [-2, true], [[0, 2]], [[-1, 0], true], [[0, 1, 2]]]; // biome-ignore format: a list
  const more = op === "logSumExp" ? { curved: true as const } : { affine: [0] };
  return [
    ...axes.map(([axis, keepdims]) => ({
      what: `axis ${JSON.stringify(axis)}${keepdims ? ", keepdims" : ""}`,
      f: of(axis, keepdims),
      inputs: [spread([2, 3, 4], 5)],
      ...more,
    })),
    { what: "of a scalar", f: of(null), inputs: [spread([], 5)], affine: [0] },
  ];
}

export const unary = (op: "exp" | "log" | "sqrt" | "abs" | "sigmoid" | "tanh", inputs: NDArray): OpCase[] => [
  {
    what: "2-D",
    f: (x) => np[op](x as Tensor),
    inputs: [inputs],
    ...(op === "abs" ? {} : { curved: true as const }),
  },
  { what: "a transposed view", f: (x) => np[op]((x as Tensor).T), inputs: [inputs] },
  { what: "a scalar", f: (x) => np[op]((x as Tensor).slice(0, 0)), inputs: [inputs] },
];
