import { inspect } from "node:util";
import { expect } from "chai";
import { Tensor, tensor } from "chalk-and-tape/autograd";
import { array, getPrintOptions, setPrintOptions, zeros } from "chalk-and-tape/np";
import { printCases } from "../np/print-cases.ts";

const defaults = getPrintOptions();

describe("autograd, printing tensors", () => {
  afterEach(() => setPrintOptions(defaults));

  it("the numbers are printed as PyTorch does, to the byte", () => {
    for (const { x, options, torch, title } of printCases) {
      setPrintOptions({ ...defaults, ...options });
      const text = String(new Tensor(x));
      expect(text.slice(0, `tensor(${torch},`.length), title).to.equal(`tensor(${torch},`);
    }
  });
  it("behind them stand the dtype and where the tensor comes from", () => {
    const w = tensor([[1, 2]], { requiresGrad: true });
    expect(String(tensor([1.5], { dtype: "float32" }))).to.equal("tensor([1.5000], dtype=float32)");
    expect(String(w)).to.equal("tensor([[1., 2.]], dtype=float64, requiresGrad=true)");
    expect(String(w.mul(2))).to.equal("tensor([[2., 4.]], dtype=float64, gradFn=mul)");
    expect(String(w.detach())).to.equal("tensor([[1., 2.]], dtype=float64)");
  });
  it("a shape that cannot be seen is given", () => {
    expect(String(new Tensor(zeros([0, 3])))).to.equal("tensor([], shape=(0, 3), dtype=float64)");
    expect(String(new Tensor(zeros([0])))).to.equal("tensor([], dtype=float64)");
    expect(String(new Tensor(zeros([40, 30])))).to.include("shape=(40, 30)");
  });
  it("what does not fit the line stands in the next", () => {
    setPrintOptions({ lineWidth: 30 });
    expect(String(tensor([1, 2, 3], { requiresGrad: true }))).to.equal(
      "tensor([1., 2., 3.],\n       dtype=float64,\n       requiresGrad=true)",
    );
  });
  it("console.log, templates and JSON write a tensor, operators refuse it", () => {
    const x = tensor([1, 2]);
    expect(inspect(x)).to.equal(String(x));
    expect(`${x}`).to.equal(String(x));
    expect(JSON.stringify({ x })).to.equal('{"x":[1,2]}');
    expect(() => (x as unknown as number) * 2).to.throw(TypeError, "a.mul(2)");
  });
  it("brackets say what to write, for arrays and tensors, read and written", () => {
    for (const x of [tensor([1, 2]), array([1, 2])]) {
      const elements = x as unknown as number[];
      expect(() => elements[1]).to.throw(
        TypeError,
        "x[1]: square brackets do not index arrays in JavaScript; write x.slice(1)",
      );
      expect(() => {
        elements[0] = 5;
      }).to.throw(TypeError, "x.set(value, 0)");
    }
  });
});
