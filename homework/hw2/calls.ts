import { array, type NDArray, random, stack } from "../../np/index.ts";
import type { Calls, Submission } from "../protocol/calls.ts";
import { exported } from "../protocol/exported.ts";
import type { Arrays } from "../protocol/frame.ts";

/** What a student's file holds, as the assignment describes it. */
interface Parameter {
  value: NDArray;
  gradient: NDArray | null;
}
interface Layer {
  weight: Parameter;
  bias: Parameter;
  forward(x: NDArray): NDArray;
  backward(dy: NDArray): NDArray;
}
interface Loss {
  forward(logits: NDArray, target: NDArray): number;
  backward(): NDArray;
}
interface Model {
  forward(x: NDArray): NDArray;
  backward(dy: NDArray): NDArray;
  parameters(): Parameter[];
}
interface Optimizer {
  lr: number;
  step(): void;
}
type Call = (...args: readonly unknown[]) => Arrays;
type Epoch = (...args: readonly unknown[]) => number;
type Construct<T> = new (...args: readonly unknown[]) => T;

/** How the grader's questions become calls of a student's file. */
export const calls: Calls = {
  softmax: (submission, { z }) => ({ p: called(submission, "softmax", z), z: z as NDArray }),
  logSoftmax: (submission, { z }) => ({ logP: called(submission, "logSoftmax", z), z: z as NDArray }),

  steps: (submission, { logits, target }) => {
    const steps = exported<Call>(submission, "crossEntropySteps")(logits, whole(target));
    return { ...steps };
  },
  stepsBackward: (submission, { target, loss, ...steps }) => {
    const given = { ...steps, loss: loss?.item() };
    return { ...exported<Call>(submission, "crossEntropyStepsBackward")(given, whole(target)) };
  },

  /** Forward and backward for each pair logits0, target0, logits1 …, with one object. */
  loss: (submission, inputs) => {
    const loss = new (exported<Construct<Loss>>(submission, "CrossEntropyLoss"))();
    const answers: Record<string, NDArray> = {};
    for (let i = 0; inputs[`logits${i}`]; i++) {
      const logits = inputs[`logits${i}`] as NDArray;
      answers[`loss${i}`] = number("forward", loss.forward(logits, whole(inputs[`target${i}`])));
      answers[`dLogits${i}`] = loss.backward();
      answers[`logits${i}`] = logits;
    }
    return answers;
  },

  /** Forward and backward for each pair x0, dy0, x1 …, with one object; the gradients of the last one. */
  linear: (submission, inputs) => {
    const [M, D] = (inputs.weight as NDArray).shape;
    const layer = new (exported<Construct<Layer>>(submission, "Linear"))(D, M, random(0));
    layer.weight.value = inputs.weight as NDArray;
    layer.bias.value = inputs.bias as NDArray;
    const answers = passes(layer, inputs);
    const { weight, bias } = layer;
    return { ...answers, ...gradients([weight, bias]), weight: weight.value, bias: bias.value };
  },
  linearForward: (submission, { weight, bias, x }) => {
    const [M, D] = (weight as NDArray).shape;
    const layer = new (exported<Construct<Layer>>(submission, "Linear"))(D, M, random(0));
    layer.weight.value = weight as NDArray;
    layer.bias.value = bias as NDArray;
    return { y: layer.forward(x as NDArray) };
  },
  relu: (submission, inputs) => passes(new (exported<Construct<Layer>>(submission, "ReLU"))(), inputs),

  /** The parameters of a network of the default sizes; then its logits, with the values p0 … p5. */
  fresh: (submission, { x, seed, ...given }) => {
    const model = new (exported<Construct<Model>>(submission, "Mlp"))(random(seed?.item() ?? 0));
    const parameters = model.parameters();
    const before = values(parameters);
    for (const [i, parameter] of parameters.entries()) parameter.value = given[`p${i}`] ?? parameter.value;
    return { ...before, logits: model.forward(x as NDArray) };
  },
  mlp: (submission, inputs) => {
    const model = modelOf(submission, inputs);
    return { ...passes(model, inputs), ...gradients(model.parameters()) };
  },

  /** Steps of one optimizer for the parameters p0, p1 …, whose gradients are the rows of g0, g1 …. */
  sgd: (submission, inputs) => sgd(submission, inputs),

  /** The loss of each epoch, and the parameters after the last one. */
  train: (submission, { x, y, batchSize, lr, momentum, epochs, ...sizesAndValues }) => {
    const model = modelOf(submission, sizesAndValues);
    const loss = new (exported<Construct<Loss>>(submission, "CrossEntropyLoss"))();
    const optimizer = optimizerOf(submission, model.parameters(), {
      lr: lr as NDArray,
      momentum: momentum as NDArray,
    });
    const trainEpoch = exported<Epoch>(submission, "trainEpoch");
    const losses: NDArray[] = [];
    for (let epoch = 0; epoch < (epochs?.item() ?? 1); epoch++)
      losses.push(number("trainEpoch", trainEpoch(model, loss, optimizer, x, whole(y), batchSize?.item())));
    return { losses: stack(losses), ...values(model.parameters()), x: x as NDArray };
  },
};

