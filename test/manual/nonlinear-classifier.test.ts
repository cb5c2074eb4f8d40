import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { NonlinearClassifier } from "chalk-and-tape/manual";
import { array, log, type NDArray, random } from "chalk-and-tape/np";

type Matrix = number[][];
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** The slide's class with plain loops: columns are samples, the bias is W's last column, dW is averaged, dx is not. */
class Slide {
  W1: Matrix;
  W2: Matrix;
  #x1: Matrix = [];
  #x2: Matrix = [];
  #y: Matrix = [];

  constructor(W1: Matrix, W2: Matrix) {
    this.W1 = structuredClone(W1);
    this.W2 = structuredClone(W2);
  }
  #layer(W: Matrix, x: Matrix): Matrix {
    return W.map((row) =>
      (x[0] as number[]).map((_, n) => {
        let z = row[row.length - 1] as number;
        for (let d = 0; d < x.length; d++) z += (row[d] as number) * (x[d]?.[n] as number);
        return sigmoid(z);
      }),
    );
  }
  #back(W: Matrix, x: Matrix, y: Matrix, dLdy: Matrix): [dLdx: Matrix, dLdW: Matrix] {
    const samples = (x[0] as number[]).length;
    const dLdz = y.map((row, h) => row.map((value, n) => (dLdy[h]?.[n] as number) * value * (1 - value)));
    const dLdW = W.map((row, h) =>
      row.map((_, d) => {
        let sum = 0;
        for (let n = 0; n < samples; n++)
          sum += (dLdz[h]?.[n] as number) * (d < x.length ? (x[d]?.[n] as number) : 1);
        return sum / samples;
      }),
    );
    const dLdx = x.map((row, d) =>
      row.map((_, n) => {
        let sum = 0;
        for (let h = 0; h < W.length; h++) sum += (W[h]?.[d] as number) * (dLdz[h]?.[n] as number);
        return sum;
      }),
    );
    return [dLdx, dLdW];
  }
  forward(x: Matrix): Matrix {
    this.#x1 = x;
    this.#x2 = this.#layer(this.W1, x);
    this.#y = this.#layer(this.W2, this.#x2);
    return this.#y;
  }
  backward(label: Matrix): [loss: number, accuracy: number, dW1: Matrix, dW2: Matrix] {
    const [y, t] = [this.#y[0] as number[], label[0] as number[]];
    let [loss, right] = [0, 0];
    for (const [n, p] of y.entries()) {
      loss -= (t[n] as number) * Math.log(p) + (1 - (t[n] as number)) * Math.log(1 - p);
      if (p > 0.5 === (t[n] === 1)) right += 1;
    }
    const dLdy = [y.map((p, n) => -(t[n] as number) / p + (1 - (t[n] as number)) / (1 - p))];
    const [dLdx2, dW2] = this.#back(this.W2, this.#x2, this.#y, dLdy);
    const [, dW1] = this.#back(this.W1, this.#x1, this.#x2, dLdx2);
    return [loss / y.length, right / y.length, dW1, dW2];
  }
  update(dW1: Matrix, dW2: Matrix): void {
    const add = (W: Matrix, d: Matrix): Matrix =>
      W.map((row, i) => row.map((w, j) => w + (d[i]?.[j] as number)));
    this.W1 = add(this.W1, dW1);
    this.W2 = add(this.W2, dW2);
  }
}

const rng = random(41);
const [W1, W2, x] = [rng.normal(0, 1, [5, 3]), rng.normal(0, 1, [1, 6]), rng.normal(0, 1, [2, 7])];
const label: NDArray = array([[1, 0, 1, 1, 0, 0, 1]]);
const matrix = (a: NDArray): Matrix => a.toArray() as Matrix;
const scaled = (m: Matrix, by: number): Matrix => m.map((row) => row.map((v) => v * by));

