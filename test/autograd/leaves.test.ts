import { expect } from "chai";
import { Linear, Sequential, SGD, type Tensor, tensor } from "chalk-and-tape/autograd";
import { random } from "chalk-and-tape/np";

describe("requiresGrad of a leaf", () => {
  it("can be set, and requiresGrad_ returns the tensor itself", () => {
    const w = tensor([1, 2]);
    w.requiresGrad = true;
    w.mul(3).sum().backward();
    expect(w.grad?.toArray()).to.deep.equal([3, 3]);
    expect(w.requiresGrad_(false)).to.equal(w);
    expect(w.mul(3).requiresGrad).to.equal(false);
    expect(w.requiresGrad_().requiresGrad).to.equal(true);
  });
  it("freezes a layer: its weights stay, and the others learn", () => {
    const rng = random(1);
    const [body, head] = [new Linear(2, 2, { rng }), new Linear(2, 1, { rng })];
    const model = new Sequential(body, head);
    const optimizer = new SGD(model.parameters(), { lr: 0.1 });
    for (const p of body.parameters()) p.requiresGrad = false;
    expect(model.parameters()).to.deep.equal(head.parameters());
    expect(Object.keys(model.stateDict())).to.have.length(4);
    const before = [body, head].map(({ weight }) => weight.toArray());
    model.forward(tensor([[1, -2]])).sum().backward(); // biome-ignore format: one line
    optimizer.step();
    expect(body.weight.grad).to.equal(null);
    expect(body.weight.toArray()).to.deep.equal(before[0]);
    expect(head.weight.toArray()).to.not.deep.equal(before[1]);
  });
  it("is refused for results, integers and anything but true or false", () => {
    const y = tensor([1], { requiresGrad: true }).mul(2);
    expect(() => y.requiresGrad_(false)).to.throw(
      TypeError,
      "requiresGrad: you can only change requires_grad flags of leaf variables",
    );
    expect(() => tensor([1], { dtype: "int32" }).requiresGrad_()).to.throw(TypeError, "only float64 and float32 have gradients, got int32"); // biome-ignore format: one line
    expect(() => tensor([1]).requiresGrad_(1 as never)).to.throw(TypeError, "requiresGrad is 1");
  });
});

describe("values and indices", () => {
  it("can be taken apart by name and in order", () => {
    const x = tensor([[3, 1, 2]]);
    const pairs = [x.max(1), x.min(1), x.sort(1), x.topk(2, 1), x.median(1)];
    for (const pair of pairs) {
      const [values, indices, ...more] = pair;
      expect([values, indices, more]).to.deep.equal([pair.values, pair.indices, []]);
    }
    const [, last] = x.max(1) as Iterable<Tensor>;
    expect(last?.toArray()).to.deep.equal([0]);
  });
});
