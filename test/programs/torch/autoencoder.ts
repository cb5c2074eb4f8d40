/** A denoising autoencoder: the target of the loss is a tensor. */

import {
  Adam,
  clipGradNorm,
  LeakyReLU,
  Linear,
  Module,
  MSELoss,
  Sequential,
  Sigmoid,
  type Tensor,
} from "chalk-and-tape/autograd";

class Autoencoder extends Module<[x: Tensor], [encoded: Tensor, decoded: Tensor]> {
  encoder = new Sequential(new Linear(64, 16), new LeakyReLU(0.1), new Linear(16, 4));
  decoder = new Sequential(new Linear(4, 16), new LeakyReLU(0.1), new Linear(16, 64), new Sigmoid());

  forward(x: Tensor): [Tensor, Tensor] {
    const encoded = this.encoder.forward(x);
    const decoded = this.decoder.forward(encoded);
    return [encoded, decoded];
  }
}

export function autoencoder(images: Tensor, noise: Tensor, start: Record<string, Tensor>) {
  const model = new Autoencoder();
  model.loadStateDict(start);
  const optimizer = new Adam(model.parameters(), { lr: 1e-2, betas: [0.9, 0.99] });
  const lossFunc = new MSELoss();

  const losses = [];
  const img = images.view(-1, 8 * 8);
  for (let step = 0; step < 20; step++) {
    const noisy = img.add(noise.view(-1, 8 * 8).mul(0.2)).clamp(0.0, 1.0);
    const [encoded, decoded] = model.forward(noisy);
    const sparsity = encoded.abs().mean().mul(1e-3);
    const loss = lossFunc.forward(decoded, img).add(sparsity);
    optimizer.zeroGrad();
    loss.backward();
    clipGradNorm(model.parameters(), 0.5);
    optimizer.step();
    losses.push(loss.item());
  }

  // the code of a clean image must stay where it is when its reconstruction is encoded again
  const [encoded, decoded] = model.forward(img);
  const again = model.encoder.forward(decoded);
  const cycle = lossFunc.forward(again, encoded);
  optimizer.zeroGrad();
  cycle.backward();

  // which pixels matter to the first number of the code
  const x = img.slice(0).clone().requiresGrad_(true);
  model.encoder.forward(x).slice(0).backward();
  return {
    losses,
    codes: encoded.slice([0, 2]).tolist(),
    cycle: cycle.item(),
    gradients: model.encoder.parameters().map((p) => p.grad?.norm().item()),
    saliency: x.grad?.abs().max().item(),
    worst: decoded.sub(img).pow(2).mean(1).argmax().item(),
  };
}
