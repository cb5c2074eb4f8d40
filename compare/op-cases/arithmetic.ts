import type { Tensor } from "../../autograd/index.ts";
import { divide, power, subtract } from "../../np/index.ts";
import { away, positive, spread } from "./numbers.ts";
import type { OpCase, OpCases } from "./op-case.ts";

type Binary = "add" | "sub" | "mul" | "div";

/** Cases with every kind of broadcasting, and with a number on the right. */
function everyBroadcast(op: Binary): readonly [OpCase, ...OpCase[]] {
  const both = (a: Tensor, b: Tensor): Tensor => a[op](b);
  const affine = op === "div" ? [0] : [0, 1];
  const zeroSecondDerivatives = op === "add" || op === "sub" ? { zeroSecondDerivatives: true as const } : {};
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
    {
      what: "a number on the right",
      f: (a) => a[op](-1.75),
      inputs: [spread([2, 3], 3)],
      affine: [0],
      zeroSecondDerivatives: true,
    },
    { what: "an argument used twice", f: (a) => a[op](a.mul(a).add(2)), inputs: [spread([2, 2], 4)] },
    ...shapes.map(([what, a, b]) => ({
      what,
      f: both,
      inputs: [spread(a, 1), op === "div" ? away(b, 2) : spread(b, 2)],
      affine,
      ...zeroSecondDerivatives,
    })),
  ];
}

/** The operations that NumPy writes as operators. */
// biome-ignore format: a table, one case a line
export const arithmetic: Pick<OpCases, "add" | "sub" | "mul" | "div" | "pow"> = {
  add: everyBroadcast("add"),
  sub: [...everyBroadcast("sub"), { what: "a number on the left", f: (b) => subtract(1, b), inputs: [spread([2, 3], 3)], affine: [0], zeroSecondDerivatives: true }],
  mul: everyBroadcast("mul"),
  div: [...everyBroadcast("div"), { what: "a number on the left", f: (b) => divide(2, b), inputs: [away([2, 3], 3)] }],
  pow: [
    { what: "both arrays", f: (x, p) => x.pow(p), inputs: [positive([3, 2], 1), spread([3, 2], 2)] },
    { what: "x stretched", f: (x, p) => x.pow(p), inputs: [positive([2], 1), spread([3, 2], 2)] },
    { what: "exponent stretched", f: (x, p) => x.pow(p), inputs: [positive([3, 2], 1), spread([], 2)] },
    { what: "square of both signs", f: (x) => x.pow(2), inputs: [spread([3, 2], 1)] },
    { what: "cube of both signs", f: (x) => x.pow(3), inputs: [spread([3, 2], 1)] },
    { what: "reciprocal", f: (x) => x.pow(-1), inputs: [away([2, 2], 1)] },
    { what: "a number to the power of an array", f: (p) => power(2.5, p), inputs: [spread([3, 2], 1)] },
    { what: "fractional", f: (x) => x.pow(2.5), inputs: [positive([3, 2], 1)] },
  ],
};
