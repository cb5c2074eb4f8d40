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
  // YOUR CODE HERE
  // for several rounds, each with other parameters, another x and another dy:
  //   dx and the gradients, by backward
  //   the same numbers, by differences of forward
  //   false if they do not agree
  // true if all rounds agree
  throw new Error("not written yet: gradientIsRight");
}

// YOUR CODE HERE

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
  // YOUR CODE HERE
  data: "",
  hidden: [],
  lr: 0,
  batchSize: 0,
  epochs: 0,
  seed: 0,
  images: 0,
  validationAccuracy: 0,
};

// ------------------------------------------------------------------------- Task 3: three short texts

/** Each has 25 to 150 words, between backticks: they may have several lines. The notebook has the questions. */
export const answers = {
  // YOUR CODE HERE
  size: "",
  stop: "",
  blind: "",
};
