/** The MLP of makemore: an embedding by indexing, batch normalisation by hand, updates by hand. */

import { np } from "chalk-and-tape";
import { functional as F, noGrad, type Tensor, tensor } from "chalk-and-tape/autograd";

const blockSize = 3;

function buildDataset(words: string[], stoi: Record<string, number>) {
  const X: number[][] = [];
  const Y: number[] = [];
  for (const w of words) {
    let context = Array(blockSize).fill(0);
    for (const ch of `${w}.`) {
      const ix = stoi[ch];
      X.push(context);
      Y.push(ix);
      context = [...context.slice(1), ix];
    }
  }
  return [tensor(X), tensor(Y)] as const;
}

export function makemoreMlp(words: string[], start: Record<string, Tensor>) {
  const chars = [...new Set(words.join(""))].sort();
  const stoi = Object.fromEntries(chars.map((s, i) => [s, i + 1]));
  stoi["."] = 0;
  const itos = Object.fromEntries(Object.entries(stoi).map(([s, i]) => [i, s]));
  const [X, Y] = buildDataset(words, stoi);

  const C = start.C.clone();
  const W1 = start.W1.clone();
  const W2 = start.W2.clone();
  const b2 = tensor(np.zeros(W2.shape[1]));
  const bngain = tensor(np.ones([1, W1.shape[1]]));
  const bnbias = tensor(np.zeros([1, W1.shape[1]]));
  let bnmeanRunning = tensor(np.zeros([1, W1.shape[1]]));
  let bnstdRunning = tensor(np.ones([1, W1.shape[1]]));
  const parameters = [C, W1, W2, b2, bngain, bnbias];
  for (const p of parameters) p.requiresGrad = true;

  const losses = [];
  for (let i = 0; i < 30; i++) {
    // minibatch
    const ix = tensor([...Array(16).keys()].map((j) => (16 * i + j) % X.shape[0]));
    const [Xb, Yb] = [X.slice(ix), Y.slice(ix)];

    // forward pass
    const emb = C.slice(Xb);
    const embcat = emb.view(emb.shape[0], -1);
    let hpreact = embcat.matmul(W1);
    const bnmeani = hpreact.mean(0, true);
    const bnstdi = hpreact.std(0, { keepdim: true });
    hpreact = bngain.mul(hpreact.sub(bnmeani)).div(bnstdi).add(bnbias);
    noGrad(() => {
      bnmeanRunning = bnmeanRunning.mul(0.9).add(bnmeani.mul(0.1));
      bnstdRunning = bnstdRunning.mul(0.9).add(bnstdi.mul(0.1));
    });
    const h = hpreact.tanh();
    const logits = h.matmul(W2).add(b2);
    const loss = F.crossEntropy(logits, Yb);

    // backward pass
    for (const p of parameters) p.grad = null;
    loss.backward();

    // update
    const lr = i < 20 ? 0.5 : 0.1;
    for (const p of parameters) if (p.grad) p.data.addInPlace(p.grad.data, -lr);
    losses.push(loss.item());
  }

  // generate, always the likeliest letter
  const out: string[] = [];
  let context = Array(blockSize).fill(0);
  noGrad(() => {
    while (out.length < 10) {
      const emb = C.slice(tensor([context]));
      let hpreact = emb.view(1, -1).matmul(W1);
      hpreact = bngain.mul(hpreact.sub(bnmeanRunning)).div(bnstdRunning).add(bnbias);
      const logits = hpreact.tanh().matmul(W2).add(b2);
      const probs = F.softmax(logits, 1);
      const ix = probs.argmax(1).item();
      context = [...context.slice(1), ix];
      out.push(itos[ix]);
      if (ix === 0) break;
    }
  });
  return {
    losses,
    name: out.join(""),
    running: [bnmeanRunning.norm().item(), bnstdRunning.norm().item()],
    weights: parameters.map((p) => p.detach().norm().item()),
  };
}
