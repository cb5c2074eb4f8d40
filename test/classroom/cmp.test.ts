import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import { cmp } from "chalk-and-tape/classroom";
import { array, type NDArray, zeros } from "chalk-and-tape/np";

const agreement = (a: NDArray | number, b: NDArray | number) => cmp({ q: [a, b] }).rows[0]?.agreement;

describe("cmp", () => {
  it("tells the same numbers from numbers that differ by rounding, and those from other numbers", () => {
    expect(agreement(0.1 + 0.2, 0.1 + 0.2)).to.equal("exact");
    expect(agreement(0.1 + 0.2, 0.3)).to.equal("approximate");
    expect(agreement(0.3, 0.3 + 1e-9)).to.equal("different");
    expect(cmp({ q: [0.3, 0.3 + 1e-9] }).agree).to.equal(false);
  });
  it("allows float32 what its digits allow, and float64 no more than its own", () => {
    const x = [1, 2, 3];
    const off = [1, 2, 3.00001];
    expect(agreement(array(x, { dtype: "float32" }), array(off, { dtype: "float32" }))).to.equal(
      "approximate",
    );
    expect(agreement(array(x), array(off))).to.equal("different");
  });
  it("judges by the largest element: one that should be 0 may be 1e-17", () => {
    expect(agreement(array([1, 1e-17]), array([1, 0]))).to.equal("approximate");
    expect(agreement(array([0, 1e-17]), array([0, 0]))).to.equal("different");
  });
  it("a NaN agrees with a NaN at its place only, an infinity with the same one", () => {
    expect(agreement(array([1, Number.NaN]), array([1, Number.NaN]))).to.equal("exact");
    expect(agreement(array([1, Number.NaN]), array([Number.NaN, 1]))).to.equal("different");
    expect(agreement(array([Infinity]), array([Infinity]))).to.equal("exact");
    expect(agreement(array([Infinity]), array([-Infinity]))).to.equal("different");
    expect(agreement(array([Infinity]), array([1]))).to.equal("different");
  });
  it("two shapes are different, even with the same numbers, and both are shown", () => {
    const { rows, agree } = cmp({ dz: [zeros([2, 1]), zeros([2])] });
    expect([rows[0]?.shape, rows[0]?.agreement, agree]).to.deep.equal(["(2, 1) ≠ (2,)", "different", false]);
  });
  it("reads tensors, and shows name, shape and difference in one line", () => {
    const found = cmp({ "dL/dz": [tensor([1, 2]), array([1, 2.5])] });
    expect(String(found).split("\n")[1]?.split(/ {2,}/)).to.deep.equal(["dL/dz", "(2,)", "different", "0.5"]);
  });
  it("refuses what is not a pair, and a gradient before its backward", () => {
    const x = tensor([1], { requiresGrad: true });
    expect(() => cmp({ dx: [x.grad as unknown as NDArray, 1] })).to.throw(
      TypeError,
      /cmp: dx\[0\] is null.*is it a gradient before its backward\?/,
    );
    expect(() => cmp({ dx: [1] as unknown as [number, number] })).to.throw(
      TypeError,
      /expected a pair: \{ dx: \[mine, theirs\] \}/,
    );
  });
});
