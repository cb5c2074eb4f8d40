/** A character transformer of one block, its attention from plain operations, as in nanoGPT. */

import { np } from "chalk-and-tape";
import {
  AdamW,
  Dropout,
  Embedding,
  functional as F,
  GELU,
  LayerNorm,
  Linear,
  Module,
  ModuleList,
  noGrad,
  Sequential,
  type Tensor,
  tensor,
} from "chalk-and-tape/autograd";

const blockSize = 8;
const nEmbd = 16;
const nHead = 4;

class CausalSelfAttention extends Module {
  cAttn = new Linear(nEmbd, 3 * nEmbd, { bias: false });
  cProj = new Linear(nEmbd, nEmbd);
  declare bias: Tensor;

  constructor() {
    super();
    this.registerBuffer(
      "bias",
      tensor(np.ones([blockSize, blockSize]))
        .tril()
        .view(1, 1, blockSize, blockSize),
    );
  }

  forward(x: Tensor) {
    const [B, T, C] = x.size();
    let [q, k, v] = this.cAttn.forward(x).split(nEmbd, 2);
    k = k.view(B, T, nHead, C / nHead).transpose(1, 2);
    q = q.view(B, T, nHead, C / nHead).transpose(1, 2);
    v = v.view(B, T, nHead, C / nHead).transpose(1, 2);
    let att = q.matmul(k.transpose(-2, -1)).mul(1.0 / Math.sqrt(k.size(-1)));
    att = att.maskedFill(this.bias.slice(null, null, [null, T], [null, T]).eq(0), -Infinity);
    att = F.softmax(att, -1);
    let y = att.matmul(v);
    y = y.transpose(1, 2).contiguous().view(B, T, C);
    return this.cProj.forward(y);
  }
}

class Block extends Module {
  ln_1 = new LayerNorm(nEmbd);
  attn = new CausalSelfAttention();
  ln_2 = new LayerNorm(nEmbd);
  mlp = new Sequential(
    new Linear(nEmbd, 4 * nEmbd),
    new GELU(),
    new Linear(4 * nEmbd, nEmbd),
    new Dropout(0.0),
  );

  forward(x: Tensor) {
    x = x.add(this.attn.forward(this.ln_1.forward(x)));
    x = x.add(this.mlp.forward(this.ln_2.forward(x)));
    return x;
  }
}

class GPT extends Module {
  wte: Embedding;
  wpe: Embedding;
  blocks: ModuleList<Block>;
  lnF: LayerNorm;
  lmHead: Linear;

  constructor(vocabSize: number) {
    super();
    this.wte = new Embedding(vocabSize, nEmbd);
    this.wpe = new Embedding(blockSize, nEmbd);
    this.blocks = new ModuleList([...Array(1)].map(() => new Block()));
    this.lnF = new LayerNorm(nEmbd);
    this.lmHead = new Linear(nEmbd, vocabSize, { bias: false });
  }

  forward(idx: Tensor) {
    const pos = tensor(np.arange(idx.size(1)), { dtype: "int32" });
    let x = this.wte.forward(idx).add(this.wpe.forward(pos)); // (B, T, C)
    for (const block of this.blocks) {
      x = block.forward(x);
    }
    x = this.lnF.forward(x);
    return this.lmHead.forward(x);
  }

  generate(idx: Tensor, maxNewTokens: number) {
    return noGrad(() => {
      for (let i = 0; i < maxNewTokens; i++) {
        const idxCond = idx.slice(null, [-blockSize, null]);
        let logits = this.forward(idxCond);
        logits = logits.slice(null, -1);
        const probs = F.softmax(logits, -1);
        const [, idxNext] = probs.topk(1, -1);
        idx = np.concatenate([idx, idxNext], 1);
      }
      return idx;
    });
  }
}

export function transformer(text: string, start: Record<string, Tensor>) {
  const chars = [...new Set(text)].sort();
  const stoi = Object.fromEntries(chars.map((ch, i) => [ch, i]));
  const data = tensor(
    [...text].map((ch) => stoi[ch]),
    { dtype: "int32" },
  );

  const model = new GPT(chars.length);
  model.loadStateDict(start);
  const decay = model.parameters().filter((p) => p.dim() >= 2);
  const noDecay = model.parameters().filter((p) => p.dim() < 2);
  const groups = [
    { params: decay, weightDecay: 0.1 },
    { params: noDecay, weightDecay: 0.0 },
  ];
  const optimizer = new AdamW(groups, { lr: 1e-2, betas: [0.9, 0.95] });

  const losses = [];
  for (let step = 0; step < 12; step++) {
    const ix = [0, 1, 2, 3].map((j) => (step * 5 + 7 * j) % (data.size(0) - blockSize));
    const xb = np.stack(ix.map((i) => data.slice([i, i + blockSize])));
    const yb = np.stack(ix.map((i) => data.slice([i + 1, i + blockSize + 1])));
    const logits = model.forward(xb);
    const [B, T, C] = logits.shape;
    const loss = F.crossEntropy(logits.view(B * T, C), yb.view(B * T));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }

  model.eval();
  const out = model.generate(data.slice([null, 4]).view(1, 4), 8);
  return {
    losses,
    text: out
      .slice(0)
      .unbind()
      .map((i) => chars[i.item()])
      .join(""),
    weights: Object.fromEntries([...model.namedParameters()].map(([name, p]) => [name, p.norm().item()])),
    parameters: model.parameters().reduce((sum, p) => sum + p.numel(), 0),
  };
}
