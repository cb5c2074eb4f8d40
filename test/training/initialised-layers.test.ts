import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { constant, orthogonal, xavierUniform } from "chalk-and-tape/initialisers";
import * as manual from "chalk-and-tape/manual";
import { abs, type NDArray, random } from "chalk-and-tape/np";
import { sides } from "../torch/sides.ts";

const x: NDArray = random(1).normal(0, 1, [6, 2]);
const y: NDArray = random(2).normal(0, 1, [6, 1]);

describe("initialisers on both sides", () => {
  it("a weight takes one in place: chalk's is the array itself, the tape's holds it as data", () => {
    const W = xavierUniform([3, 2], { rng: random(4) });
    const [chalk, tape] = [new manual.Linear(2, 3, { rng: random(0) }), new autograd.Linear(2, 3, { rng: random(1) })]; // biome-ignore format: a pair
    chalk.weight.copyFrom(W);
    tape.weight.data.copyFrom(W);
    for (const layer of [chalk, tape]) expect(layer.stateDict().weight?.toArray()).to.deep.equal(W.toArray());
    expect(tape.weight.requiresGrad).to.equal(true);
    chalk.bias?.copyFrom(constant([3], 0.5));
    tape.bias?.data.copyFrom(constant([3], 0.5));
    const [a, b] = [chalk.forward(x), tape.forward(autograd.tensor(x))];
    expect(a.toArray()).to.deep.equal(b.toArray());
    expect(a.toArray()).to.deep.equal(x.matmul(W.T).add(0.5).toArray());
  });
  it("an optimizer made before goes on with the new weights", () => {
    const layer = new manual.Linear(2, 1, { rng: random(0) });
    const optimizer = new manual.SGD(layer.parameters(), { lr: 1 });
    layer.weight.copyFrom(constant([1, 2], 3));
    layer.forward(x);
    layer.backward(y.mul(0));
    optimizer.step();
    expect(layer.weight.toArray()).to.deep.equal([[3, 3]]);
  });
  it("another shape is refused, and the tape says when a weight changed between forward and backward", () => {
    const layer = new autograd.Linear(2, 3, { rng: random(1) });
    expect(() => layer.weight.data.copyFrom(orthogonal([2, 3], { rng: random(4) }))).to.throw(
      /cannot take one of shape \(2, 3\)/,
    );
    const input = autograd.tensor(x, { requiresGrad: true });
    const loss = layer.forward(input).sum();
    layer.weight.data.copyFrom(orthogonal([3, 2], { rng: random(4) }));
    expect(() => loss.backward()).to.throw(/modified by an inplace operation|in place/);
  });

  for (const side of sides) {
    /** Plain gradient descent on 2 → 4 → 1 from `value` everywhere: the first layer's weight and its last gradient. */
    const trained = (value: number): [weight: NDArray, gradient: NDArray] => {
      const network = side.build("Sequential", [{ Linear: [2, 4] }, { Tanh: [] }, { Linear: [4, 1] }]);
      for (const array of Object.values(network.state())) array.copyFrom(constant(array.shape, value));
      let gradient = x;
      for (let step = 0; step < 30; step++) {
        const { parameters } = network.pass([x], (output) => output.sub(y).div(6));
        for (const [name, array] of Object.entries(network.state()))
          array.addInPlace(parameters[name] as NDArray, -0.1);
        gradient = parameters["0.weight"] as NDArray;
      }
      return [network.state()["0.weight"] as NDArray, gradient];
    };
    it(`${side.name}: units that start equal stay equal, however long one trains`, () => {
      const [weight, gradient] = trained(0.1);
      expect(abs(gradient).max().item()).to.be.above(1e-3);
      expect(abs(weight.sub(0.1)).max().item()).to.be.above(1e-2);
      expect(
        abs(weight.sub(weight.slice([0, 1])))
          .max()
          .item(),
      ).to.equal(0);
    });
    it(`${side.name}: behind weights of 0 there is no gradient at all`, () => {
      expect(trained(0).map((array) => abs(array).max().item())).to.deep.equal([0, 0]);
    });
  }
});
