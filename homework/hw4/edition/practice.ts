/** Ten layers to try your test on: eight are wrong, two are right. Change nothing here. */
import * as np from "chalk-and-tape/np";

const rng = np.random(625);

abstract class Practice {
  abstract inputShape: number[];
  abstract parameters: Record<string, np.NDArray>;
  gradients: Record<string, np.NDArray> = {};

  abstract forward(x: np.NDArray): np.NDArray;
  abstract backward(dy: np.NDArray): np.NDArray;

  perturb(name: string, change: np.NDArray): void {
    const value = this.parameters[name];
    if (!value) throw new RangeError("there is no parameter " + name);
    this.parameters[name] = value.add(change);
  }
}

/** Wrong: dx has a wrong factor. */
export class Layer1 extends Practice {
  inputShape = [5, 3];
  parameters = { scale: rng.uniform(0.5, 1.5, [3]), shift: rng.normal(0, 1, [3]) };
  x = np.zeros([5, 3]);
  y = np.zeros([5, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.x = x.copy();
    this.y = np.tanh(x.mul(this.parameters.scale).add(this.parameters.shift));
    return this.y;
  }
  backward(dy: np.NDArray): np.NDArray {
    const d = dy.mul(this.y.mul(this.y).neg().add(1)); // the slope of tanh is 1 - y²
    const scale = d.mul(this.x).sum(0);
    const shift = d.sum(0);
    this.gradients = { scale, shift };
    return d.mul(this.parameters.scale).div(2);
  }
}

/** Wrong: a bias gradient is a mean over the batch. */
export class Layer2 extends Practice {
  inputShape = [4, 3];
  parameters = { weight: rng.normal(0, 1, [3, 3]), bias: rng.normal(0, 1, [3]) };
  x = np.zeros([4, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.x = x.copy();
    return x.matmul(this.parameters.weight).add(this.parameters.bias);
  }
  backward(dy: np.NDArray): np.NDArray {
    const weight = this.x.T.matmul(dy);
    const bias = dy.mean(0);
    this.gradients = { weight, bias };
    return dy.matmul(this.parameters.weight.T);
  }
}

/** Wrong: dx ignores dy. */
export class Layer3 extends Practice {
  inputShape = [4, 3];
  parameters = { weight: rng.normal(0, 1, [3, 3]), bias: rng.normal(0, 1, [3]) };
  x = np.zeros([4, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.x = x.copy();
    return x.matmul(this.parameters.weight).add(this.parameters.bias);
  }
  backward(dy: np.NDArray): np.NDArray {
    const weight = this.x.T.matmul(dy);
    const bias = dy.sum(0);
    this.gradients = { weight, bias };
    return np.onesLike(dy).matmul(this.parameters.weight.T);
  }
}

/** Wrong: dx is 0 everywhere. */
export class Layer4 extends Practice {
  inputShape = [4, 3];
  parameters = {};
  y = np.zeros([4, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.y = np.softmax(x, 1);
    return this.y;
  }
  backward(dy: np.NDArray): np.NDArray {
    return np.zerosLike(dy);
  }
}

/** Wrong: the last row of a parameter's gradient is missing. */
export class Layer5 extends Practice {
  inputShape = [4, 3];
  parameters = { weight: rng.normal(0, 1, [3, 3]), bias: rng.normal(0, 1, [3]) };
  x = np.zeros([4, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.x = x.copy();
    return x.matmul(this.parameters.weight).add(this.parameters.bias);
  }
  backward(dy: np.NDArray): np.NDArray {
    const weight = this.x.T.matmul(dy);
    weight.set(0, -1);
    const bias = dy.sum(0);
    this.gradients = { weight, bias };
    return dy.matmul(this.parameters.weight.T);
  }
}

/** Wrong: the gradients of parameters add up from call to call. */
export class Layer6 extends Practice {
  inputShape = [5, 3];
  parameters = { scale: rng.uniform(0.5, 1.5, [3]), shift: rng.normal(0, 1, [3]) };
  x = np.zeros([5, 3]);
  y = np.zeros([5, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.x = x.copy();
    this.y = np.tanh(x.mul(this.parameters.scale).add(this.parameters.shift));
    return this.y;
  }
  backward(dy: np.NDArray): np.NDArray {
    const d = dy.mul(this.y.mul(this.y).neg().add(1)); // the slope of tanh is 1 - y²
    const scale = d.mul(this.x).sum(0);
    const shift = d.sum(0);
    const { scale: s, shift: t } = this.gradients;
    this.gradients = { scale: s ? s.add(scale) : scale, shift: t ? t.add(shift) : shift };
    return d.mul(this.parameters.scale);
  }
}

/** Wrong: backward remembers the first forward. */
export class Layer7 extends Practice {
  inputShape = [3, 4];
  parameters = {};
  y = np.zeros([3, 4]);
  first: np.NDArray | null = null;