function called(submission: Submission, name: string, x: NDArray | undefined): NDArray {
  return exported<(x: unknown) => NDArray>(submission, name)(x);
}

/** Class indices: numbers travel as float64. */
function whole(target: NDArray | undefined): NDArray {
  return (target as NDArray).astype("int32");
}

function number(name: string, value: unknown): NDArray {
  if (typeof value !== "number") throw new TypeError(`${name} must return a number: array.item() makes one`);
  return array(value);
}

function passes(layer: Pick<Layer, "forward" | "backward">, inputs: Arrays): Arrays {
  const answers: Record<string, NDArray> = {};
  for (let i = 0; inputs[`x${i}`]; i++) {
    const [x, dy] = [inputs[`x${i}`] as NDArray, inputs[`dy${i}`] as NDArray];
    answers[`y${i}`] = layer.forward(x);
    answers[`dx${i}`] = layer.backward(dy);
    answers[`x${i}`] = x;
    answers[`dy${i}`] = dy;
  }
  return answers;
}

function values(parameters: readonly Parameter[]): Arrays {
  return Object.fromEntries(parameters.map(({ value }, i) => [`p${i}`, value]));
}

function gradients(parameters: readonly Parameter[]): Arrays {
  return Object.fromEntries(parameters.map(({ gradient }, i) => [`g${i}`, gradient as NDArray]));
}

/** The student's network with the values p0 … p5. */
function modelOf(submission: Submission, inputs: Arrays): Model {
  const given = [0, 1, 2, 3, 4, 5].map((i) => inputs[`p${i}`] as NDArray);
  const sizes = [given[0]?.shape[1], ...[0, 2, 4].map((i) => given[i]?.shape[0])];
  const model = new (exported<Construct<Model>>(submission, "Mlp"))(random(0), sizes);
  const parameters = model.parameters();
  if (parameters.length !== 6)
    throw new Error(`parameters() lists ${parameters.length} parameters, expected 6`);
  for (const [i, parameter] of parameters.entries()) parameter.value = given[i] as NDArray;
  return model;
}

function optimizerOf(
  submission: Submission,
  parameters: readonly Parameter[],
  { lr, momentum }: Arrays,
): Optimizer {
  const options = momentum ? { lr: lr?.flat()[0], momentum: momentum.item() } : { lr: lr?.flat()[0] };
  return new (exported<Construct<Optimizer>>(submission, "SGD"))(parameters, options);
}

function sgd(submission: Submission, inputs: Arrays): Arrays {
  const names = Object.keys(inputs).filter((name) => /^p\d+$/.test(name));
  const parameters = names.map((name) => ({
    value: inputs[name] as NDArray,
    gradient: null as NDArray | null,
  }));
  const optimizer = optimizerOf(submission, parameters, inputs);
  const rates = (inputs.lr as NDArray).flat();
  const after: NDArray[][] = names.map(() => []);
  const used: NDArray[][] = names.map(() => []);
  for (let t = 0; t < rates.length; t++) {
    optimizer.lr = rates[t] as number;
    for (const [i, parameter] of parameters.entries()) {
      parameter.gradient = (inputs[`g${i}`] as NDArray).slice(t).copy();
      used[i]?.push(parameter.gradient);
    }
    optimizer.step();
    for (const [i, { value }] of parameters.entries()) after[i]?.push(value.copy());
  }
  const answers = names.flatMap((name, i) => [
    [name, stack(after[i] as NDArray[])],
    [`g${i}`, stack(used[i] as NDArray[])],
  ]);
  return Object.fromEntries(answers);
}
