import { expect } from "chai";
import {
  type BackwardOptions,
  differentiable,
  ops,
  type Tensor,
  type TensorFunction,
  tensor,
} from "chalk-and-tape/autograd";
import { concatenate, type NDArray, type OpName, random, stack, zeros } from "chalk-and-tape/np";
import { gradients } from "#internal/autograd";
import { type OpCase, opCases } from "#internal/compare";
import { gradcheck } from "../gradcheck/quiet.ts";
import { dot, upstreamOf } from "./inputs.ts";

/** A case of the table with its inputs drawn. */
type Drawn = Omit<OpCase, "inputs"> & { readonly inputs: readonly NDArray[] };

function drawn(test: OpCase, seed: number = 1): Drawn {
  return { ...test, inputs: test.inputs.map((draw) => draw(seed)) };
}

const all: [op: string, test: Drawn][] = Object.entries(opCases).flatMap(([op, tests]) =>
  tests.map((test): [string, Drawn] => [op, drawn(test)]),
);

function outputOf({ f, inputs }: Drawn): Tensor {
  return f(...inputs.map((x) => tensor(x)));
}

/** The gradients of all inputs for one dy, from one fresh recording. */
function gradientsOf(
  f: TensorFunction,
  inputs: readonly NDArray[],
  dy: NDArray,
  options?: BackwardOptions,
): NDArray[] {
  const xs = inputs.map((x) => tensor(x, { requiresGrad: true }));
  return gradients(f(...xs), xs, dy, options).map((dx) => dx.data);
}

function expectClose(actual: NDArray, wanted: NDArray, tolerance: number, about: string): void {
  expect(actual.shape, about).to.deep.equal(wanted.shape);
  const off = actual.sub(wanted);
  const largest = Math.max(1, Math.abs(wanted.max().item()), Math.abs(wanted.min().item()));
  for (const value of off.flat()) expect(Math.abs(value), about).to.be.at.most(tolerance * largest);
}

