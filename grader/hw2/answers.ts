import type { KnownAnswer } from "../known-answer.ts";

/** Right, but not what one would expect: each earns all points. */
export const right: readonly KnownAnswer[] = [
  {
    name: "softmax through logSoftmax, and the largest logit from a sort",
    points: 25,
    edits: [
      [
        "  const exps = np.exp(shifted); // (N, C)\n  return exps.div(exps.sum(1, true)); // (N, C)",
        "  return shifted.size === 0 ? z : np.exp(logSoftmax(z));",
      ],
      [
        "const shifted = z.sub(np.max(z, 1, true)); // (N, C)\n  return shifted.sub(np.log(",
        "const shifted = z.sub(np.sort(z, 1).slice(null, [-1])); // (N, C)\n  return shifted.sub(np.log(",
      ],
    ],
  },
  {
    name: "the fused gradient number by number, in loops",
    points: 25,
    edits: [
      [
        `    const t = np.oneHot(kept(this.target), C); // (N, C)
    return softmax(logits).sub(t).div(N); // (N, C)`,
        `    const dLogits = np.zeros([N, C]);
    for (let n = 0; n < N; n++) {
      const p = softmax(logits.slice([n, n + 1])).reshape(C);
      for (let c = 0; c < C; c++)
        dLogits.flat()[n * C + c] = (p.item(c) - (kept(this.target).item(n) === c ? 1 : 0)) / N;
    }
    return dLogits;`,
      ],
    ],
  },
  {
    name: "picked by a product with a comparison; the way through rowMax is gone, and added",
    points: 25,
    edits: [
      [
        "const picked = np.takeAlongAxis(logProbs, target.reshape(N, 1), 1);\n  const loss",
        `const classes = np.arange(logits.shape[1] as number).reshape(1, -1);
  const isTarget = classes.equal(target.reshape(N, 1)); // (N, C)
  const picked = np.where(isTarget, logProbs, 0).sum(1, true);
  const loss`,
      ],
      [
        "const dLogits = dShifted; // rowMax counts as a constant: dRowMax is 0",
        "const dLogits = dShifted.add(np.oneHot(steps.logits.argmax(1), C).mul(dRowMax));",
      ],
    ],
  },
  {
    name: "parameters changed in place, velocities made in the first step",
    points: 25,
    edits: [
      ["    this.velocities = parameters.map(({ value }) => np.zerosLike(value));\n", ""],
      [
        `      const v = (this.velocities[i] as np.NDArray).mul(this.momentum).add(kept(p.gradient));
      this.velocities[i] = v;
      p.value = p.value.sub(v.mul(this.lr));`,
        `      const g = kept(p.gradient);
      const v = (this.velocities[i] ??= np.zeros(g.shape));
      for (let k = 0; k < g.size; k++)
        v.flat()[k] = this.momentum * (v.flat()[k] as number) + (g.flat()[k] as number);
      p.value.addInPlace(v, -this.lr);`,
      ],
    ],
  },
  {
    name: "Linear in one sum with names; ReLU remembers y and multiplies; layers in a list",
    points: 25,
    edits: [
      ["dy.T.matmul(kept(this.x)); // (M, N)·(N, D)", 'np.einsum("nm,nd->md", dy, kept(this.x)); // (M, D)'],
      [
        "    this.bias.gradient = dy.sum(0); // (M,)",
        "    this.bias.gradient = np.ones([dy.shape[0] as number]).matmul(dy); // (N,)·(N, M)",
      ],
      [
        "    this.x = x;\n    return np.maximum(x, 0);",
        "    this.x = x.mul(x.greater(0));\n    return this.x;",
      ],
      [
        "return np.where(kept(this.x).greater(0), dy, 0);",
        'return dy.mul(kept(this.x).notEqual(0).astype("float64"));',
      ],
      [
        `    const h1 = this.relu1.forward(this.linear1.forward(x)); // (N, 256)
    const h2 = this.relu2.forward(this.linear2.forward(h1)); // (N, 64)
    return this.linear3.forward(h2); // (N, 10)`,
        `    const layers = [this.linear1, this.relu1, this.linear2, this.relu2, this.linear3];
    return layers.reduce((h, layer) => layer.forward(h), x);`,
      ],
    ],
  },
];

/** Wrong, each with the points that it earns. */
export const wrong: readonly KnownAnswer[] = [
  {
    // Fails t1-softmax and t4-gradient; h1, h4, t8 and h8 are skipped.
    name: "softmax over the batch",
    points: 19,
    edits: [["return exps.div(exps.sum(1, true)); // (N, C)", "return exps.div(exps.sum(0, true));"]],
  },
  {
    // Fails h1, and h4 by its loss.
    name: "logSoftmax is the logarithm of softmax",
    points: 23,
    edits: [
      [
        "return shifted.sub(np.log(np.exp(shifted).sum(1, true))); // (N, C) − (N, 1)",
        "return np.log(softmax(shifted));",
      ],
    ],
  },
  {
    // Fails t3-exps; t3-logits and h3 are skipped.
    name: "exps are used once",
    points: 22,
    edits: [["dProbs.div(steps.sums).add(dSums)", "dProbs.div(steps.sums)"]],
  },
  {
    // Half of t4-gradient; h4, t8 and h8 are skipped.
    name: "the fused gradient without 1/N",
    points: 21.5,
    edits: [["return softmax(logits).sub(t).div(N); // (N, C)", "return N ? softmax(logits).sub(t) : t;"]],
  },
  {
    // Half of t5-linear-backward; h5, t6-backward, t8 and h8 are skipped.
    name: "db is the mean over the images",
    points: 20,
    edits: [["this.bias.gradient = dy.sum(0); // (M,)", "this.bias.gradient = dy.mean(0);"]],
  },
  {
    // Passes all that calls backward once; fails h5, t8 and so h8.
    name: "gradients are added to those of the batch before",
    points: 22,
    edits: [
      [
        "    this.weight.gradient = dy.T.matmul(kept(this.x)); // (M, N)·(N, D)",
        `    const dW = dy.T.matmul(kept(this.x));
    this.weight.gradient = this.weight.gradient ? this.weight.gradient.add(dW) : dW;`,
      ],
    ],
  },
  {
    // Fails t5-relu; h5, t6-backward, t8 and h8 are skipped.
    name: "ReLU's backward looks at the sign of dy",
    points: 20,
    edits: [["np.where(kept(this.x).greater(0), dy, 0)", "np.where(dy.greater(0), dy, 0)"]],
  },
  {
    // Fails t6-forward; t6-backward, t8 and h8 are skipped.
    name: "a ReLU on the logits, as on the lecture's last slide",
    points: 21,
    edits: [
      ["return this.linear3.forward(h2); // (N, 10)", "return np.maximum(this.linear3.forward(h2), 0);"],
    ],
  },
  {
    // The same as long as lr stays the same: fails h7 alone.
    name: "the velocity holds lr",
    points: 24,
    edits: [
      [".add(kept(p.gradient));", ".add(kept(p.gradient).mul(this.lr));"],
      ["p.value = p.value.sub(v.mul(this.lr));", "p.value = p.value.sub(v);"],
    ],
  },
  {
    // Fails t8; h8 is skipped.
    name: "trainEpoch gives the mean over the batches",
    points: 23,
    edits: [
      ["y.slice([from, to])) * (to - from);", "y.slice([from, to]));"],
      ["return sum / N;", "return sum / Math.ceil(N / batchSize);"],
    ],
  },
];
