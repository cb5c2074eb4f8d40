/**
 * hw4: a test for gradients, and a network of your choice.
 *
 * Write your code where a function says that it is not written yet. Keep the names and the arguments.
 * The file may import from `chalk-and-tape/np` only.
 */
import * as np from "chalk-and-tape/np";

// ------------------------------------------------------------- Task 1: a gradient test that finds bugs

/** A layer that your test is given. Its forward is always right; its backward may be wrong. */
export interface LayerUnderTest {
  /** The shape of the x that `forward` takes, the batch first. */
  readonly inputShape: readonly number[];
  /** The parameters by name, as they are now. Read them; `perturb` changes them. */
  readonly parameters: Readonly<Record<string, np.NDArray>>;
  /** The gradients of the last backward, by the parameter's name. The next backward may overwrite these arrays. */
  readonly gradients: Readonly<Record<string, np.NDArray>>;
  /** Adds a change of the same shape to a parameter: parameters[name] += change. It counts from the next forward on. */
  perturb(name: string, change: np.NDArray): void;
  /** y for an x with `inputShape`. */
  forward(x: np.NDArray): np.NDArray;
  /**
   * Sets `gradients`, and returns dx. Both belong to the last forward, and the next backward may
   * overwrite dx. Call forward before each backward: a layer may forget what it remembered.
   */
  backward(dy: np.NDArray): np.NDArray;
}

/**
 * Whether dx and all gradients of the layer are right, at every call.
 * It is graded with 20 pairs, a bug and its right twin, and 5 unusual right layers: 1 point for each pair
 * that is judged rightly, up to 15, and minus 1 for each right layer that it calls wrong.
 */
export function gradientIsRight(layer: LayerUnderTest): boolean {
  // BEGIN SOLUTION
  // PROMPT: // for several rounds, each with other parameters, another x and another dy:
  // PROMPT: //   dx and the gradients, by backward
  // PROMPT: //   the same numbers, by differences of forward
  // PROMPT: //   false if they do not agree
  // PROMPT: // true if all rounds agree
  const rng = np.random(20);
  for (let round = 0; round < 3; round++) {
    for (const [name, value] of Object.entries(layer.parameters))
      layer.perturb(name, rng.normal(0, 0.3, [...value.shape])); // what was remembered before fits no more
    const x = rng.normal(0, 1, [...layer.inputShape]);
    const dy = rng.normal(0, 1, [...layer.forward(x).shape]);
    layer.forward(x);
    const dx = layer.backward(dy).copy(); // a copy: the layer may use its arrays again
    const found = Object.entries(layer.gradients).map(([name, g]) => [name, g.copy()] as const);
    const loss = (): number => layer.forward(x).mul(dy).sum().item(); // its gradients are dx and the others
    if (!agree(dx, (change) => layer.forward(x.add(change)).mul(dy).sum().item())) return false;
    if (found.length !== Object.keys(layer.parameters).length) return false;
    for (const [name, gradient] of found) {
      const moved = (change: np.NDArray): number => {
        layer.perturb(name, change);
        const value = loss();
        layer.perturb(name, change.neg());
        return value;
      };
      if (!agree(gradient, moved)) return false;
    }
  }
  return true;
  // END SOLUTION
}

// BEGIN SOLUTION
const step = 1e-3; // wide, so that the roundings of a layer in float32 do not matter
const tolerance = 0.012; // relative to the largest slope: some slopes are 1e-6, and some are all 0
const roundings = 1e-10;

/** Compares a gradient with differences of the loss, element by element; at a kink there is nothing to compare. */
function agree(gradient: np.NDArray, loss: (change: np.NDArray) => number): boolean {
  const here = loss(np.zerosLike(gradient));
  const slopes = [...gradient.flat()].map((_, i) => {
    const change = np.zeros([gradient.size]);
    change.set(step, i);
    const after = loss(change.reshape(gradient.shape));
    const before = loss(change.neg().reshape(gradient.shape));
    return { right: (after - here) / step, left: (here - before) / step };
  });
  const largest = Math.max(...slopes.map(({ left, right }) => Math.abs(left + right) / 2));
  const allowed = tolerance * largest + roundings;
  return slopes.every(({ left, right }, i) => {
    if (Math.abs(right - left) > 2 * allowed) return true; // a kink between x − h and x + h
    return Math.abs((left + right) / 2 - (gradient.flat()[i] as number)) <= allowed;
  });
}
// END SOLUTION

// --------------------------------------------------------------- Task 2: the design flow, and a choice

/** A network 3072 → hidden → 10 with ReLU, trained by SGD with momentum 0.9 on cross entropy. */
export interface Choice {
  /** "cifar10"; or "shapes", if you cannot download CIFAR-10. */
  readonly data: string;
  /** Units of each hidden layer: one to three layers of 1 … 512 units. */
  readonly hidden: readonly number[];
  readonly lr: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** The seed of the weights and of the order of the images. */
  readonly seed: number;
  /** At most 5000. */
  readonly images: number;
  /** What you measured on the 500 validation images: 0.4 for 40 %. */
  readonly validationAccuracy: number;
}

/** What you hand in. The grader trains it again. */
export const choice: Choice = {
  // BEGIN SOLUTION
  data: "shapes",
  hidden: [16],
  lr: 0.03,
  batchSize: 50,
  epochs: 5,
  seed: 1,
  images: 1000,
  validationAccuracy: 0.374,
  // END SOLUTION
};

// ------------------------------------------------------------------------- Task 3: three short texts

/** Each has 25 to 150 words, between backticks: they may have several lines. The notebook has the questions. */
export const answers = {
  // BEGIN SOLUTION
  size: `I tried one hidden layer of 2, 16 and 64 units, the smallest first. The accuracy on the 1000 training
images was 0.256, 0.516 and 0.580, and on the validation images 0.210, 0.374 and 0.392. The step from 2 to 16
is large. 16 and 64 differ by less than their noise, so I took the smaller network.`,
  stop: `I watched the validation accuracy after the last epoch. With 5 epochs it is 0.374, with 8 it is 0.406, and
the training accuracy rises from 0.516 to 0.597, so the gap grows. With 500 images an accuracy of 0.374 is uncertain
by about √(0.374 · 0.626 / 500) = 0.022, two points, so I stopped at 5 epochs. The test images may do a little worse: I chose among several networks
by the validation images, and the one that is best there is so partly by chance.`,
  blind: `Somebody writes relu behind the last layer too, so that no logit is below 0. Its backward is right for
that forward, and a gradient test compares only these two: the gradients are those of a wrong model. Memorising 50
images shows it: the loss stays high, and some classes are never predicted.`,
  // END SOLUTION
};
