import { expect } from "chai";
import {
  differentiable,
  grad,
  noGrad,
  onceDifferentiable,
  op,
  ops,
  Tensor,
  tensor,
} from "chalk-and-tape/autograd";
import { gradgradcheck } from "chalk-and-tape/compare";
import { array, NDArray, random } from "chalk-and-tape/np";
import { onceOnly } from "#internal/autograd";
import { gradcheck } from "../gradcheck/quiet.ts";

const reason = "its rule is a loop over raw numbers";
const times2x = (dy: NDArray, x: NDArray): NDArray =>
  NDArray.from(
    Float64Array.from(x.flat(), (value, i) => 2 * value * (dy.flat()[i] as number)),
    x.shape,
  );
const square = (x: NDArray): NDArray => x.mul(x);
const marked = op(square, onceDifferentiable(reason, times2x));
const twice = (f: (x: Tensor) => Tensor): Tensor => grad(grad((x: Tensor) => f(x).sum()))(tensor([3]).sum());
const quiet = { quiet: true };

/** A rule that takes no part in the tape, with tensors in place of the arrays that its type promises. */
function sly(rule: (dy: Tensor, x: Tensor) => unknown) {
  return op(square, rule as unknown as (dy: NDArray, x: NDArray) => NDArray);
}

describe("autograd, rules that cannot be differentiated again", () => {
  it("a marked one is right at first order", () => {
    expect(gradcheck(differentiable(marked), [random(1).normal(0, 1, [3])]).failed).to.equal(0);
  });
  it("and throws under createGraph, naming op and reason; inside noGrad grad is as good as before", () => {
    const message =
      /^square: under createGraph the vjp of argument 0 cannot be differentiated again: its rule is a loop/;
    const y = marked(tensor([2], { requiresGrad: true }));
    expect(() => y.backward(1, { createGraph: true })).to.throw(TypeError, message);
    expect(() => twice(marked)).to.throw(TypeError, message);
    const w = tensor(3, { requiresGrad: true });
    const penalty = (): Tensor => grad((x: Tensor) => marked(x.mul(w)))(2);
    expect(penalty).to.throw(TypeError, /wrap the call in noGrad/);
    expect(noGrad(penalty).item()).to.equal(2 * 6 * 3);
  });
  it("a mark says why, and leaves the rule itself unmarked", () => {
    expect(() => onceDifferentiable(" ", times2x)).to.throw(RangeError, /give the reason/);
    expect(onceOnly({ a: [times2x], b: [null, onceDifferentiable(reason, times2x)] })).to.deep.equal([
      { op: "b", argument: 1, reason },
    ]);
  });
  it("no primitive is marked: all of them have second derivatives", () => {
    expect(onceOnly(ops)).to.deep.equal([]);
  });

  it("an unmarked rule that returns an array throws: it would be a constant, and the derivative silently wrong", () => {
    const cut = op(square, (dy, x) => array(dy.toArray()).mul(array(x.toArray())).mul(2));
    expect(gradcheck(differentiable(cut), [array([1, 2])]).failed, "first order").to.equal(0);
    expect(() => twice(cut)).to.throw(
      TypeError,
      /^square: under createGraph the vjp of argument 0 returned an array, which cuts the tape; .*onceDifferentiable/,
    );
  });
  it("so does one that detaches dy, where dy is on the tape", () => {
    const cut = sly((dy, x) => new Tensor(array(dy.toArray()).mul(array(x.toArray())).mul(2)));
    expect(() => gradgradcheck(cut, [array([1, 2])], quiet)).to.throw(TypeError, /does not depend on dy/);
  });
  it("one that fails on tensors is named, and its error kept", () => {
    const raw = op(square, times2x);
    expect(gradcheck(differentiable(raw), [array([1, 2])]).failed, "first order").to.equal(0);
    expect(() => twice(raw))
      .to.throw(
        TypeError,
        /^square: under createGraph .* failed on tensors: .*flat is not a function; write it/,
      )
      .with.property("cause")
      .that.is.instanceOf(TypeError);
  });
  it("an error of another kind passes as it is", () => {
    const angry = sly(() => {
      throw new RangeError("mine");
    });
    expect(() => twice(angry)).to.throw(RangeError, /^mine$/);
  });
});
