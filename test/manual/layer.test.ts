import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, ones, random, zeros } from "chalk-and-tape/np";

const rng = () => random(7);
const labels = array([0, 1], { dtype: "int32" });

describe("manual, layers", () => {
  it("forward and backward show their own lines, also once an object was made", () => {
    const { forward, backward } = new manual.ReLU();
    expect(forward.toString()).to.match(/^forward\(x\) \{[^}]*maximum\(x, 0\)/);
    expect(backward.toString()).to.match(/^backward\(dy\) \{/);
  });
  it("a method without its layer says how to pass it on", () => {
    const { forward, backward } = new manual.ReLU();
    expect(() => forward(ones([2]))).to.throw(
      TypeError,
      "forward: called without its layer; write (x) => layer.forward(x)",
    );
    expect(() => backward(ones([2]))).to.throw(TypeError, "backward: called without its layer");
  });
  it("backward before forward names the class and says what to call", () => {
    const layers = [
      new manual.Linear(2, 2, { rng: rng() }),
      new manual.ReLU(),
      new manual.Sigmoid(),
      new manual.Tanh(),
      new manual.Flatten(),
      new manual.MSELoss(),
      new manual.BCELoss(),
      new manual.BCEWithLogitsLoss(),
      new manual.CrossEntropyLoss(),
      new manual.NonlinearClassifier(zeros([2, 3]), zeros([1, 3])),
    ];
    for (const layer of layers) {
      const wanted = `${layer.constructor.name}.backward: nothing remembered; call forward first`;
      expect(() => layer.backward(ones([2, 2])), layer.constructor.name).to.throw(TypeError, wanted);
    }
    const deep = new manual.MlpClassifier({ rng: rng() });
    expect(() => deep.backward(ones([2, 1]))).to.throw(TypeError, "Linear.backward: nothing remembered");
  });
  it("one layer in two places of a Sequential throws, and names both", () => {
    const relu = new manual.ReLU();
    const linear = new manual.Linear(2, 2, { rng: rng() });
    expect(() => new manual.Sequential(relu, linear, relu)).to.throw(
      TypeError,
      "Sequential: layers[2] and layers[0] are the same ReLU, which remembers only one forward; make a second: new ReLU(…)",
    );
    expect(() => new manual.Sequential(new manual.Sequential(relu), relu)).to.throw(
      TypeError,
      "layers[1] and layers[0].layers[0] are the same ReLU",
    );
  });
  it("one layer in two fields of a model throws when its parameters are asked for", () => {
    class Shared extends manual.Layer {
      relu1 = new manual.ReLU();
      relu2 = this.relu1;
      forward = (x: NDArray): NDArray => x;
      backward = (dy: NDArray): NDArray => dy;
    }
    expect(() => new Shared().parameters()).to.throw(TypeError, "Shared: relu2 and relu1 are the same ReLU");
  });
  it("on tape one ReLU may serve twice", () => {
    const relu = new autograd.ReLU();
    const model = new autograd.Sequential(relu, new autograd.Linear(2, 2, { rng: rng() }), relu);
    const x = autograd.tensor([[1, -2]], { requiresGrad: true });
    model.forward(x).sum().backward();
    expect(x.grad?.shape).to.deep.equal([1, 2]);
  });
  it("the second forward replaces what the first remembered", () => {
    const relu = new manual.ReLU();
    relu.forward(array([1, -1]));
    relu.forward(array([-1, 1]));
    expect(relu.backward(array([5, 5])).toArray()).to.deep.equal([0, 5]);
  });
  it("backward assigns gradients, the tape adds them up", () => {
    const chalk = new manual.Linear(2, 3, { rng: rng() });
    const tape = new autograd.Linear(2, 3, { rng: rng() });
    const [x, dy] = [random(1).normal(0, 1, [4, 2]), random(2).normal(0, 1, [4, 3])];
    const once = (): void => {
      chalk.forward(x);
      chalk.backward(dy);
      tape.forward(autograd.tensor(x)).backward(dy);
    };
    once();
    const first = chalk.dWeight?.toArray();
    once();
    expect(chalk.dWeight?.toArray()).to.deep.equal(first);
    expect(tape.weight.grad?.toArray()).to.deep.equal(chalk.dWeight?.mul(2).toArray());
    expect(tape.bias?.grad?.toArray()).to.deep.equal(chalk.dBias?.mul(2).toArray());
  });
  it("zeroGrad of a model or an optimizer sets every gradient to null", () => {
    for (const by of ["model", "optimizer"] as const) {
      const model = new manual.MlpClassifier({ rng: rng() });
      const optimizer = new manual.SGD(model.parameters());
      model.forward(ones([2, 2]));
      model.backward(ones([2, 1]));
      expect(model.parameters().every((p) => p.gradient !== null)).to.equal(true);
      (by === "model" ? model : optimizer).zeroGrad();
      expect(model.parameters().every((p) => p.gradient === null)).to.equal(true);
      expect(model.layer4.dBias).to.equal(null);
    }
  });
  it("a step without gradient throws, names optimizer and parameter, and says what to call", () => {
    const model = new manual.MlpClassifier({ rng: rng() });
    for (const Optimizer of [manual.SGD, manual.Adam]) {
      const optimizer = new Optimizer(model.parameters());
      expect(() => optimizer.step()).to.throw(
        TypeError,
        `${Optimizer.name}.step: layer1.weight has no gradient; call model.backward(loss.backward())`,
      );
    }
    model.forward(ones([2, 2]));
    model.backward(ones([2, 1]));
    model.layer3.dBias = null;
    expect(() => new manual.SGD(model.parameters()).step()).to.throw(TypeError, "layer3.bias");
  });
  it("on tape a parameter without gradient is left alone", () => {
    const [a, b] = [
      autograd.tensor([1], { requiresGrad: true }),
      autograd.tensor([1], { requiresGrad: true }),
    ];
    for (const optimizer of [new autograd.SGD([a, b], { lr: 1 }), new autograd.Adam([a, b], { lr: 1 })]) {
      b.grad = autograd.tensor([1]);
      optimizer.step();
    }
    expect(a.item()).to.equal(1);
    expect(b.item()).to.be.closeTo(-1, 1e-6);
  });
  it("chalk's Parameter reads and writes the layer's own fields", () => {
    const layer = new manual.Linear(2, 1, { rng: rng() });
    const [weight] = layer.parameters() as [manual.Parameter];
    expect(weight.value).to.equal(layer.weight);
    layer.dWeight = ones([1, 2]);
    expect(weight.gradient).to.equal(layer.dWeight);
    weight.gradient = null;
    expect(layer.dWeight).to.equal(null);
  });
  it("Linear without bias has no dBias and one parameter", () => {
    const layer = new manual.Linear(2, 3, { rng: rng(), bias: false });
    layer.forward(ones([4, 2]));
    layer.backward(ones([4, 3]));
    expect([layer.bias, layer.dBias]).to.deep.equal([null, null]);
    expect(layer.parameters().map((p) => p.name)).to.deep.equal(["weight"]);
  });
  it("Flatten gives dx the shape that x had", () => {
    const flatten = new manual.Flatten();
    expect(flatten.forward(ones([2, 3, 4])).shape).to.deep.equal([2, 12]);
    expect(flatten.backward(ones([2, 12])).shape).to.deep.equal([2, 3, 4]);
  });
  it("losses: dy is a number, a scalar array, or with reduction none an array; then a number is refused", () => {
    const x = array([[1, 2], [3, 5]]); // biome-ignore format: a matrix
    const loss = new manual.CrossEntropyLoss();
    loss.forward(x, labels);
    const one = loss.backward().toArray();
    expect(loss.backward(array(1)).toArray()).to.deep.equal(one);
    expect(loss.backward(2).div(2).toArray()).to.deep.equal(one);
    for (const Loss of [manual.MSELoss, manual.BCEWithLogitsLoss]) {
      const none = new Loss({ reduction: "none" });
      none.forward(x, array([[0, 1], [1, 0]])); // biome-ignore format: a matrix
      expect(() => none.backward(), Loss.name).to.throw(
        TypeError,
        `${Loss.name}.backward: with reduction "none" dy must be an array of the loss's shape, got 1`,
      );
    }
  });
});
