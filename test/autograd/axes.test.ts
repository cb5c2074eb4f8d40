import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { ops, Tensor, tensor } from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, type OpName, ones, random, transpose } from "chalk-and-tape/np";
import { gradients } from "#internal/autograd";
import { opCases } from "#internal/compare";
import { isFloat } from "#internal/np";
import { upstreamOf } from "./inputs.ts";

type Axes = number | readonly number[] | null;

/** Which argument of each op names axes; null for none. A new op does not compile without its line. */
const axesArgument: Readonly<Record<OpName, number | null>> = {
  add: null, sub: null, mul: null, div: null, pow: null, maximum: null, minimum: null, logaddexp: null,
  neg: null, exp: null, expm1: null, log: null, sqrt: null, abs: null, sigmoid: null, tanh: null, erf: null, reciprocal: null,
  log1p: null, log2: null, log10: null, sin: null, cos: null, tan: null, arcsin: null, arccos: null, arctan: null, sinh: null, cosh: null,
  clip: null, tril: null, triu: null, prod: 1, cumsum: 1, linearRecurrence: 2,
  astype: null, where: null, wherePositive: null, addcmul: null, addcmul2: null, matmul: null, addmm: null,
  reshape: null, broadcastTo: null, slice: null, unslice: null, pad: null,
  conv2d: null, convTranspose2d: null, conv2dWeight: null, im2col: null, col2im: null, maxPool2d: null, maxUnpool2d: null,
  sum: 1, mean: 1, var: 1, max: 1, min: 1, logsumexp: 1, logSoftmax: 1,
  softmaxCrossEntropy: 2, softmaxMinus: 3, vecdot: 2, moments: 1, comoments: 3, standardize: 3, normalize: 3,
  transpose: 1, gather: 2, scatter: 2, concatenate: 1, stack: 1,
}; // biome-ignore format: a table

/** A step of the tape as it was recorded. */
interface Step {
  readonly op: OpName;
  readonly args: readonly unknown[];
}

function stepsOf(y: Tensor): Step[] {
  const seen = new Map<Tensor, Step>();
  const visit = (x: unknown): void => {
    if (!(x instanceof Tensor) || !x.node?.args || seen.has(x)) return;
    const { op, args } = x.node;
    seen.set(x, { op: op as OpName, args });
    for (const arg of args.flat()) visit(arg);
  };
  visit(y);
  return [...seen.values()];
}

/** The same axes, counted from the end; those that already are, from the beginning. */
function turned(axes: Axes, ndim: number): Axes {
  if (axes === null) return null;
  const other = (axis: number): number => (axis < 0 ? axis + ndim : axis - ndim);
  return typeof axes === "number" ? other(axes) : axes.map(other);
}

/** y, the gradients of all arguments of floats, and their own gradients, after one step that is run again. */
function rerun({ op, args }: Step): unknown {
  const leaves: Tensor[] = [];
  const renew = (arg: unknown): unknown => {
    if (Array.isArray(arg)) return arg.map(renew);
    if (!(arg instanceof Tensor) || !isFloat(arg.dtype)) return arg;
    const x = tensor(arg.data, { requiresGrad: true });
    leaves.push(x);
    return x;
  };
  const again = args.map(renew);
  const [leader] = leaves as [Tensor];
  const y = leader.apply(
    op,
    ...(again as Parameters<typeof leader.apply<typeof op>> extends [unknown, ...infer Rest] ? Rest : never),
  );
  const dy = new Tensor(upstreamOf(y, random(4)), true);
  const first = gradients(y, leaves, dy, { createGraph: true, materializeGrads: true });
  const onTape = first.filter((dx) => dx.requiresGrad);
  const second = onTape.map((dx) =>
    gradients(dx, [...leaves, dy], upstreamOf(dx, random(5)), { retainGraph: true, materializeGrads: true }),
  );
  return [y, ...first, ...second.flat()].map((x) => [x.shape, x.toArray()]);
}

