/** The MLP of PyTorch's quickstart: a class, a training loop and a test loop. */

import {
  CrossEntropyLoss,
  Flatten,
  Linear,
  Module,
  noGrad,
  ReLU,
  Sequential,
  SGD,
  type Tensor,
  tensor,
} from "chalk-and-tape/autograd";
import { DataLoader } from "chalk-and-tape/datasets";
import type { NDArray } from "chalk-and-tape/np";

class NeuralNetwork extends Module {
  flatten = new Flatten();
  linearReluStack = new Sequential(
    new Linear(8 * 8, 24),
    new ReLU(),
    new Linear(24, 16),
    new ReLU(),
    new Linear(16, 10),
  );

  forward(x: Tensor) {
    x = this.flatten.forward(x);
    const logits = this.linearReluStack.forward(x);
    return logits;
  }
}

async function train(dataloader: DataLoader, model: NeuralNetwork, lossFn: CrossEntropyLoss, optimizer: SGD) {
  const losses = [];
  model.train();
  for await (const { x: X, y } of dataloader) {
    const pred = model.forward(tensor(X));
    const loss = lossFn.forward(pred, y);

    loss.backward();
    optimizer.step();
    optimizer.zeroGrad();
    losses.push(loss.item());
  }
  return losses;
}

async function test(dataloader: DataLoader, model: NeuralNetwork, lossFn: CrossEntropyLoss) {
  const size = dataloader.dataset.x.shape[0];
  const numBatches = dataloader.length;
  model.eval();
  let [testLoss, correct] = [0, 0];
  for await (const { x: X, y } of dataloader) {
    const pred = noGrad(() => model.forward(tensor(X)));
    testLoss += lossFn.forward(pred, y).item();
    correct += pred.argmax(1).eq(y).sum().item();
  }
  return [testLoss / numBatches, correct / size];
}

export async function mnistMlp(images: NDArray, labels: NDArray, start: Record<string, Tensor>) {
  const trainDataloader = new DataLoader(
    { x: images.slice([null, 40]), y: labels.slice([null, 40]) },
    { batchSize: 16 },
  );
  const testDataloader = new DataLoader(
    { x: images.slice([40, null]), y: labels.slice([40, null]) },
    { batchSize: 16 },
  );
  const model = new NeuralNetwork();
  model.loadStateDict(start);
  const lossFn = new CrossEntropyLoss();
  const optimizer = new SGD(model.parameters(), { lr: 0.5 });
  const losses = [];
  const tests = [];
  for (let epoch = 0; epoch < 8; epoch++) {
    losses.push(...(await train(trainDataloader, model, lossFn, optimizer)));
    tests.push(await test(testDataloader, model, lossFn));
  }
  return { losses, tests, weights: model.parameters().map((p) => p.detach().norm().item()) };
}