function close(actual: NDArray, wanted: Matrix, about: string): void {
  expect(actual.shape, about).to.deep.equal([wanted.length, wanted[0]?.length]);
  for (const [i, value] of wanted.flat().entries())
    expect(actual.flat()[i], `${about}[${i}]`).to.be.closeTo(value, 1e-12);
}

describe("manual, NonlinearClassifier: the lecture's class", () => {
  it("forward, backward and update follow the slide for fifty steps", () => {
    const [ours, slide] = [new NonlinearClassifier(W1.copy(), W2.copy()), new Slide(matrix(W1), matrix(W2))];
    for (let step = 0; step < 50; step++) {
      close(ours.forward(x), slide.forward(matrix(x)), `y at ${step}`);
      const [loss, accuracy, dW1, dW2] = ours.backward(label);
      const [wantedLoss, wantedAccuracy, wanted1, wanted2] = slide.backward(matrix(label));
      expect(loss).to.be.closeTo(wantedLoss, 1e-12);
      expect(accuracy).to.equal(wantedAccuracy);
      close(dW1, wanted1, `dW1 at ${step}`);
      close(dW2, wanted2, `dW2 at ${step}`);
      expect([ours.dW1, ours.dW2]).to.deep.equal([dW1, dW2]);
      ours.update(dW1.mul(-0.5), dW2.mul(-0.5));
      slide.update(scaled(wanted1, -0.5), scaled(wanted2, -0.5));
      close(ours.W1, slide.W1, `W1 at ${step}`);
      close(ours.W2, slide.W2, `W2 at ${step}`);
    }
  });
  it("dW is the average over samples: every sample twice changes nothing", () => {
    const twice = (a: NDArray): NDArray => array(matrix(a).map((row) => [...row, ...row]));
    const run = (input: NDArray, target: NDArray) => {
      const net = new NonlinearClassifier(W1, W2);
      net.forward(input);
      return net.backward(target);
    };
    const [[loss, , dW1, dW2], [loss2, , dW1b, dW2b]] = [run(x, label), run(twice(x), twice(label))];
    expect(loss2).to.be.closeTo(loss, 1e-14);
    close(dW1b, matrix(dW1), "dW1");
    close(dW2b, matrix(dW2), "dW2");
  });
  it("an output of NaN is right for neither label", () => {
    const net = new NonlinearClassifier(W1, W2);
    net.forward(x.mul(Number.NaN));
    for (const target of [0, 1]) expect(net.backward(label.mul(0).add(target))[1]).to.equal(0);
  });
  it("dx stays a sum: one layer's dLdx is W^T dLdz, without the bias column", () => {
    const net = new NonlinearClassifier(W1, W2);
    const [y] = net.forwardSingleLayer(W1, x);
    const [dx] = net.backwardSingleLayer(W1, x, y, array(matrix(y).map((row) => row.map(() => 1))));
    const wanted = matrix(x).map((row, d) =>
      row.map((_, n) =>
        matrix(W1).reduce(
          (sum, w, h) =>
            sum + (w[d] as number) * (matrix(y)[h]?.[n] as number) * (1 - (matrix(y)[h]?.[n] as number)),
          0,
        ),
      ),
    );
    close(dx, wanted, "dx");
  });
  it("the tape finds the same gradients from the forward alone", () => {
    const chalk = new NonlinearClassifier(W1, W2);
    chalk.forward(x);
    const [loss, , dW1, dW2] = chalk.backward(label);
    const leaf = (a: NDArray) => autograd.tensor(a, { requiresGrad: true });
    const tape = new autograd.NonlinearClassifier(leaf(W1), leaf(W2));
    const y = tape.forward(autograd.tensor(x));
    const value = log(y)
      .mul(label)
      .add(log(y.neg().add(1)).mul(label.neg().add(1)))
      .neg()
      .mean();
    value.backward();
    expect(value.item()).to.be.closeTo(loss, 1e-13);
    close(tape.W1.grad?.data as NDArray, matrix(dW1), "dW1");
    close(tape.W2.grad?.data as NDArray, matrix(dW2), "dW2");
  });
});
