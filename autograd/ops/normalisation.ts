import { addcmul, exp, logSoftmax, normalizeAxes, sizeOf, vecdot } from "../../np/index.ts";
import { addcmul2, comoments, softmaxMinus } from "../../np/internal.ts";
import { eachTimes, stretchedAxes, unbroadcast, unreduce } from "./adjoints.ts";
import type { Ops } from "./vjp.ts";

/** Means and deviations taken out, and softmax. */
// biome-ignore format: a sheet, one rule a line
export const normalisation: Pick<Ops, "standardize" | "normalize" | "logSoftmax" | "softmaxCrossEntropy" | "softmaxMinus"> = {
  // (dy − mean dy − y · mean(dy y)) / std: the terms come from x itself, the mean, and the
  // deviation (in the direction of y)
  standardize: [(dy, x, _mean, std, axes, y) => {
    if (axes.length === 0) return unbroadcast(dy.div(std), x);
    const count = sizeOf(normalizeAxes("standardize", axes, x.ndim).map((axis) => x.shape[axis] as number));
    const throughMean = dy.mean(axes, true).div(std).neg();
    const throughStd = vecdot(dy, y, axes, true).div(count).div(std).neg();
    return addcmul(addcmul(throughMean, y, throughStd), dy, std.pow(-1));
  }, null, null],
  // dγ = Σ dy x̂, dβ = Σ dy, and as above dx = γ/σ · (dy − dβ/m − x̂ dγ/m)
  normalize: [(dy, xs, mean, std, axes) => {
    const [x, weight, bias] = xs as [x: typeof dy, weight: typeof dy, bias: typeof dy];
    const { sum: dBias, comoment } = comoments(dy, x, mean, stretchedAxes(x, weight));
    const [dWeight, scale] = [comoment.div(std), weight.div(std)];
    let dx: typeof dy;
    if (axes.length === 0) dx = dy.mul(scale);
    else {
      const count = sizeOf(x.shape) / sizeOf(mean.shape);
      const throughMean = dBias.div(count).mul(scale).neg();
      const throughStd = dWeight.div(count).mul(scale).div(std).neg();
      dx = addcmul2(throughMean, dy, scale, x, throughStd, mean);
    }
    return [dx.astype(x.dtype), dWeight.astype(weight.dtype), dBias.astype(bias.dtype)];
  }, null, null],
  logSoftmax: [(dy, _x, axis, y) => dy.sub(exp(y).mul(dy.sum(axis, true)))],
  softmaxCrossEntropy: [(dy, logits, t, axis) => softmaxMinus(logits, t, dy, axis).astype(logits.dtype),
                        (dy, logits, t, axis) => logSoftmax(logits, axis).mul(unreduce(dy, t, axis)).neg().astype(t.dtype)],
  // y = (p Σ t − t) scale, p = softmax(logits); back through p: p (dp − Σ dp p)
  softmaxMinus: [(dy, logits, t, scale, axis) => {
    const p = exp(logSoftmax(logits, axis));
    const dp = eachTimes(dy, scale, axis).mul(t.sum(axis, true));
    return p.mul(dp.sub(vecdot(dp, p, axis, true))).astype(logits.dtype);
  }, (dy, logits, t, scale, axis) => {
    const p = exp(logSoftmax(logits, axis));
    return eachTimes(vecdot(dy, p, axis, true).sub(dy), scale, axis).astype(t.dtype);
  }, (dy, logits, t, scale, axis) => vecdot(dy, softmaxMinus(logits, t, 1, axis), axis).astype(typeof scale === "number" ? dy.dtype : scale.dtype)],
};