describe("autograd, axes that count from the end", () => {
  const named = Object.entries(opCases).flatMap(([, cases]) =>
    cases.flatMap(({ f, inputs }) => stepsOf(f(...inputs.map((draw) => new Tensor(draw(1), true))))),
  );
  for (const op of Object.keys(ops) as OpName[]) {
    const at = axesArgument[op];
    if (at === null) continue;
    it(`${op}: every axis and list of axes, forward, backward and the second derivative`, () => {
      const steps = named.filter((step) => step.op === op);
      let compared = 0;
      for (const { args } of steps) {
        const first = [args[0]].flat()[0] as Tensor;
        const axes = args[at] as Axes;
        if (axes === null || (Array.isArray(axes) && axes.length === 0)) continue;
        const other = args.with(at, turned(axes, first.ndim + (op === "stack" ? 1 : 0)));
        expect(rerun({ op, args: other }), `axes ${other[at]} for ${axes}`).to.deep.equal(
          rerun({ op, args }),
        );
        compared++;
      }
      expect(compared).to.be.above(0);
    });
  }
  it("transpose([-1, -2]) of a matrix", () => {
    const x = tensor(ones([3, 4]), { requiresGrad: true });
    transpose(x, [-1, -2]).sum().backward();
    expect(x.grad?.toArray()).to.deep.equal(ones([3, 4]).toArray());
  });
  it("every layer with an axis, on both sides", () => {
    const x = random(1).normal(0, 1, [2, 3, 4]);
    const run = (make: (side: typeof manual | typeof autograd) => unknown): unknown => {
      const [chalk, tape] = [make(manual) as manual.Layer, make(autograd) as autograd.Module];
      const leaf = tensor(x, { requiresGrad: true });
      const [y, z] = [chalk.forward(x), tape.forward(leaf)];
      const dy = upstreamOf(y, random(2));
      z.backward(dy);
      return [y, chalk.backward(dy), z.data, leaf.grad?.data].map((one) => one?.toArray());
    };
    for (const axis of [0, 1, 2]) {
      for (const name of ["Softmax", "LogSoftmax"] as const)
        expect(run((side) => new side[name](axis - 3))).to.deep.equal(run((side) => new side[name](axis)));
      for (const startDim of [0, 1, 2].filter((start) => start <= axis)) {
        const flatten = (by: number): unknown =>
          run((side) => new side.Flatten({ startDim: startDim - by, endDim: axis - by }));
        expect(flatten(3)).to.deep.equal(flatten(0));
      }
    }
  });
  it("an axis that does not exist is refused by every op, in both directions", () => {
    const x = array([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    for (const axis of [2, -3, 0.5, Number.NaN]) {
      for (const call of [
        () => x.sum(axis),
        () => x.sum([0, axis]),
        () => x.argmax(axis),
        () => x.transpose([0, axis]),
        () => tensor(x).transpose(axis, 0),
      ])
        expect(call, `${axis}`).to.throw(RangeError, `axis ${axis} does not exist`);
    }
    expect(() => x.sum([0, -2])).to.throw(RangeError, "named twice");
    expect(() => x.transpose([1, -1])).to.throw(RangeError, "not a permutation");
  });
});

describe("autograd, casts", () => {
  const x = (): Tensor => tensor([1.5, -2.5, 300], { requiresGrad: true });
  it("to integers or to 0 and 1 gives a constant, as in PyTorch", () => {
    for (const dtype of ["int32", "uint8"] as const) {
      const y = x().astype(dtype);
      expect([y.requiresGrad, y.node, y.dtype]).to.deep.equal([false, null, dtype]);
      expect(y.toArray()).to.deep.equal(x().data.astype(dtype).toArray());
      expect(y.astype("float64").requiresGrad).to.equal(false);
    }
  });
  it("inside a formula passes no gradient, and the rest of it does", () => {
    const a = x();
    a.mul(a.astype("int32").astype("float64")).sum().backward();
    expect(a.grad?.toArray()).to.deep.equal([1, -2, 300]);
  });
  it("alone has nothing to go back through, and the message says so", () => {
    expect(() => x().astype("int32").sum().backward()).to.throw(TypeError, /cast to integers/);
  });
  it("between floats stays on the tape", () => {
    const a = x();
    const y = a.astype("float32");
    expect(y.requiresGrad).to.equal(true);
    y.backward(ones([3], { dtype: "float32" }));
    expect(a.grad?.dtype).to.equal("float64");
  });
  it("a user's op that returns integers gives a constant too", () => {
    const rank = autograd.op((v: NDArray) => v.greater(0).astype("int32"), (dy) => dy); // biome-ignore format: rules in a line
    expect(rank(x()).requiresGrad).to.equal(false);
    expect(rank(x()).toArray()).to.deep.equal([1, 0, 1]);
  });
});
