import { type Rule, rightRules } from "../../../homework/internal.ts";
import { flip, type NDArray, onesLike, type Random, zerosLike } from "../../../np/index.ts";
import { type Bug, type Bugged, type Stratum, stratum, wrongDx } from "./stratum.ts";

const { centred, chain, curves, drawnShape, elementwise, linear, scaled, softmaxRows } = rightRules;

const aLinear = (random: Random): Rule => linear(random, drawnShape(random), 4);
const aTanh = (random: Random): Rule => scaled(random, curves.tanh, drawnShape(random));
const aSigmoid = (random: Random): Rule => scaled(random, curves.sigmoid, drawnShape(random));
const aSwish = (random: Random): Rule => elementwise(curves.swish, drawnShape(random));
const aNetwork = (random: Random): Rule => {
  const shape = drawnShape(random);
  const hidden = chain(linear(random, shape, 4), elementwise(curves.tanh, [shape[0], 4]));
  return chain(hidden, linear(random, [shape[0], 4], 3));
};

const times = (factor: number): Bug => wrongDx(({ dx }) => dx.mul(factor));

/** The right backward with another dy, for dx alone. */
const withDy =
  (change: (dy: NDArray) => NDArray): Bug =>
  (right) =>
  (dy, x, p) => ({ ...right.backward(dy, x, p), dx: right.backward(change(dy), x, p).dx });

const withoutLastColumn = wrongDx(({ dx }) => {
  const wrong = dx.copy();
  for (let row = 0; row < (dx.shape[0] as number); row++) wrong.set(0, row, -1);
  return wrong;
});

/** For a layer whose every column has the curve's slope: the slope of `other` in its place. */
const otherSlope =
  (slope: (x: NDArray) => NDArray): Bug =>
  () =>
  (dy, x) => ({ dx: dy.mul(slope(x)), gradients: {} });

/** y = 2x above 0, and x + low · tanh(x) below; the bug takes the slope above 0 for both sides. */
const negativeSide =
  (low: number): ((random: Random) => Rule) =>
  (random) =>
    elementwise(
      {
        value: (x) =>
          x
            .greater(0)
            .mul(x)
            .add(x.less(0).mul(curves.tanh.value(x)).mul(low))
            .add(x),
        slope: (x) =>
          x
            .greaterEqual(0)
            .add(x.less(0).mul(curves.tanh.slope(x)).mul(low))
            .add(1),
      },
      drawnShape(random),
    );

/** Bugs that show in dx, at the first call. */
export const ofDx: readonly Stratum<Bugged>[] = [
  stratum("dx-factor", [
    ["linear: dx 1.5 times the right one", aLinear, times(1.5)],
    ["tanh: dx a third of the right one", aTanh, times(1 / 3)],
    ["swish: dx three times the right one", aSwish, times(3)],
  ]),
  stratum(
    "dx-sign",
    [
      ["linear: dx with the wrong sign", aLinear, times(-1)],
      ["tanh: dx with the wrong sign", aTanh, times(-1)],
      ["network: dx with the wrong sign", aNetwork, times(-1)],
    ],
    { reuses: true },
  ),
  stratum("slope", [
    [
      "tanh: slope 1 - y",
      (r) => elementwise(curves.tanh, drawnShape(r)),
      otherSlope((x) => curves.tanh.value(x).neg().add(1)),
    ],
    ["sigmoid: slope y", (r) => elementwise(curves.sigmoid, drawnShape(r)), otherSlope(curves.sigmoid.value)],
    ["swish: slope of the first factor only", aSwish, otherSlope(curves.sigmoid.value)],
  ]),
  stratum("negative-side", [
    ["bent by 1 below 0: slope 2 everywhere", negativeSide(1), otherSlope((x) => onesLike(x).mul(2))],
    ["bent by 2 below 0: slope 2 everywhere", negativeSide(2), otherSlope((x) => onesLike(x).mul(2))],
    ["bent by 3 below 0: slope 2 everywhere", negativeSide(3), otherSlope((x) => onesLike(x).mul(2))],
  ]),
  stratum("dx-ignores-dy", [
    ["swish: dx for dy = 1", aSwish, withDy(onesLike)],
    ["sigmoid: dx for dy = 1", aSigmoid, withDy(onesLike)],
    ["network: dx for dy = 1", aNetwork, withDy(onesLike)],
  ]),
  stratum("dx-row-order", [
    ["swish: rows of dy in reverse order", aSwish, withDy((dy) => flip(dy, 0))],
    ["tanh: rows of dy in reverse order", aTanh, withDy((dy) => flip(dy, 0))],
    ["network: rows of dy in reverse order", aNetwork, withDy((dy) => flip(dy, 0))],
  ]),
  stratum("dx-zero", [
    [
      "linear, then centred: dx is 0",
      (r) => {
        const shape = drawnShape(r);
        return chain(linear(r, shape, 3), centred([shape[0], 3]));
      },
      wrongDx(({ dx }) => zerosLike(dx)),
    ],
    ["centred: dx is 0", (r) => centred(drawnShape(r)), wrongDx(({ dx }) => zerosLike(dx))],
    [
      "linear, then softmax: dx is 0",
      (r) => {
        const shape = drawnShape(r);
        return chain(linear(r, shape, 3), softmaxRows([shape[0], 3]));
      },
      wrongDx(({ dx }) => zerosLike(dx)),
    ],
  ]),
  stratum("dx-last-column", [
    ["linear: the last column of dx is missing", aLinear, withoutLastColumn],
    ["tanh: the last column of dx is missing", aTanh, withoutLastColumn],
    ["network: the last column of dx is missing", aNetwork, withoutLastColumn],
  ]),
  stratum("dx-small-error", [
    ["linear: dx 6 % too large", aLinear, times(1.06)],
    ["tanh: dx 6 % too small", aTanh, times(0.94)],
    ["swish: dx 7 % too large", aSwish, times(1.07)],
  ]),
];
