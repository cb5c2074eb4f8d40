import { expect } from "chai";
import {
  differentiable,
  grad,
  hessianVectorProduct,
  op,
  Tensor,
  type TensorFunction,
  tensor,
} from "chalk-and-tape/autograd";
import { array, concatenate, NDArray, ones, random, stack, transpose } from "chalk-and-tape/np";
import fc from "fast-check";
import { opCases } from "#internal/compare";
import { sharing } from "../np/shared-memory.ts";
import { upstreamOf } from "./inputs.ts";

const leaf = (nested: number[] | number[][]): Tensor => tensor(nested, { requiresGrad: true });
const gradOf = ({ grad }: Tensor): NDArray => {
  if (!grad) throw new Error("no gradient");
  return grad.data;
};
const everyCase = Object.entries(opCases).flatMap(([name, cases]) =>
  cases.map((one) => ({ ...one, name, title: `${name}: ${one.what}` })),
);
const options = [{}, { createGraph: true }] as const;

/** What the caller of one backward can reach. */
function reached(xs: readonly Tensor[], y: Tensor, dy: NDArray): [name: string, x: NDArray][] {
  return [
    ...xs.map((x, i): [string, NDArray] => [`x${i}`, x.data]),
    ["y", y.data],
    ["dy", dy],
    ...xs.flatMap((x, i): [string, NDArray][] => (x.grad ? [[`grad${i}`, x.grad.data]] : [])),
  ];
}

