import * as autograd from "chalk-and-tape/autograd";
import { type Tensor, tensor } from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import {
  abs,
  array,
  clip,
  full,
  max,
  maximum,
  median,
  min,
  minimum,
  type NDArray,
  type Nested,
  norm,
  quantile,
  sqrt,
  std,
} from "chalk-and-tape/np";

/** Inputs and a factor r to ∂(r Σ y)/∂ each of the inputs. */
export type Slopes = (inputs: readonly Nested[], factor: number) => Nested[];

interface ChalkLayer {
  forward(...inputs: readonly NDArray[]): NDArray;
  backward(dy: NDArray): NDArray;
}

/** On the tape. */
function byTape(f: (...inputs: readonly Tensor[]) => Tensor): Slopes {
  return (inputs, factor) => {
    const xs = inputs.map((x) => tensor(x, { requiresGrad: true }));
    const y = f(...xs);
    y.backward(full(y.shape, factor));
    return xs.map((x) => (x.grad as Tensor).toArray());
  };
}
/** By chalk; a loss also gets a target of which every element is t. */
function byChalk(layer: ChalkLayer, t?: number): Slopes {
  return ([nested], factor) => {
    const x = array(nested as Nested);
    const y = layer.forward(x, ...(t === undefined ? [] : [full(x.shape, t)]));
    return [layer.backward(full(y.shape, factor)).toArray()];
  };
}
const each = { reduction: "none" } as const;
const all = (x: Tensor, t: number): NDArray => full(x.shape, t);

type One = readonly [x: Tensor];
type Two = readonly [a: Tensor, b: Tensor];
const one = (f: (x: Tensor) => Tensor): Slopes => byTape((...[x]) => f(...([x] as unknown as One)));
const two = (f: (a: Tensor, b: Tensor) => Tensor): Slopes => byTape((...xs) => f(...(xs as unknown as Two)));

/** Of one row whose target is the first class. */
const svm: ChalkLayer = {
  forward: (x) => svmLoss.forward(x as NDArray, array([0])),
  backward: (dy) => svmLoss.backward(dy),
};
const svmLoss: manual.MultiMarginLoss = new manual.MultiMarginLoss(each);