describe("autograd, the derivative sheet", () => {
  it("every op of the sheet has a case, and every case records its op", () => {
    expect(Object.keys(opCases).sort()).to.deep.equal(Object.keys(ops).sort());
    for (const [op, test] of all) {
      const seen = new Set<string>();
      const visit = (x: unknown): void => {
        const node = (x as Tensor | null)?.node;
        if (!node) return;
        seen.add(node.op);
        for (const arg of node.args?.flat() ?? []) visit(arg);
      };
      visit(test.f(...test.inputs.map((x) => tensor(x, { requiresGrad: true }))));
      expect([...seen], `${op}: ${test.what}`).to.include(op);
    }
  });

  for (const op of Object.keys(opCases) as OpName[]) {
    const tests = opCases[op];
    it(`${op}: agrees with finite differences for signed random dy (${tests.length} cases)`, () => {
      for (const test of tests) {
        for (const seed of [11, 12]) {
          const { f, inputs, what } = drawn(test, seed);
          const result = gradcheck(differentiable(f), inputs, { seed });
          const wrong = result.rows.filter((row) => row.verdict !== "agree");
          expect(wrong, `${op}: ${what}`).to.deep.equal([]);
          const checked = result.rows.filter((row) => row.quantity.startsWith("input "));
          expect(checked.length, "inputs checked").to.equal(inputs.length);
          expect(result.kinks, `${op}: ${what} is off kinks`).to.equal(0);
        }
      }
    });
  }

  const affine = all.filter(([, test]) => test.affine);
  it(`adjoint: <dy, J v> = <J^T dy, v> to 1e-13 for the linear ones (${affine.length} cases)`, () => {
    const rng = random(21);
    for (const [op, test] of affine) {
      const dy = upstreamOf(outputOf(test), rng);
      const back = gradientsOf(test.f, test.inputs, dy);
      for (const i of test.affine ?? []) {
        const v = rng.normal(0, 1, (test.inputs[i] as NDArray).shape);
        const at = (x: NDArray): NDArray =>
          outputOf({ ...test, inputs: test.inputs.map((own, j) => (j === i ? x : own)) }).data;
        const jv = at(v).sub(at(zeros(v.shape)));
        const size = Math.sqrt(dot(dy, dy) * dot(jv, jv)) + 1;
        expect(dot(dy, jv), `${op}: ${test.what}`).to.be.closeTo(dot(back[i] as NDArray, v), 1e-13 * size);
      }
    }
  });

  it("the gradient is linear in dy, and 0 for dy = 0", () => {
    const rng = random(22);
    for (const [op, test] of all) {
      const y = outputOf(test);
      const [u, v] = [upstreamOf(y, rng), upstreamOf(y, rng)];
      const at = (dy: NDArray): NDArray[] => gradientsOf(test.f, test.inputs, dy);
      const [a, b, mixed, none] = [at(u), at(v), at(u.mul(2).sub(v)), at(u.mul(0))];
      for (const i of test.inputs.keys()) {
        const wanted = (a[i] as NDArray).mul(2).sub(b[i] as NDArray);
        expectClose(mixed[i] as NDArray, wanted, 1e-13, `${op}: ${test.what}`);
        for (const value of (none[i] as NDArray).flat()) expect(Math.abs(value)).to.equal(0);
      }
    }
  });

  it("under createGraph the first-order gradients are the same bits", () => {
    const rng = random(23);
    for (const [op, test] of all) {
      const dy = upstreamOf(outputOf(test), rng);
      const plain = gradientsOf(test.f, test.inputs, dy).map((g) => g.toArray());
      const taped = gradientsOf(test.f, test.inputs, dy, { createGraph: true }).map((g) => g.toArray());
      expect(taped, `${op}: ${test.what}`).to.deep.equal(plain);
    }
  });

  it("mixed float32 and float64: each gradient has its argument's dtype and the float64 value to 1e-5", () => {
    const rng = random(26);
    let mixes = 0;
    for (const [op, test] of all) {
      const single = test.inputs.map((x) => x.astype("float32"));
      const wanted = (inputs: readonly NDArray[], dy: NDArray): NDArray[] =>
        gradientsOf(
          test.f,
          inputs.map((x) => x.astype("float64")),
          dy.astype("float64"),
        );
      for (let pattern = 1; pattern < 2 ** test.inputs.length; pattern++) {
        const inputs = single.map((x, i) => (pattern & (2 ** i) ? x : x.astype("float64")));
        const about = `${op}: ${test.what}, ${inputs.map((x) => x.dtype).join(" and ")}`;
        const dy = upstreamOf(outputOf({ ...test, inputs }), rng);
        const found = gradientsOf(test.f, inputs, dy);
        expect(
          found.map((g) => g.dtype),
          about,
        ).to.deep.equal(inputs.map((x) => x.dtype));
        for (const [i, g] of wanted(inputs, dy).entries())
          expectClose((found[i] as NDArray).astype("float64"), g, 1e-5, about);
        mixes += 1;
      }
    }
    expect(mixes).to.be.above(100);
  });

  it("astype: a float32 copy of a float64 leaf sends its gradient back in float64", () => {
    const x = tensor([1.5, -2, 3], { requiresGrad: true });
    const y = x.astype("float32").mul(tensor([0.5, 0.25, -1], { dtype: "float32" }));
    expect(y.dtype).to.equal("float32");
    y.sum().backward();
    expect(x.grad?.dtype).to.equal("float64");
    expect(x.grad?.toArray()).to.deep.equal([0.5, 0.25, -1]);
  });

  it("integer constants promote as arrays do, and get no gradient", () => {
    const x = tensor([1, 2, 3], { requiresGrad: true, dtype: "float32" });
    const labels = tensor([2, 0, 1], { dtype: "int32" });
    const y = x.mul(labels).add(labels.data);
    y.sum().backward();
    expect(x.grad?.toArray()).to.deep.equal([2, 0, 1]);
    expect(x.grad?.dtype).to.equal("float32");
    expect(labels.grad).to.equal(null);
  });

  it("concatenate and stack take tensors and arrays together; arrays are constants", () => {
    const make: ((x: Tensor, c: NDArray) => Tensor)[] = [
      (x, c) => concatenate([x, c]),
      (x, c) => concatenate([c, x]),
      (x, c) => stack([c, x], 1),
    ];
    for (const join of make) {
      const result = gradcheck(
        differentiable((x) => join(x, tensor([5, 6]).data)),
        [tensor([1.5, -2]).data],
      );
      expect(result.failed).to.equal(0);
    }
  });
});
