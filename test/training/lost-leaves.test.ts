import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { DataLoader } from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";

const { Linear, Module, MSELoss, SGD, Sequential, tensor, train } = autograd;
type Tensor = autograd.Tensor;
const linear = (): autograd.Linear => new Linear(2, 2, { rng: random(1) });
const x = random(2).normal(0, 1, [8, 2]);
const loader = (): DataLoader => new DataLoader({ x, y: x }, { batchSize: 4 });
const trainOn = (model: autograd.Module, parameters: Tensor[] = model.parameters()): Promise<unknown> =>
  train(model, loader(), { loss: new MSELoss(), optimizer: new SGD(parameters, { lr: 0.1 }), epochs: 2 });

/** A layer that no traversal can see. */
class Hidden extends Module {
  readonly seen = linear();
  readonly #hidden = linear();
  forward(input: Tensor): Tensor {
    return this.#hidden.forward(this.seen.forward(input));
  }
}

async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error) => error as Error,
  );
}
const message =
  "2 leaves of shape (2, 2), (2,) would never learn: it gets a gradient, but is in no optimizer and not among model.parameters(). A #private field";

describe("a leaf that gets a gradient but is in no optimizer", () => {
  it("train refuses a #private layer, by the shapes of its parameters, before a weight changes", async () => {
    const model = new Hidden();
    const before = model.seen.weight.toArray();
    const error = await rejection(trainOn(model));
    expect(error).to.be.instanceOf(TypeError);
    expect(error.message).to.include(`train: ${message}`);
    expect(error.message).to.include("keep its part in a public field");
    expect(model.seen.weight.toArray()).to.deep.equal(before);
  });
  it("lrRangeTest and overfitOneBatch do so too", async () => {
    const options = { loss: new MSELoss(), optimizer: (p: Tensor[]) => new SGD(p, { lr: 0.1 }) };
    const range = await rejection(autograd.lrRangeTest(new Hidden(), loader(), options));
    expect(range.message).to.include(`lrRangeTest: ${message}`);
    const one = await rejection(autograd.overfitOneBatch(new Hidden(), { x, y: x }, options));
    expect(one.message).to.include(`overfitOneBatch: ${message}`);
  });
  it("a tensor in a closure is refused", async () => {
    const scale = tensor([1, 1], { requiresGrad: true });
    class Scaled extends autograd.Linear {
      override forward(input: Tensor): Tensor {
        return super.forward(input).mul(scale);
      }
    }
    const model = new Scaled(2, 2, { rng: random(1) });
    expect((await rejection(trainOn(model))).message).to.include(
      "train: a leaf of shape (2,) would never learn",
    );
    await trainOn(model, [...model.parameters(), scale]); // in the optimizer it learns
    expect(scale.toArray()).not.to.deep.equal([1, 1]);
  });
  it("a part that forward makes after the optimizer is named", async () => {
    class Late extends Module {
      readonly first = linear();
      second: autograd.Linear | null = null;
      forward(input: Tensor): Tensor {
        this.second ??= linear();
        return this.second.forward(this.first.forward(input));
      }
    }
    const error = await rejection(trainOn(new Late()));
    expect(error.message).to.include(
      "train: the parameter second.weight, of shape (2, 2), was made after the optimizer, which does not hold it",
    );
  });
  it("parameters of the model may be left out of the optimizer, to freeze them", async () => {
    const [body, head] = [linear(), linear()];
    const model = new Sequential(body, head);
    const before = body.weight.toArray();
    await train(model, loader(), {
      loss: new MSELoss(),
      optimizer: new SGD(head.parameters(), { lr: 0.1 }),
      epochs: 2,
      warn: (text) => expect.fail(text),
    });
    expect(body.weight.toArray()).to.deep.equal(before);
  });
  it("an optimizer that does not say what it holds is trusted", async () => {
    const optimizer = { step: (): void => {}, zeroGrad: (): void => {} };
    await train(new Hidden(), loader(), { loss: new MSELoss(), optimizer, warn: () => {} });
  });
});
