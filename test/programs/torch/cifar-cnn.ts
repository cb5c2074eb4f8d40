/** The convolutional network of PyTorch's CIFAR-10 tutorial, with batch normalisation and a schedule. */

import {
  BatchNorm2d,
  Conv2d,
  CrossEntropyLoss,
  Dropout,
  functional as F,
  Linear,
  MaxPool2d,
  Module,
  noGrad,
  SGD,
  type Tensor,
} from "chalk-and-tape/autograd";
import { StepLR } from "chalk-and-tape/training";

class Net extends Module {
  conv1 = new Conv2d(3, 4, 3, { padding: 1 });
  bn1 = new BatchNorm2d(4);
  pool = new MaxPool2d(2, { stride: 2 });
  conv2 = new Conv2d(4, 8, 3, { padding: 1, bias: false });
  bn2 = new BatchNorm2d(8);
  dropout = new Dropout(0.0);
  fc1 = new Linear(8 * 2 * 2, 16);
  fc2 = new Linear(16, 10);

  forward(x: Tensor) {
    x = this.pool.forward(F.relu(this.bn1.forward(this.conv1.forward(x))));
    x = F.maxPool2d(F.relu(this.bn2.forward(this.conv2.forward(x))), 2);
    x = x.flatten(1); // flatten all dimensions except batch
    x = this.dropout.forward(F.relu(this.fc1.forward(x)));
    x = this.fc2.forward(x);
    return x;
  }
}

export function cifarCnn(images: Tensor, labels: Tensor, start: Record<string, Tensor>) {
  const inputs = images.div(255).sub(0.5).div(0.5);
  const net = new Net();
  net.loadStateDict(start);
  const criterion = new CrossEntropyLoss({ labelSmoothing: 0.1 });
  const optimizer = new SGD(net.parameters(), { lr: 0.05, momentum: 0.9, weightDecay: 5e-4 });
  const scheduler = new StepLR(optimizer, 2, { gamma: 0.5 });

  const losses = [];
  const rates = [];
  for (let epoch = 0; epoch < 5; epoch++) {
    let runningLoss = 0.0;
    for (let i = 0; i < 24; i += 8) {
      optimizer.zeroGrad();
      const outputs = net.forward(inputs.slice([i, i + 8]));
      const loss = criterion.forward(outputs, labels.slice([i, i + 8]));
      loss.backward();
      optimizer.step();
      runningLoss += loss.item();
    }
    scheduler.step();
    losses.push(runningLoss / 3);
    rates.push(scheduler.getLastLr()[0]);
  }

  net.eval();
  const outputs = noGrad(() => net.forward(inputs));
  const [, predicted] = outputs.max(1);
  const correct = predicted.eq(labels).sum().item();
  return {
    losses,
    rates,
    predicted: predicted.tolist(),
    accuracy: correct / labels.size(0),
    variance: net.bn2.runningVar?.toArray(),
    weights: Object.fromEntries(
      net.namedParameters().flatMap(([name, p]) => (p.dim() > 1 ? [[name, p.norm().item()]] : [])),
    ),
  };
}
