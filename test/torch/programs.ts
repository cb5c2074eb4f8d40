/** The five programs of test/fixtures/torch/programs.py, line by line. */
import {
  Adam,
  AdamW,
  BatchNorm2d,
  Conv2d,
  clipGradNorm,
  Embedding,
  functional as F,
  LayerNorm,
  Linear,
  Module,
  ModuleList,
  noGrad,
  Parameter,
  ReLU,
  Sequential,
  SGD,
  Sigmoid,
  type Tensor,
  tensor,
} from "chalk-and-tape/autograd";
import { ones, random, tril, zeros } from "chalk-and-tape/np";
import { ConstantLR } from "chalk-and-tape/training";
import { draw, noise } from "./tables.ts";

const rng = random(0); // every parameter is replaced by noise

const given = (shape: number[], seed: number): Tensor => tensor(noise(shape, seed));
const indices = (shape: number[], seed: number, below: number): Tensor =>
  tensor(draw({ shape, seed, as: "indices", below }, 0), { dtype: "int32" });

function start(parameters: readonly Tensor[]): void {
  for (const [k, p] of parameters.entries()) p.data.copyFrom(noise(p.shape, k + 1).div(3));
}

export function mlp(): number[] {
  class Net extends Module {
    fc1 = new Linear(16, 12, { rng });
    fc2 = new Linear(12, 4, { rng });
    forward(x: Tensor): Tensor {
      let y = x.view(x.size(0), -1);
      y = F.relu(this.fc1.forward(y));
      return F.logSoftmax(this.fc2.forward(y), 1);
    }
  }
  const model = new Net();
  start(model.parameters());
  const optimizer = new SGD(model.parameters(), { lr: 0.1, momentum: 0.9 });
  const losses: number[] = [];
  for (let step = 0; step < 20; step++) {
    const [x, y] = [given([8, 4, 4], 100 + (step % 4)), indices([8], 200 + (step % 4), 4)];
    optimizer.zeroGrad();
    const output = model.forward(x);
    const loss = F.nllLoss(output, y);
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  model.eval();
  const correct = noGrad(() => {
    const output = model.forward(given([8, 4, 4], 100));
    return output
      .argmax(1, true)
      .eq(indices([8], 200, 4).view(-1, 1))
      .sum()
      .item();
  });
  return [...losses, correct];
}

export function makemore(): number[] {
  const [C, W1, b1, W2, b2] = [[27, 2], [6, 20], [20], [20, 27], [27]].map((shape) =>
    tensor(zeros(shape), { requiresGrad: true }),
  ) as [Tensor, Tensor, Tensor, Tensor, Tensor]; // biome-ignore format: one line
  const parameters = [C, W1, b1, W2, b2];
  start(parameters);
  const losses: number[] = [];
  let logits = C;
  for (let step = 0; step < 20; step++) {
    const [X, Y] = [indices([32, 3], 300 + (step % 4), 27), indices([32], 400 + (step % 4), 27)];
    const emb = C.slice(X);
    const h = emb.view(-1, 6).matmul(W1).add(b1).tanh();
    logits = h.matmul(W2).add(b2);
    const loss = F.crossEntropy(logits, Y);
    for (const p of parameters) p.grad = null;
    loss.backward();
    for (const p of parameters) if (p.grad) p.data.addInPlace(p.grad.data, -0.5);
    losses.push(loss.item());
  }
  const probabilities = F.softmax(logits, 1);
  const { values, indices: places } = probabilities.slice(0).topk(3);
  return [...losses, ...(values.tolist() as number[]), ...(places.tolist() as number[])];
}

export function cnn(): number[] {
  class Net extends Module {
    convs = new ModuleList([
      new Conv2d(3, 4, 3, { padding: 1, rng }),
      new Conv2d(4, 6, 3, { padding: 1, rng }),
    ]);
    norms = new ModuleList([new BatchNorm2d(4), new BatchNorm2d(6)]);
    head = new Linear(6 * 2 * 2, 5, { rng });
    forward(x: Tensor): Tensor {
      let y = x;
      for (const [i, conv] of [...this.convs].entries())
        y = F.maxPool2d(F.relu(this.norms.at(i).forward(conv.forward(y))), 2);
      return this.head.forward(y.flatten(1));
    }
  }
  const model = new Net();
  start(model.parameters());
  const optimizer = new Adam(model.parameters(), { lr: 0.01 });
  const scheduler = new ConstantLR(optimizer, { factor: 0.5, totalIters: 4 });
  const losses: number[] = [];
  for (let step = 0; step < 12; step++) {
    const [x, y] = [given([6, 3, 8, 8], 500 + (step % 3)), indices([6], 600 + (step % 3), 5)];
    const loss = F.crossEntropy(model.forward(x), y, { labelSmoothing: 0.1 });
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    scheduler.step();
    losses.push(loss.item());
  }
  model.eval();
  const count = model.parameters().reduce((sum, p) => sum + p.numel(), 0);
  return [
    ...losses,
    model
      .forward(given([6, 3, 8, 8], 500))
      .std()
      .item(),
    count,
  ];
}

export function autoencoder(): number[] {
  class Autoencoder extends Module {
    encoder = new Sequential(new Linear(10, 6, { rng }), new ReLU(), new Linear(6, 2, { rng }));
    decoder = new Sequential(
      new Linear(2, 6, { rng }),
      new ReLU(),
      new Linear(6, 10, { rng }),
      new Sigmoid(),
    );
    forward(x: Tensor): Tensor {
      return this.decoder.forward(this.encoder.forward(x));
    }
  }
  const model = new Autoencoder();
  start(model.parameters());
  const optimizer = new AdamW(
    [{ params: model.encoder.parameters() }, { params: model.decoder.parameters(), lr: 0.05 }],
    { lr: 0.02 },
  );
  const codes: number[] = [];
  model.encoder.registerForwardHook((_module, _inputs, output) => {
    codes.push(output.detach().norm(2, 1).mean().item());
  });
  const losses: number[] = [];
  for (let step = 0; step < 15; step++) {
    const x = given([8, 10], 700 + (step % 3)).sigmoid();
    const noisy = x.add(given([8, 10], 800 + step).mul(0.1)).clamp(0, 1);
    const first = model.encoder.layers[0] as Linear;
    const loss = F.mseLoss(model.forward(noisy), x).add(first.weight.abs().sum().mul(1e-3));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  return [...losses, ...codes];
}

export function transformer(): number[] {
  const [B, T, E, H, V] = [2, 5, 8, 2, 11];

  class Block extends Module {
    ln1 = new LayerNorm(E);
    ln2 = new LayerNorm(E);
    qkv = new Linear(E, 3 * E, { bias: false, rng });
    project = new Linear(E, E, { rng });
    fc = new Linear(E, 4 * E, { rng });
    out = new Linear(4 * E, E, { rng });
    mask = tril(ones([T, T]));

    attend(x: Tensor): Tensor {
      const [B, T, E] = x.size() as [number, number, number];
      const parts = this.qkv.forward(x).split(E, 2);
      const [q, k, v] = parts.map((part) => part.view(B, T, H, E / H).transpose(1, 2)) as [
        Tensor,
        Tensor,
        Tensor,
      ];
      let scores = q.matmul(k.transpose(-2, -1)).div((E / H) ** 0.5);
      scores = scores.maskedFill(this.mask.slice([0, T], [0, T]).equal(0), Number.NEGATIVE_INFINITY);
      const y = F.softmax(scores, -1).matmul(v);
      return this.project.forward(y.transpose(1, 2).contiguous().view(B, T, E));
    }
    forward(x: Tensor): Tensor {
      const y = x.add(this.attend(this.ln1.forward(x)));
      return y.add(this.out.forward(F.gelu(this.fc.forward(this.ln2.forward(y)))));
    }
  }

  class Model extends Module {
    tokens = new Embedding(V, E, { rng });
    positions = new Parameter(zeros([T, E]));
    block = new Block();
    norm = new LayerNorm(E);
    head = new Linear(E, V, { rng });
    forward(x: Tensor): Tensor {
      const y = this.tokens.forward(x).add(this.positions.unsqueeze(0));
      return this.head.forward(this.norm.forward(this.block.forward(y)));
    }
  }

  const model = new Model();
  const named = model.namedParameters().sort(([a], [b]) => (a < b ? -1 : 1));
  start(named.map(([, p]) => p));
  const optimizer = new Adam(model.parameters(), { lr: 0.01 });
  const losses: number[] = [];
  for (let step = 0; step < 15; step++) {
    const [x, y] = [indices([B, T], 900 + (step % 3), V), indices([B, T], 950 + (step % 3), V)];
    const logits = model.forward(x);
    const loss = F.crossEntropy(logits.view(-1, V), y.flatten());
    optimizer.zeroGrad();
    loss.backward();
    clipGradNorm(model.parameters(), 1);
    optimizer.step();
    losses.push(loss.item());
  }
  return [
    ...losses,
    model
      .forward(indices([B, T], 900, V))
      .logsumexp(-1)
      .mean()
      .item(),
  ];
}
