/** Right layers as text, written as a student writes them; each bug below is an edit of one of them. */

/** What all layers of `practice.ts` share. */
export const base: string = `abstract class Practice {
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
`;

/** y = x·W + b */
export const linear = `class NAME extends Practice {
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
    return dy.matmul(this.parameters.weight.T);
  }
}
`;

/** y = tanh(scale · x + shift) */
export const curve = `class NAME extends Practice {
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
    return d.mul(this.parameters.scale);
  }
}
`;

/** y = softmax(x), row by row */
export const softmax = `class NAME extends Practice {
  inputShape = [4, 3];
  parameters = {};
  y = np.zeros([4, 3]);

  forward(x: np.NDArray): np.NDArray {
    this.y = np.softmax(x, 1);
    return this.y;
  }
  backward(dy: np.NDArray): np.NDArray {
    return this.y.mul(dy.sub(dy.mul(this.y).sum(1, true)));
  }
}
`;

/** y = log softmax(x), row by row */
export const logSoftmax = `class NAME extends Practice {
  inputShape = [3, 4];
  parameters = {};
  y = np.zeros([3, 4]);

  forward(x: np.NDArray): np.NDArray {
    this.y = np.logSoftmax(x, 1);
    return this.y;
  }
  backward(dy: np.NDArray): np.NDArray {
    return dy.sub(np.exp(this.y).mul(dy.sum(1, true)));
  }
}
`;

/** y = 1e-6 · (x·W + b) */
export const tiny: string = linear
  .replace(
    "return x.matmul(this.parameters.weight).add(this.parameters.bias);",
    "return x.matmul(this.parameters.weight).add(this.parameters.bias).mul(1e-6);",
  )
  .replace("const weight =", "dy = dy.mul(1e-6);\n    const weight =");

/** y = relu(x·W + b), and one unit whose weights and bias are 0, so that it is at the kink for every x */
export const kink: string = linear
  .replace(
    "class NAME",
    "// Its unit 1 begins with zeros: the sum is 0, at the kink of relu, for every x.\nclass NAME",
  )
  .replace(
    "weight: rng.normal(0, 1, [3, 3]), bias: rng.normal(0, 1, [3])",
    "weight: rng.normal(0, 1, [3, 3]).mul(np.array([1, 0, 1])), bias: np.array([2, 0, 2])",
  )
  .replace(
    "return x.matmul(this.parameters.weight).add(this.parameters.bias);",
    "return np.maximum(x.matmul(this.parameters.weight).add(this.parameters.bias), 0);",
  )
  .replace(
    "const weight =",
    "const sums = this.x.matmul(this.parameters.weight).add(this.parameters.bias);\n" +
      "    dy = dy.mul(sums.greater(0));\n    const weight =",
  );

/** The curve, in memory that it uses again: one array for dx, and one forward for each backward. */
export const saving: string = curve
  .replace(
    "class NAME",
    "// It writes into the same arrays every time, and forgets what forward kept.\nclass NAME",
  )
  .replace(
    "y = np.zeros([5, 3]);\n\n",
    "y = np.zeros([5, 3]);\n  isReady = false;\n  dx = np.zeros([5, 3]);\n" +
      "  override gradients = { scale: np.zeros([3]), shift: np.zeros([3]) };\n\n",
  )
  .replace("this.x = x.copy();", "this.isReady = true;\n    this.x = x.copy();")
  .replace(
    "const d =",
    'if (!this.isReady) throw new Error("call forward first");\n    this.isReady = false;\n    const d =',
  )
  .replace(
    "this.gradients = { scale, shift };",
    "this.gradients.scale.copyFrom(scale);\n    this.gradients.shift.copyFrom(shift);",
  )
  .replace("return d.mul(this.parameters.scale);", "return this.dx.copyFrom(d.mul(this.parameters.scale));");
