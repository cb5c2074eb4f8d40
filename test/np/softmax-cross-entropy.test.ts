import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import {
  array,
  type DType,
  exp,
  logSoftmax,
  type NDArray,
  type Operators,
  oneHot,
  random,
  sizeOf,
  where,
  zeros,
} from "chalk-and-tape/np";
import { gradients } from "#internal/autograd";
import { softmaxCrossEntropy, softmaxMinus } from "#internal/np";

/** −Σ t log p, in many passes. */
function losses<A extends Operators<A>>(logits: A, t: NDArray, axis: number): A {
  return (where(t.notEqual(0), logSoftmax(logits, axis).mul(t as never), 0) as A).sum(axis).neg();
}

/** The largest difference, relative to the largest entry; Infinity where they are not finite at the same places, in the same way. */
function apart(a: NDArray, b: NDArray): number {
  expect([a.shape, a.dtype]).to.deep.equal([b.shape, b.dtype]);
  const [x, y] = [[...a.flat()], [...b.flat()]];
  if (x.some((v, i) => !(Number.isFinite(v) && Number.isFinite(y[i])) && !Object.is(v, y[i])))
    return Number.POSITIVE_INFINITY;
  const finite = (v: number): number => (Number.isFinite(v) ? Math.abs(v) : 0);
  return Math.max(0, ...x.map((v, i) => finite(v - (y[i] as number)))) / Math.max(1e-300, ...y.map(finite));
}

const tolerances: Partial<Record<DType, number>> = { float64: 1e-14, float32: 1e-6 };
const shapes = [[[7, 10], 1], [[64, 10], 1], [[5, 4, 6], 1], [[70, 3, 9], -2], [[9, 80], 0], [[3, 700], 1], [[6], 0], [[4, 1], 1]] as const; // biome-ignore format: shapes

describe("np, softmaxCrossEntropy and its gradient, in one pass as in many", () => {
  for (const dtype of ["float64", "float32"] as const)
    for (const [shape, axis] of shapes)
      it(`${dtype} (${shape}) along ${axis}: rows, views, targets of zeros and others, random dy`, () => {
        const rng = random(20261127);
        const draw = (dims: readonly number[]): NDArray => rng.normal(0, 2, dims, { dtype });
        const rest = shape.filter((_, i) => i !== (axis + shape.length) % shape.length);
        const order = [...shape.keys()].reverse();
        for (let turn = 0; turn < 6; turn++) {
          const isView = turn % 2 === 1;
          const laid = (x: NDArray): NDArray => (isView ? x.transpose(order).copy().transpose(order) : x);
          const some = rng.choice(2, sizeOf(shape)).reshape(...shape).astype(dtype); // biome-ignore format: a draw
          const [x, t, dy] = [laid(draw(shape)), laid(turn < 3 ? draw(shape).mul(some) : draw(shape)), draw(rest)];
          const wanted = losses(x, t, axis);
          expect(apart(softmaxCrossEntropy(x, t, axis), wanted)).to.be.at.most(tolerances[dtype] as number);
          const grad = (f: typeof losses): NDArray => {
            const z = tensor(x, { requiresGrad: true });
            return gradients(f(z, t, axis), [z], dy)[0]?.data as NDArray;
          };
          expect(apart(grad(softmaxCrossEntropy as typeof losses), grad(losses))).to.be.at.most(tolerances[dtype] as number);
          const p = exp(logSoftmax(x, axis));
          const byHand = p.mul(t.sum(axis, true)).sub(t);
          expect(apart(softmaxMinus(x, t, 1, axis), byHand)).to.be.at.most(tolerances[dtype] as number);
          expect(apart(softmaxMinus(x, t, -0.3, axis), byHand.mul(-0.3))).to.be.at.most(tolerances[dtype] as number);
        }
      }); // biome-ignore format: one case

  it("NaN and ±Infinity come out where they did, forwards and backwards, few rows and many", () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 3];
    const rows = values.flatMap((a) => values.flatMap((b) => values.map((c) => [a, b, c])));
    for (const many of [1, 5])
      for (const target of [[0, 1, 0], [0.5, 0, 0.5], [1, 0, 0], [0, 0, 0], [Number.NaN, 0, 1]]) {
        const x = array(Array.from({ length: many }, () => rows).flat());
        const t = array([target]).broadcastTo([rows.length * many, 3]);
        expect(apart(softmaxCrossEntropy(x, t, 1), losses(x, t, 1))).to.be.at.most(1e-14);
        const p = exp(logSoftmax(x, 1));
        const byHand = p.mul(t.sum(1, true)).sub(t);
        expect(apart(softmaxMinus(x, t, 2, 1), byHand.mul(2))).to.be.at.most(1e-14);
      } // biome-ignore format: two loops
  });

  it("a row whose t is 0 everywhere costs 0, not −0, and passes 0, whatever dy is", () => {
    const [x, t] = [random(1).normal(0, 1, [3, 4]), zeros([3, 4])];
    for (const loss of softmaxCrossEntropy(x, t, 1).flat()) expect(Object.is(loss, 0)).to.equal(true);
    for (const dy of [Number.NaN, Number.POSITIVE_INFINITY, -2]) {
      expect(softmaxMinus(x, t, dy, 1).add(0).toArray()).to.deep.equal(t.toArray());
      expect(
        softmaxMinus(x, t, array([dy, dy, dy]), 1)
          .add(0)
          .toArray(),
      ).to.deep.equal(t.toArray());
    }
  });

  it("a scale that was stretched, along one axis or along all, is read where it lies", () => {
    const rng = random(3);
    const [x, t] = [rng.normal(0, 1, [3, 5, 4]), rng.normal(0, 1, [3, 5, 4])];
    for (const shape of [[1, 4], [3, 1], [], [3, 4]]) {
      const scale = rng.normal(0, 1, shape).broadcastTo([3, 4]);
      expect(softmaxMinus(x, t, scale, 1).toArray()).to.deep.equal(softmaxMinus(x, t, scale.copy(), 1).toArray());
      expect(apart(softmaxMinus(x, t, scale, 1), softmaxMinus(x, t, 1, 1).mul(scale.reshape(3, 1, 4)))).to.be.at.most(1e-15);
    }
  }); // biome-ignore format: one case

  it("a loss far from 0 keeps its digits: −log p of one in a thousand, beside logits of 1e9", () => {
    const x = array([[1e9, 1e9 - Math.fround(7)]]);
    expect(softmaxCrossEntropy(x, oneHot(array([1]), 2), 1).item()).to.be.closeTo(7 + Math.log1p(Math.exp(-7)), 1e-14);
  }); // biome-ignore format: one case

  it("what is mixed has the wider dtype, its gradients each their own", () => {
    const x = tensor(random(1).normal(0, 1, [2, 3], { dtype: "float32" }), { requiresGrad: true });
    const t = tensor(random(2).normal(0, 1, [2, 3]), { requiresGrad: true });
    const y = softmaxCrossEntropy(x, t, 1);
    expect(y.dtype).to.equal("float64");
    y.sum().backward();
    expect([x.grad?.dtype, t.grad?.dtype]).to.deep.equal(["float32", "float64"]);
  });
});
