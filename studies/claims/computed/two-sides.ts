import * as autograd from "../../../autograd/index.ts";
import { numericalGradient } from "../../../gradcheck/index.ts";
import * as manual from "../../../manual/index.ts";
import { abs, array, type NDArray, random } from "../../../np/index.ts";
import type { Computed } from "../definition.ts";

/** Rounding may differ from engine to engine; what is below this is equal. */
const rounding = 1e-12;

export function bothSides(): Computed {
  const chalk = new manual.MlpClassifier({ rng: random(0) });
  const tape = new autograd.MlpClassifier({ rng: random(0) });
  const x = random(1).normal(0, 1, [10, 2]);
  const y = chalk.forward(x);
  chalk.backward(y);
  tape.forward(autograd.tensor(x)).pow(2).mul(0.5).sum().backward();
  const pairs = chalk
    .parameters()
    .map(({ gradient }, i): [NDArray | null, NDArray | null] => [
      gradient,
      tape.parameters()[i]?.grad?.data ?? null,
    ]);
  const gradients = pairs.reduce((sum, [a]) => sum + (a?.size ?? 0), 0);
  const difference = Math.max(...pairs.map(([a, b]) => (a && b ? abs(a.sub(b)).max().item() : Infinity)));
  const isEqual = difference < rounding;
  return {
    numbers: { gradients },
    verdict: isEqual ? "holds" : "not seen here",
    sentence: `From the forward pass alone the tape finds all ${gradients} gradients of the hand-written backward pass; they differ by ${isEqual ? "rounding only" : difference}.`,
  };
}

export function twoListings(): Computed {
  const left = new manual.MlpClassifier({ rng: random(0) });
  const hidden = 10;
  const rng = random(0);
  const right = new manual.NonlinearClassifier(
    rng.normal(0, 1, [hidden, 3]),
    rng.normal(0, 1, [1, hidden + 1]),
  );
  const x = rng.normal(0, 3, [10, 2]);
  const isProbability = (y: NDArray): boolean => [...y.flat()].every((p) => p > 0 && p < 1);
  const numbers = {
    "parameters, PyTorch": left.parameters().reduce((sum, { value }) => sum + value.size, 0),
    "parameters, NumPy with 10 hidden units": right.W1.size + right.W2.size,
  };
  const [logits, probabilities] = [left.forward(x), right.forward(x.T)];
  const isSame = numbers["parameters, PyTorch"] === numbers["parameters, NumPy with 10 hidden units"];
  const outputs = [logits, probabilities].map((y) => (isProbability(y) ? "probabilities" : "logits"));
  return {
    numbers,
    verdict: isSame && outputs[0] === outputs[1] ? "holds" : "holds within limits",
    sentence: `Both classify points, but they are different networks: ${numbers["parameters, PyTorch"]} parameters against ${numbers["parameters, NumPy with 10 hidden units"]}, ${outputs[0]} against ${outputs[1]}, samples in rows against columns.`,
  };
}

/** A loss that no library has: Σ |x|³ / 3. */
export function ownLoss(): Computed {
  const x = array([-2, -0.5, 0.25, 1, 3]);
  const f = (t: autograd.Tensor): autograd.Tensor => t.abs().pow(3).sum().div(3);
  const byTape = autograd.grad(f)(x).data;
  const numerical = numericalGradient(() => f(autograd.tensor(x)).item(), x);
  const difference = abs(byTape.sub(array(numerical.estimates.map(({ value }) => value))))
    .max()
    .item();
  const agree = difference < 1e-6;
  return {
    numbers: { gradients: byTape.size },
    verdict: agree ? "holds" : "not seen here",
    sentence: `A loss of our own, Σ |x|³ / 3, gets its ${byTape.size} gradients from the tape; finite differences ${agree ? "agree" : `differ by ${difference}`}.`,
  };
}