  forward(x: np.NDArray): np.NDArray {
    this.y = np.logSoftmax(x, 1);
    return this.y;
  }
  backward(dy: np.NDArray): np.NDArray {
    this.first ??= this.y;
    return dy.sub(np.exp(this.first).mul(dy.sum(1, true)));
  }
}

/** Wrong: all gradients are tiny, and twice the right ones. */
export class Layer8 extends Practice {
  inputShape = [4, 3];
  parameters = { weight: rng.normal(0, 1, [3, 3]), bias: rng.normal(0, 1, [3]) };
  x = np.zeros([4, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.x = x.copy();
    return x.matmul(this.parameters.weight).add(this.parameters.bias).mul(2e-6);
  }
  backward(dy: np.NDArray): np.NDArray {
    dy = dy.mul(4e-6);
    const weight = this.x.T.matmul(dy);
    const bias = dy.sum(0);
    this.gradients = { weight, bias };
    return dy.matmul(this.parameters.weight.T);
  }
}

/** Right: unusual, it uses its memory again. */
// It writes into the same arrays every time, and forgets what forward kept.
export class Layer9 extends Practice {
  inputShape = [5, 3];
  parameters = { scale: rng.uniform(0.5, 1.5, [3]), shift: rng.normal(0, 1, [3]) };
  x = np.zeros([5, 3]);
  y = np.zeros([5, 3]);
  isReady = false;
  dx = np.zeros([5, 3]);
  override gradients = { scale: np.zeros([3]), shift: np.zeros([3]) };

  forward(x: np.NDArray): np.NDArray {
    this.isReady = true;
    this.x = x.copy();
    this.y = np.tanh(x.mul(this.parameters.scale).add(this.parameters.shift));
    return this.y;
  }
  backward(dy: np.NDArray): np.NDArray {
    if (!this.isReady) throw new Error("call forward first");
    this.isReady = false;
    const d = dy.mul(this.y.mul(this.y).neg().add(1)); // the slope of tanh is 1 - y²
    const scale = d.mul(this.x).sum(0);
    const shift = d.sum(0);
    this.gradients.scale.copyFrom(scale);
    this.gradients.shift.copyFrom(shift);
    return this.dx.copyFrom(d.mul(this.parameters.scale));
  }
}

/** Right: unusual, it is at a kink. */
// Its unit 1 begins with zeros: the sum is 0, at the kink of relu, for every x.
export class Layer10 extends Practice {
  inputShape = [4, 3];
  parameters = { weight: rng.normal(0, 1, [3, 3]).mul(np.array([1, 0, 1])), bias: np.array([2, 0, 2]) };
  x = np.zeros([4, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.x = x.copy();
    return np.maximum(x.matmul(this.parameters.weight).add(this.parameters.bias), 0);
  }
  backward(dy: np.NDArray): np.NDArray {
    const sums = this.x.matmul(this.parameters.weight).add(this.parameters.bias);
    dy = dy.mul(sums.greater(0));
    const weight = this.x.T.matmul(dy);
    const bias = dy.sum(0);
    this.gradients = { weight, bias };
    return dy.matmul(this.parameters.weight.T);
  }
}

/** All of them; `make` gives a new one. */
export const practice = [
  { title: "dx has a wrong factor", isRight: false, make: () => new Layer1() },
  { title: "a bias gradient is a mean over the batch", isRight: false, make: () => new Layer2() },
  { title: "dx ignores dy", isRight: false, make: () => new Layer3() },
  { title: "dx is 0 everywhere", isRight: false, make: () => new Layer4() },
  { title: "the last row of a parameter's gradient is missing", isRight: false, make: () => new Layer5() },
  { title: "the gradients of parameters add up from call to call", isRight: false, make: () => new Layer6() },
  { title: "backward remembers the first forward", isRight: false, make: () => new Layer7() },
  { title: "all gradients are tiny, and twice the right ones", isRight: false, make: () => new Layer8() },
  { title: "unusual, it uses its memory again", isRight: true, make: () => new Layer9() },
  { title: "unusual, it is at a kink", isRight: true, make: () => new Layer10() },
];
