/** The lecture's classifier: two layers of sigmoids, features in rows, samples in columns. */
// biome-ignore-all format: line by line as its Python twin
import * as np from "chalk-and-tape/np";

function crossEntropy(y: np.NDArray, label: np.NDArray) {
  return label.mul(np.log(y)).add(np.subtract(1, label).mul(np.log(np.subtract(1, y)))).neg();
}

class NonlinearClassifier {
  W1: np.NDArray;
  W2: np.NDArray;
  x1 = np.zeros(0);
  x2 = np.zeros(0);
  y1 = np.zeros(0);
  y2 = np.zeros(0);
  z1 = np.zeros(0);
  z2 = np.zeros(0);

  // set initial weights
  constructor(W1Init: np.NDArray, W2Init: np.NDArray) {
    this.W1 = W1Init;
    this.W2 = W2Init;
  }

  // forward pass
  forward(x: np.NDArray) {
    // xk: input, zk: Wxk+b, yk = h(zk) (h is the activation function) at the kth layer
    this.x1 = x;
    [this.y1, this.z1] = this.forwardSingleLayer(this.W1, this.x1);
    this.x2 = this.y1;
    [this.y2, this.z2] = this.forwardSingleLayer(this.W2, this.x2);
    const y = this.y2;
    return y;
  }

  backward(label: np.NDArray) {
    const y = this.y2;
    // calculate loss and accuracy
    const loss = crossEntropy(y, label);
    const lossAvg = np.mean(loss);
    const predictionThreshold = y.greater(0.5);
    const accuracy = np.mean(predictionThreshold.equal(label));
    // back-propagate
    const dLdy = y.sub(label).div(y.mul(np.subtract(1, y)));
    const [dLdy1, dLdW2] = this.backwardSingleLayer(this.W2, this.x2, this.y2, dLdy);
    const [, dLdW1] = this.backwardSingleLayer(this.W1, this.x1, this.y1, dLdy1);
    return [lossAvg, accuracy, dLdW1, dLdW2];
  }

  forwardSingleLayer(W: np.NDArray, x: np.NDArray) {
    const xPad = np.concatenate([x, np.ones([1, x.shape[1]])], 0); // xPad = [x; 1]
    const z = np.matmul(W, xPad); // z = [W b] × xPad
    const y = np.divide(1, np.exp(z.neg()).add(1)); // y = sigmoid(z)
    return [y, z];
  }

  backwardSingleLayer(W: np.NDArray, x: np.NDArray, y: np.NDArray, dLdy: np.NDArray) {
    const nData = x.shape[1];
    const dLdz = dLdy.mul(y).mul(np.subtract(1, y)); // backprop sigmoid
    const xPad = np.concatenate([x, np.ones([1, x.shape[1]])], 0); // add ones (for bias term)
    const dzdW = xPad.T;
    const dzdx = W.slice(null, [null, -1]).T; // exclude bias part, then transpose
    const dLdW = np.matmul(dLdz, dzdW).div(nData); // divide by the number of data points (average)
    const dLdx = np.matmul(dzdx, dLdz);
    return [dLdx, dLdW];
  }

  // update parameters
  update(dW1: np.NDArray, dW2: np.NDArray) {
    this.W1 = this.W1.add(dW1);
    this.W2 = this.W2.add(dW2);
  }
}

export function run() {
  // points inside a circle are 1, points outside are 0
  const n = 40;
  const angle = np.arange(n).mul(2.4);
  const radius = np.linspace(0.1, 2, n);
  const x = np.array([radius.mul(np.cos(angle)), radius.mul(np.sin(angle))]);
  const label = np.less(np.sum(x.pow(2), 0, true), 1);
  const model = new NonlinearClassifier(np.sin(np.arange(15)).reshape(5, 3), np.cos(np.arange(6)).reshape(1, 6));
  const losses = [];
  const accuracies = [];
  for (let step = 0; step < 200; step++) {
    model.forward(x);
    const [loss, accuracy, dW1, dW2] = model.backward(label);
    model.update(dW1.mul(-2), dW2.mul(-2));
    losses.push(loss);
    accuracies.push(accuracy);
  }
  return { losses, accuracies, y: model.forward(x), W1: model.W1, W2: model.W2 };
}
