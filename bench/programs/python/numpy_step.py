"""One training step of a multilayer perceptron in NumPy, its gradients by hand; updates in place, no gradient of the images."""

import numpy as np
from problem import read_problem
from steps import settings, tell, time_steps

spec = settings()
named, x, y = read_problem(spec["folder"])
depth = len(named) // 2
weights = [named[f"layer{i}.weight"] for i in range(1, depth + 1)]
biases = [named[f"layer{i}.bias"] for i in range(1, depth + 1)]
rate = np.float32(0.1)
batch = spec["batch"]
batches = len(x) // batch
rows = np.arange(batch)


def step(k):
    start = k % batches * batch
    labels = y[start : start + batch]
    inputs = [x[start : start + batch]]
    for i in range(depth - 1):
        z = inputs[i] @ weights[i].T
        z += biases[i]
        inputs.append(np.maximum(z, 0, out=z))
    logits = inputs[-1] @ weights[-1].T
    logits += biases[-1]
    logits -= logits.max(1, keepdims=True)
    p = np.exp(logits)
    total = p.sum(1, keepdims=True)
    loss = (np.log(total[:, 0]) - logits[rows, labels]).mean()
    p /= total
    p[rows, labels] -= 1
    p /= np.float32(batch)
    dy = p
    for i in reversed(range(depth)):
        dweight, dbias = dy.T @ inputs[i], dy.sum(0)
        if i > 0:
            dy = dy @ weights[i]
            dy *= inputs[i] > 0
        dweight *= rate
        weights[i] -= dweight
        biases[i] -= rate * dbias
    return loss


tell(time_steps(step, spec))