/** Who must obey the convention of a name: the tape, and chalk where it has the function. */
export const obedient: Readonly<Record<string, readonly Slopes[]>> = {
  "relu(x)": [one((x) => new autograd.ReLU().forward(x)), byChalk(new manual.ReLU())],
  "abs(x)": [one(abs)],
  "maximum(a, b)": [two(maximum)],
  "minimum(a, b)": [two(minimum)],
  "maximum(x, 2)": [one((x) => maximum(x, 2))],
  "minimum(x, 2)": [one((x) => minimum(x, 2))],
  "max(x)": [one((x) => max(x)), one((x) => max(x, null, true))],
  "min(x)": [one((x) => min(x))],
  "max(x, axis 1)": [one((x) => max(x, 1)), one((x) => max(x.T, -2, true))],
  "min(x, axis 1)": [one((x) => min(x, 1)), one((x) => min(x.T, 0))],
  "sqrt(x)": [one(sqrt)],
  "x ** 0": [one((x) => x.pow(0)), one((x) => x.pow(tensor(0)))],
  "x ** p": [two((x, p) => x.pow(p))],
  "leakyRelu(x, 0.1)": [
    one((x) => new autograd.LeakyReLU(0.1).forward(x)),
    byChalk(new manual.LeakyReLU(0.1)),
    one((x) => new autograd.PReLU(1, { init: 0.1 }).forward(x)),
    byChalk(new manual.PReLU(1, { init: 0.1 })),
  ],
  "elu(x, 2)": [one((x) => new autograd.ELU(2).forward(x)), byChalk(new manual.ELU(2))],
  "hardtanh(x, -1, 2)": [
    one((x) => new autograd.Hardtanh(-1, { maxVal: 2 }).forward(x)),
    byChalk(new manual.Hardtanh(-1, { maxVal: 2 })),
  ],
  "clip(x, 0, 1)": [one((x) => clip(x, 0, 1)), one((x) => clip(clip(x, 0), null, 1))],
  "std(x)": [one((x) => std(x, 1)), one((x) => std(x.T, -2, true))],
  "norm(x)": [one((x) => norm(x, null, 1)), one((x) => norm(x, 2, -1, true))],
  "median(x)": [one((x) => median(x)), one((x) => quantile(x, 0.5, 0))],
  "relu(NaN)": [one((x) => new autograd.ReLU().forward(x)), byChalk(new manual.ReLU())],
  "maximum(NaN, b)": [two(maximum)],
  "minimum(NaN, b)": [two(minimum)],
  "clip(NaN, 0, 1)": [one((x) => clip(x, 0, 1))],
  "maximum(NaN, 2)": [one((x) => maximum(x, 2))],
  "minimum(NaN, 2)": [one((x) => minimum(x, 2))],
  "max(NaN, …)": [one((x) => max(x)), one((x) => max(x, null, true))],
  "min(NaN, …)": [one((x) => min(x))],
  "max(NaN, …, axis 1)": [one((x) => max(x, 1)), one((x) => max(x.T, -2, true))],
  "abs(NaN)": [
    one(abs),
    one((x) => new autograd.L1Loss(each).forward(x, all(x, 0))),
    byChalk(new manual.L1Loss(each), 0),
    one((x) => new autograd.SmoothL1Loss({ ...each, beta: 0 }).forward(x, all(x, 0))),
    byChalk(new manual.SmoothL1Loss({ ...each, beta: 0 }), 0),
  ],
  "leakyRelu(NaN, 0.1)": [
    one((x) => new autograd.LeakyReLU(0.1).forward(x)),
    byChalk(new manual.LeakyReLU(0.1)),
    one((x) => new autograd.PReLU(1, { init: 0.1 }).forward(x)),
    byChalk(new manual.PReLU(1, { init: 0.1 })),
  ],
  "elu(NaN, 2)": [one((x) => new autograd.ELU(2).forward(x)), byChalk(new manual.ELU(2))],
  "hardtanh(NaN, -1, 2)": [
    one((x) => new autograd.Hardtanh(-1, { maxVal: 2 }).forward(x)),
    byChalk(new manual.Hardtanh(-1, { maxVal: 2 })),
  ],
  "HingeEmbeddingLoss(NaN, −1)": [
    one((x) => new autograd.HingeEmbeddingLoss(each).forward(x, all(x, -1))),
    byChalk(new manual.HingeEmbeddingLoss(each), -1),
  ],
  "MultiMarginLoss(NaN, 0)": [
    one((x) => new autograd.MultiMarginLoss(each).forward(x, array([0]))),
    byChalk(svm),
  ],
  "BCELoss(x, 1)": [
    one((x) => new autograd.BCELoss(each).forward(x, all(x, 1))),
    byChalk(new manual.BCELoss(each), 1),
  ],
  "BCELoss(x, 0)": [
    one((x) => new autograd.BCELoss(each).forward(x, all(x, 0))),
    byChalk(new manual.BCELoss(each), 0),
  ],
  "L1Loss(x, 1)": [
    one((x) => new autograd.L1Loss(each).forward(x, all(x, 1))),
    byChalk(new manual.L1Loss(each), 1),
  ],
  "HingeEmbeddingLoss(x, −1)": [
    one((x) => new autograd.HingeEmbeddingLoss(each).forward(x, all(x, -1))),
    byChalk(new manual.HingeEmbeddingLoss(each), -1),
  ],
  "MultiMarginLoss(x, 0)": [
    one((x) => new autograd.MultiMarginLoss(each).forward(x, array([0]))),
    byChalk(svm),
  ],
};