describe("autograd, every gradient has its own memory", () => {
  it("the gradients of a sum: changing one changes neither the other nor the caller's dy", () => {
    const [a, b, dy] = [leaf([1, 2]), leaf([3, 4]), array([1, 1])];
    a.add(b).mul(2).backward(dy);
    gradOf(a).addInPlace(array([10, 10]));
    expect([gradOf(a).toArray(), gradOf(b).toArray()]).to.deep.equal([[12, 12], [2, 2]]); // biome-ignore format: pairs
    for (const f of [
      (x: Tensor) => x.add(0),
      (x: Tensor) => x.add(a.detach()),
      (x: Tensor) => x.reshape(2),
      (x: Tensor) => x.T,
      (x: Tensor) => x.slice([0, 2]),
      (x: Tensor) => x,
    ]) {
      b.grad = null;
      f(b).backward(dy);
      gradOf(b).addInPlace(array([10, 10]));
      expect([gradOf(b).toArray(), dy.toArray()]).to.deep.equal([[11, 11], [1, 1]]); // biome-ignore format: pairs
    }
  });
  it("a broadcast gradient can be changed in place, element by element", () => {
    for (const f of [(x: Tensor) => x.sum(), (x: Tensor) => x.mean(), (x: Tensor) => x.sum(0).sum()]) {
      const x = leaf([[1, 2], [3, 4]]); // biome-ignore format: a matrix
      f(x).backward();
      const before = gradOf(x).copy();
      gradOf(x).addInPlace(array([[1, 2], [3, 4]])); // biome-ignore format: a matrix
      expect(gradOf(x).sub(before).toArray()).to.deep.equal([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    }
  });

  for (const option of options) {
    const how = "createGraph" in option ? ", under createGraph" : "";
    it(`every case of every op${how}: only a view shares memory, and only with its own x`, () => {
      const views = new Set<string>();
      for (const { name, title, f, inputs } of everyCase) {
        const xs = inputs.map((draw) => new Tensor(draw(1), true));
        const y = f(...xs);
        const dy = upstreamOf(y, random(3));
        y.backward(dy, option);
        for (const x of xs) {
          expect(gradOf(x).isContiguous, `${title}: can be changed in place`).to.equal(true);
          gradOf(x).addInPlace(ones(x.shape));
        }
        const shared = sharing(reached(xs, y, dy));
        if (shared.length > 0) views.add(name);
        for (const pair of shared) expect(pair, title).to.match(/^x\d and y$/);
      }
      expect([...views]).to.have.members(["transpose", "reshape", "broadcastTo", "slice"]);
    });
    it(`a second backward adds up in new memory${how}`, () => {
      for (const { title, f, inputs } of everyCase) {
        const xs = inputs.map((draw) => new Tensor(draw(1), true));
        const y = f(...xs);
        const dy = upstreamOf(y, random(3));
        y.backward(dy, { ...option, retainGraph: true });
        const first = xs.map((x) => [x, gradOf(x), gradOf(x).copy()] as const);
        y.backward(dy, option);
        for (const [x, earlier, copy] of first) {
          expect(earlier.toArray(), title).to.deep.equal(copy.toArray());
          expect(gradOf(x).toArray(), title).to.deep.equal(copy.mul(2).toArray());
          expect(sharing([["earlier", earlier], ["now", gradOf(x)]]), title).to.deep.equal([]); // biome-ignore format: a pair
        }
      }
    });
  }

  it("any chain of ops on several leaves", () => {
    const watch = op((x: NDArray) => x.copy(), (dy) => dy); // biome-ignore format: rules in a line
    const steps: ((a: Tensor, b: Tensor) => Tensor)[] = [
      (a, b) => a.add(b),
      (a, b) => a.sub(b),
      (a) => a.add(1),
      (a) => a.T,
      (a) => a.reshape(4).reshape(2, 2),
      (a) => a.mul(3),
      (a, b) => a.mul(b),
      (a, b) => concatenate([a, b]).slice([1, 3]),
      (a, b) => stack([a, b]).slice(-1),
      (a) => a.sum(0).broadcastTo([2, 2]),
      (a) => watch(a),
      (a) => a.astype("float32").astype("float64"),
    ];
    const at = fc.nat(20);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(steps.length - 1), at, at), { maxLength: 6 }),
        fc.constantFrom("dy", "number", "sum", "mean"),
        fc.boolean(),
        (program, end, createGraph) => {
          const leaves = [leaf([[1, 2], [3, 4]]), leaf([[5, 6], [7, 8]])]; // biome-ignore format: matrices
          const made = [...leaves];
          for (const [step, i, j] of program) {
            const [a, b] = [made[i % made.length], made[j % made.length]] as [Tensor, Tensor];
            made.push((steps[step] as (typeof steps)[number])(a, b));
          }
          const last = made.at(-1) as Tensor;
          const dy = ones([2, 2]);
          if (end === "dy" || end === "number") last.backward(end === "dy" ? dy : 1, { createGraph });
          else last[end]().backward(1, { createGraph });
          const got = leaves.flatMap((x, i): [string, NDArray][] =>
            x.grad ? [[`grad${i}`, x.grad.data]] : [],
          );
          for (const [, x] of got) x.addInPlace(dy);
          expect(
            sharing([["dy", dy], ...leaves.map((x, i) => [`x${i}`, x.data] as const), ...got]),
          ).to.deep.equal([]);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it("a user's rule may return its arguments or its own array, or keep dy: the gradient is a copy", () => {
    const constant = array([5, 7]);
    const kept: NDArray[] = [];
    const half = op((x: NDArray) => x.mul(x).div(2), (_dy, x) => x); // biome-ignore format: rules in a line
    const fixed = op((x: NDArray) => x.mul(constant), () => constant); // biome-ignore format: rules in a line
    const seen = op((x: NDArray) => x.copy(), (dy) => { kept.push(dy); return dy; }); // biome-ignore format: rules in a line
    for (const f of [half, fixed, seen] as TensorFunction[]) {
      const x = leaf([2, 3]);
      f(x)
        .mul(1)
        .backward(ones([2]));
      const before = gradOf(x).toArray();
      const all: [string, NDArray][] = [["x", x.data], ["constant", constant.copy()], ["grad", gradOf(x)]]; // biome-ignore format: pairs
      expect(before).to.deep.equal(f === half ? [2, 3] : f === fixed ? [5, 7] : [1, 1]);
      expect(sharing([...all, ...kept.map((dy) => ["kept", dy] as const)])).to.deep.equal([]);
      expect(constant.toArray()).to.deep.equal([5, 7]);
      const gradient = gradOf(leafAfter(fixed));
      gradient.addInPlace(ones([2]));
      expect(constant.toArray(), "the rule's own array").to.deep.equal([5, 7]);
    }
    function leafAfter(f: TensorFunction): Tensor {
      const x = leaf([2, 3]);
      f(x).backward(ones([2]));
      return x;
    }
  });
  it("a rule that keeps its dy does not reach the gradient of another leaf", () => {
    const kept: NDArray[] = [];
    const seen = op((x: NDArray) => x.copy(), (dy) => { kept.push(dy); return dy.mul(1); }); // biome-ignore format: rules in a line
    const [a, b] = [leaf([1, 2]), leaf([3, 4])];
    a.add(seen(b))
      .mul(2)
      .backward(ones([2]));
    for (const dy of kept) dy.addInPlace(ones([2]));
    expect([gradOf(a).toArray(), gradOf(b).toArray()]).to.deep.equal([[2, 2], [2, 2]]); // biome-ignore format: pairs
  });
  it("gradients that functions return too: grad, hessianVectorProduct, differentiable", () => {
    const [x, z, dy] = [array([1, 2]), array([3, 4]), array([1, 1])];
    const both = grad((a: Tensor, b: Tensor) => a.add(b).sum(), [0, 1])(x, z).map(({ data }) => data);
    for (const dx of both) dx.addInPlace(array([1, 2]));
    expect(both.map((dx) => dx.toArray())).to.deep.equal([[2, 3], [2, 3]]); // biome-ignore format: pairs
    const v = array([1, -1]);
    const Hv = hessianVectorProduct((a) => a.mul(a).div(2).sum(), x, v).data;
    Hv.addInPlace(ones([2]));
    expect([Hv.toArray(), v.toArray()]).to.deep.equal([[2, 0], [1, -1]]); // biome-ignore format: pairs
    const back = differentiable((a, b) => a.add(b)).backward(dy, x, z);
    const named = back.map((dx, i) => [`dx${i}`, dx] as const);
    expect(sharing([["dy", dy], ["x", x], ["z", z], ...named])).to.deep.equal([]); // biome-ignore format: pairs
  });
  it("nothing is copied that has its own memory: the gradient is the array that the rule made", () => {
    const made: NDArray[] = [];
    const copy = NDArray.prototype.copy;
    NDArray.prototype.copy = function (this: NDArray): NDArray {
      made.push(this);
      return copy.call(this);
    };
    try {
      const [x, W, b] = [tensor([[1, 2]]), leaf([[1, 2], [3, 4], [5, 6]]), leaf([1, 2, 3])]; // biome-ignore format: matrices
      made.length = 0;
      const y = x.matmul(W.T).add(b);
      y.mul(y).sum().backward();
      expect(made).to.have.length(0);
    } finally {
      NDArray.prototype.copy = copy;
    }
  });
});

describe("autograd, what the caller changes between forward and backward", () => {
  it("every case of every op: a changed array is noticed, or the gradient stays right", () => {
    const noticed = new Set<string>();
    for (const { name, title, f, inputs } of everyCase) {
      for (const option of options) {
        const run = (change: (xs: readonly Tensor[], y: Tensor) => void): unknown[] => {
          const xs = inputs.map((draw) => new Tensor(draw(1), true));
          const y = f(...xs);
          const dy = upstreamOf(y, random(3));
          change(xs, y);
          y.backward(dy, option);
          return xs.map((x) => gradOf(x).toArray());
        };
        const right = run(() => {});
        const changes: ((xs: readonly Tensor[], y: Tensor) => NDArray | undefined)[] = [
          ...inputs.map((_, i) => (xs: readonly Tensor[]) => xs[i]?.data),
          (_xs, y) => y.data,
        ];
        for (const change of changes) {
          let found: unknown;
          try {
            found = run((xs, y) => {
              const x = change(xs, y);
              if (!x?.isContiguous || x.size === 0) return;
              const view = x.reshape(-1).slice([0, 1]); // a part of it, through two views
              view.addInPlace(ones([1]), 0.3);
            });
          } catch (error) {
            expect((error as Error).message, title).to.include("modified by an inplace operation");
            noticed.add(name);
            continue;
          }
          expect(found, title).to.deep.equal(right);
        }
      }
    }
    expect([...noticed]).to.include.members(["mul", "matmul", "exp", "max", "conv2d", "standardize"]);
  });
  it("a list that grows after it was joined, as the outputs of a loop over time do", () => {
    const h = leaf([1, 2]);
    const outputs = [h];
    const first = concatenate(outputs);
    outputs.push(h.mul(3));
    const second = stack(outputs);
    outputs.length = 0;
    first.sum().add(second.sum()).backward();
    expect(gradOf(h).toArray()).to.deep.equal([5, 5]);
  });
  it("a list of axes, of ranges or of widths that is used again for something else", () => {
    const x = leaf([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
    const [axes, range, sums] = [[1, 0], [0, 2], [0]] as [number[], [number, number], number[]];
    const y = transpose(x, axes).slice(range).sum(sums);
    axes.reverse();
    range[1] = 1;
    sums.push(1);
    y.backward(array([1, 10]));
    expect(gradOf(x).toArray()).to.deep.equal([[1, 1, 0], [10, 10, 0]]); // biome-ignore format: a matrix
  });
});
