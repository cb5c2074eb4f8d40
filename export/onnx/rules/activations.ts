import type { ActivationName } from "../../../contracts/internal.ts";
import { seluAlpha, seluScale } from "../../../contracts/internal.ts";
import { sizeOf } from "../../../np/index.ts";
import type { Scope } from "../scope.ts";
import { erf } from "./erf.ts";
import { perChannel } from "./per-channel.ts";
import type { Rules } from "./rule.ts";
import { sigmoid } from "./sigmoid.ts";

/** A function of each element, or of each vector along an axis. */
export const activations: Rules<ActivationName> = {
  ReLU: (scope, _, { x }) => scope.node("Relu", [x]),
  Sigmoid: (scope, _, { x }) => sigmoid(scope, x),
  Tanh: (scope, _, { x }) => scope.node("Tanh", [x]),
  SiLU: (scope, _, { x }) => scope.node("Mul", [x, sigmoid(scope, x)]),
  Softmax: (scope, { dim }, { x }) => scope.node("Softmax", [x], { axis: dim }),
  LogSoftmax: (scope, { dim }, { x }) => scope.node("LogSoftmax", [x], { axis: dim }),
  Hardtanh: (scope, { minVal, maxVal }, { x }) =>
    scope.node("Clip", [x, scope.number(minVal), scope.number(maxVal)]),
  LeakyReLU: (scope, { negativeSlope }, { x }) =>
    scope.isSingle
      ? scope.node("LeakyRelu", [x], { alpha: { float: negativeSlope } })
      : sloped(scope, x, scope.number(negativeSlope)),
  PReLU(scope, { weight }, { x, shape }) {
    const slopes = sizeOf(weight.shape) === 1 ? scope.parameter(weight) : perChannel(scope, weight, shape);
    return scope.isSingle ? scope.node("PRelu", [x, slopes]) : sloped(scope, x, slopes);
  },
  ELU: (scope, { alpha }, { x }) =>
    scope.isSingle ? scope.node("Elu", [x], { alpha: { float: alpha } }) : elu(scope, x, alpha),
  SELU(scope, _, { x }) {
    if (scope.isSingle) return scope.node("Selu", [x]);
    return scope.node("Mul", [elu(scope, x, seluAlpha), scope.number(seluScale)]);
  },
  Softplus(scope, { beta, threshold }, { x }) {
    const z = beta === 1 ? x : scope.node("Mul", [x, scope.number(beta)]);
    const smooth = scope.isSingle ? scope.node("Softplus", [z]) : logOfOnePlusExp(scope, z);
    const y = beta === 1 ? smooth : scope.node("Div", [smooth, scope.number(beta)]);
    const isLarge = scope.node("Greater", [z, scope.number(threshold)]);
    return scope.node("Where", [isLarge, x, y]);
  },
  GELU(scope, { approximate }, { x }) {
    const inner =
      approximate === "none"
        ? erf(scope, scope.node("Div", [x, scope.number(Math.SQRT2)]))
        : scope.node("Tanh", [geluCubic(scope, x)]);
    const share = scope.node("Add", [inner, scope.number(1)]);
    return scope.node("Div", [scope.node("Mul", [x, share]), scope.number(2)]);
  },
};

/** x, times the slopes where it is below 0. */
function sloped(scope: Scope, x: string, slopes: string): string {
  const isBelow = scope.node("Less", [x, scope.number(0)]);
  return scope.node("Where", [isBelow, scope.node("Mul", [x, slopes]), x]);
}

/** max(x, 0) + α (e^min(x, 0) − 1) */
function elu(scope: Scope, x: string, alpha: number): string {
  const exp = scope.node("Exp", [scope.node("Min", [x, scope.number(0)])]);
  const below = scope.node("Sub", [exp, scope.number(1)]);
  return scope.node("Add", [scope.node("Relu", [x]), scope.node("Mul", [below, scope.number(alpha)])]);
}

/** log(1 + eᶻ) as max(z, 0) + log(1 + e^−|z|), which does not overflow. */
function logOfOnePlusExp(scope: Scope, z: string): string {
  const exp = scope.node("Exp", [scope.node("Neg", [scope.node("Abs", [z])])]);
  const log = scope.node("Log", [scope.node("Add", [exp, scope.number(1)])]);
  return scope.node("Add", [scope.node("Relu", [z]), log]);
}

/** √(2/π) (x + 0.044715 x³) */
function geluCubic(scope: Scope, x: string): string {
  const cube = scope.node("Mul", [scope.node("Mul", [x, x]), x]);
  const sum = scope.node("Add", [x, scope.node("Mul", [cube, scope.number(0.044715)])]);
  return scope.node("Mul", [sum, scope.number(Math.sqrt(2 / Math.PI))]);
}
