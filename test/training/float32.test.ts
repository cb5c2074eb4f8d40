import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";
import { chalk } from "./both-sides.ts";

const f32 = Math.fround;

/** Adam as the formula says, each intermediate result and each constant rounded to float32. */
function adam(p: number, g: number, steps: number): number[] {
  const [lr, beta1, beta2, eps] = [0.1, 0.9, 0.999, f32(1e-8)];
  const path: number[] = [];
  let [value, m, v] = [p, 0, 0];
  for (let t = 1; t <= steps; t++) {
    m = f32(f32(m * f32(beta1)) + f32(g * f32(1 - beta1)));
    v = f32(f32(v * f32(beta2)) + f32(f32(g * g) * f32(1 - beta2)));
    const root = f32(f32(Math.sqrt(v)) / f32(Math.sqrt(1 - beta2 ** t)));
    value = f32(value + (-lr / (1 - beta1 ** t)) * f32(m / f32(root + eps)));
    path.push(value);
  }
  return path;
}

describe("float32 stays float32", () => {
  it("chalk's Adam rounds every intermediate result to float32, its moments too: the same bits for twenty steps", () => {
    const single = (values: number[]): NDArray => array(values, { dtype: "float32" });
    const [start, g] = [[0.3, -1.7, 2.9].map(f32), [0.7, 0.01, -3.3].map(f32)];
    const path = chalk.optimize("Adam", { lr: 0.1 }, [single(start)], 20, () => single(g));
    const wanted = start.map((p, i) => adam(p, g[i] as number, 20));
    expect(path).to.deep.equal(path.map((_, step) => wanted.map((values) => values[step])));
  });
  it("the lecture's classifier: output and gradients, on both sides", () => {
    const rng = random(3);
    const draw = (shape: number[]): NDArray => rng.normal(0, 1, shape, { dtype: "float32" });
    const [W1, W2, x] = [draw([4, 3]), draw([1, 5]), draw([2, 6])];
    const label = array([[0, 1, 1, 0, 1, 0]], { dtype: "float32" });
    const layer = new manual.NonlinearClassifier(W1, W2);
    expect(layer.forward(x).dtype).to.equal("float32");
    const [, , dW1, dW2] = layer.backward(label);
    expect([dW1.dtype, dW2.dtype]).to.deep.equal(["float32", "float32"]);
    const model = new autograd.NonlinearClassifier(autograd.tensor(W1), autograd.tensor(W2));
    expect(model.forward(autograd.tensor(x)).dtype).to.equal("float32");
  });
});
