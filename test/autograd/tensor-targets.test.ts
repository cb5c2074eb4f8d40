import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { differentiable, type Tensor, tensor } from "chalk-and-tape/autograd";
import { array, logSoftmax, type NDArray, random, sigmoid, softmax } from "chalk-and-tape/np";
import { gradcheck } from "../gradcheck/quiet.ts";

const rng = random(7);
const normal = (): NDArray => rng.normal(0, 1, [3, 4]);
const [x, target] = [normal(), normal()];
const shares = softmax(normal(), 1);

/** Every loss whose target can have a gradient, with a prediction and a target away from kinks. */
const losses: Readonly<Record<string, readonly [(x: Tensor, t: Tensor) => Tensor, NDArray, NDArray]>> = {
  MSELoss: [(x, t) => new autograd.MSELoss().forward(x, t), x, target],
  L1Loss: [(x, t) => new autograd.L1Loss().forward(x, t), x, target],
  SmoothL1Loss: [(x, t) => new autograd.SmoothL1Loss({ beta: 0.5 }).forward(x, t), x, target],
  HuberLoss: [(x, t) => new autograd.HuberLoss({ delta: 0.5 }).forward(x, t), x, target],
  BCELoss: [(x, t) => new autograd.BCELoss().forward(x, t), sigmoid(x), sigmoid(target)],
  BCEWithLogitsLoss: [
    (x, t) => new autograd.BCEWithLogitsLoss({ posWeight: array(2) }).forward(x, t),
    x,
    sigmoid(target),
  ],
  KLDivLoss: [
    (x, t) => new autograd.KLDivLoss({ reduction: "batchmean" }).forward(x, t),
    logSoftmax(x, 1),
    shares,
  ],
  "KLDivLoss, logTarget": [
    (x, t) => new autograd.KLDivLoss({ logTarget: true }).forward(x, t),
    logSoftmax(x, 1),
    logSoftmax(target, 1),
  ],
  CrossEntropyLoss: [
    (x, t) => new autograd.CrossEntropyLoss({ labelSmoothing: 0.1 }).forward(x, t),
    x,
    shares,
  ],
};

describe("autograd, losses with a tensor as target", () => {
  for (const [name, [loss, ...inputs]] of Object.entries(losses)) {
    it(`${name}: the target's gradient is that of finite differences`, () => {
      const report = gradcheck(differentiable(loss), inputs, { names: ["x", "target"] });
      expect(report.rows.slice(0, 2).map(({ quantity, verdict }) => [quantity, verdict])).to.deep.equal([
        ["x", "agree"],
        ["target", "agree"],
      ]);
      expect(report.failed).to.equal(0);
    });
    it(`${name}: a tensor without a gradient is a constant, as an array is`, () => {
      const [x, t] = [tensor(inputs[0], { requiresGrad: true }), tensor(inputs[1])];
      const [ofTensor, ofArray] = [loss(x, t), loss(x, inputs[1] as unknown as Tensor)];
      expect(ofTensor.item()).to.equal(ofArray.item());
      ofTensor.backward();
      expect(t.grad).to.equal(null);
    });
  }

  it("an autoencoder: x is input and target, and its gradient has both parts", () => {
    const code = new autograd.Linear(4, 2, { rng });
    const decode = new autograd.Linear(2, 4, { rng });
    const loss = new autograd.MSELoss();
    const error = (x: Tensor): Tensor => loss.forward(decode.forward(code.forward(x)), x);
    expect(gradcheck(differentiable(error), [x]).failed).to.equal(0);
    const constant = differentiable((x) => loss.forward(decode.forward(code.forward(x)), x.detach()));
    expect(gradcheck(constant, [x]).failed, "through the input alone").to.be.greaterThan(0);
  });
  it("distillation: a teacher in the graph learns as well, a detached one does not", () => {
    const [student, teacher] = [1, 2].map(() => new autograd.Linear(4, 3, { rng })) as [
      autograd.Linear,
      autograd.Linear,
    ];
    const loss = new autograd.CrossEntropyLoss();
    const input = tensor(x);
    loss.forward(student.forward(input), softmax(teacher.forward(input), 1)).backward();
    expect(teacher.weight.grad?.shape).to.deep.equal([3, 4]);
    teacher.zeroGrad();
    loss.forward(student.forward(input), softmax(teacher.forward(input), 1).detach()).backward();
    expect(teacher.weight.grad).to.equal(null);
  });
  it("a float64 target of a float32 prediction gets a float64 gradient", () => {
    const [x32, t] = [
      tensor(x.astype("float32"), { requiresGrad: true }),
      tensor(target, { requiresGrad: true }),
    ];
    new autograd.MSELoss().forward(x32, t).backward();
    expect([x32.grad?.dtype, t.grad?.dtype]).to.deep.equal(["float32", "float64"]);
  });
  it("class indices, margins' classes and signs may be tensors of integers", () => {
    const logits = tensor(x, { requiresGrad: true });
    const classes = array([0, 3, 1], { dtype: "int32" });
    const signs = array([1, -1, 1], { dtype: "int32" });
    const both = (loss: (target: Tensor | NDArray) => Tensor, target: NDArray): void => {
      expect(loss(tensor(target)).item()).to.equal(loss(target).item());
    };
    both((t) => new autograd.CrossEntropyLoss().forward(logits, t), classes);
    both((t) => new autograd.NLLLoss().forward(logSoftmax(logits, 1), t), classes);
    both((t) => new autograd.MultiMarginLoss({ weight: array([1, 2, 3, 4]) }).forward(logits, t), classes);
    both((t) => new autograd.CosineEmbeddingLoss().forward(logits, tensor(target), t), signs);
    both((t) => new autograd.HingeEmbeddingLoss().forward(logits.mean(1), t), signs);
  });
});
