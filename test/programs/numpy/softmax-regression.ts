/** Softmax regression on standardised features, in mini-batches, with a numerical gradient. */
// biome-ignore-all format: line by line as its Python twin
import assert from "node:assert/strict";
import * as np from "chalk-and-tape/np";

function softmax(scores: np.NDArray) {
  const e = np.exp(scores.sub(scores.max(1, true)));
  return e.div(e.sum(1, true));
}

function lossAndGradient(W: np.NDArray, X: np.NDArray, y: np.NDArray, reg: number) {
  const n = y.shape[0];
  const p = softmax(X.matmul(W));
  const loss = np.log(p.slice(np.arange(n), y)).neg().mean().add(W.pow(2).sum().mul(reg));
  const Y = np.eye(W.shape[1]).slice(y);
  const dW = X.T.matmul(p.sub(Y)).div(n).add(W.mul(2 * reg));
  return [loss, dW];
}

function numericalGradient(f: (W: np.NDArray) => np.NDArray, W: np.NDArray, h = 1e-5) {
  const grad = np.zerosLike(W);
  for (let i = 0; i < W.shape[0]; i++) {
    for (let j = 0; j < W.shape[1]; j++) {
      const old = W.item(i, j);
      W.set(old + h, i, j);
      const above = f(W);
      W.set(old - h, i, j);
      const below = f(W);
      W.set(old, i, j);
      grad.set(above.sub(below).div(2 * h), i, j);
    }
  }
  return grad;
}

export function run() {
  const [n, classes] = [60, 3];
  const y = np.mod(np.arange(n), classes);
  const t = np.arange(n);
  let X = np.stack([np.sin(t.mul(3)).add(y), np.cos(t.mul(5)).mul(5).sub(y.equal(1).mul(4)), t.div(10)], 1);
  X = X.sub(X.mean(0)).div(X.std(0));
  X = np.hstack([X, np.ones([n, 1])]);

  const W = np.zeros([X.shape[1], classes]);
  const losses = [];
  for (let epoch = 0; epoch < 20; epoch++) {
    for (let start = 0; start < n; start += 16) {
      const [loss, dW] = lossAndGradient(W, X.slice([start, start + 16]), y.slice([start, start + 16]), 1e-3);
      W.addInPlace(dW, -0.5);
      losses.push(loss);
    }
  }

  const [loss, dW] = lossAndGradient(W, X, y, 1e-3);
  const numerical = numericalGradient((W) => lossAndGradient(W, X, y, 1e-3)[0], W);
  assert(np.allclose(dW, numerical, 1e-5, 1e-8));
  const relativeError = np.max(np.abs(dW.sub(numerical)).div(np.maximum(1e-8, np.abs(dW).add(np.abs(numerical)))));
  assert(relativeError.item() < 1e-5);

  const predictions = np.argmax(X.matmul(W), 1);
  const confusion = np.zeros([classes, classes], { dtype: "int32" });
  for (let i = 0; i < n; i++) {
    const [actual, predicted] = [y.item(i), predictions.item(i)];
    confusion.set(confusion.item(actual, predicted) + 1, actual, predicted);
  }
  const accuracy = predictions.equal(y).mean();
  return { losses, loss, dW, W, confusion, accuracy };
}
