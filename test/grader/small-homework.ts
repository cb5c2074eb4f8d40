/** A small assignment's texts: what was given, and answers that people wrote without each other. */

export const edition = `import { exp, log, maximum, type NDArray, zeros } from "chalk-and-tape/np";

/** The layer forward. */
export function linearForward(x: NDArray, W: NDArray, b: NDArray): NDArray {
  if (x.shape.length !== 2 || W.shape.length !== 2) throw new Error("expected two axes of x and of W");
  if (x.shape[1] !== W.shape[0]) throw new Error("x's columns and W's rows differ");
  const rows = x.shape[0] as number;
  const columns = W.shape[1] as number;
  if (x.sum(0).size === 0 || columns === 0) return zeros([rows, columns]);
  // YOUR CODE HERE
  throw new Error("not implemented");
}

/** Gradients of the layer. */
export function linearBackward(dy: NDArray, x: NDArray, W: NDArray): { dx: NDArray; dW: NDArray; db: NDArray } {
  // YOUR CODE HERE
  throw new Error("not implemented");
}

/** Binary cross entropy of logits, with its gradient. */
export function bce(z: NDArray, t: NDArray): { loss: number; dz: NDArray } {
  // YOUR CODE HERE
  throw new Error("not implemented");
}

/** One step of gradient descent. */
export function step(params: NDArray[], grads: NDArray[], lr: number): NDArray[] {
  // YOUR CODE HERE
  throw new Error("not implemented");
}
`;

const stub = '  // YOUR CODE HERE\n  throw new Error("not implemented");\n';

/** The edition with its holes filled, in order. */
function filled(...bodies: readonly string[]): string {
  const parts = edition.split(stub);
  return parts.map((part, i) => part + (bodies[i] ?? "")).join("");
}

export const anna = filled(
  "  return x.matmul(W).add(b);\n",
  "  return { dx: dy.matmul(W.T), dW: x.T.matmul(dy), db: dy.sum(0) };\n",
  `  const n = z.shape[0] as number;
  const positive = maximum(z, 0);
  const loss = positive.sub(z.mul(t)).add(log(exp(z.abs().neg()).add(1))).mean().item();
  const p = exp(z.neg()).add(1).pow(-1);
  const dz = p.sub(t).div(n);
  return { loss, dz };
`,
  "  return params.map((p, i) => p.sub((grads[i] as NDArray).mul(lr)));\n",
);

export const ben = filled(
  "  const y = x.matmul(W);\n  return y.add(b);\n",
  `  const db = dy.sum(0);
  const dW = x.T.matmul(dy);
  const dx = dy.matmul(W.T);
  return { dx, dW, db };
`,
  `  const sigmoid = exp(z.neg()).add(1).pow(-1);
  const softplus = log(exp(z.abs().neg()).add(1)).add(maximum(z, 0));
  const losses = softplus.sub(t.mul(z));
  return { loss: losses.mean().item(), dz: sigmoid.sub(t).div(losses.size) };
`,
  `  const next: NDArray[] = [];
  for (let i = 0; i < params.length; i++) next.push((params[i] as NDArray).sub((grads[i] as NDArray).mul(lr)));
  return next;
`,
);

export const clara = filled(
  "  return x.matmul(W).add(b);\n",
  "  const dx = dy.matmul(W.T);\n  return { dx, dW: x.T.matmul(dy), db: dy.sum(0) };\n",
  `  const N = t.size;
  let loss = 0;
  const dz = zeros(z.shape);
  for (let i = 0; i < N; i++) {
    const [zi, ti] = [z.item(i, 0), t.item(i, 0)];
    loss += (Math.max(zi, 0) - zi * ti + Math.log1p(Math.exp(-Math.abs(zi)))) / N;
    dz.set((1 / (1 + Math.exp(-zi)) - ti) / N, i, 0);
  }
  return { loss, dz };
`,
  "  return params.map((p, i) => p.sub((grads[i] as NDArray).mul(lr)));\n",
);

/** Anna's file as a person would disguise it: names, comments, types, format, arrows, quotes and order differ. */
export const annaRenamed = `${edition.slice(0, edition.indexOf("/** Binary"))}
const update = (weights: readonly any[], slopes: any[], rate: number) => {
  return weights.map(function (w: any, index: number) { return w.sub(((slopes[index]!)).mul(rate)) });
};
/* my own idea of it */
export const bce = (logits, labels) => {
    let count: number = logits.shape[0]!;   // how many
    let above = maximum(logits, 0);
    let value = (above.sub(logits.mul(labels)).add(log(exp(logits.abs().neg()).add(1)))).mean().item();
    let chance = exp(logits.neg()).add(1).pow(-1); let slope = chance.sub(labels).div(count);
    return { loss: value, dz: slope };
}
export { update as step };
`;
