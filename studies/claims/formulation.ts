import { crossEntropy, fourTargets, outputIsOneHot, unfusedGradient } from "./computed/losses.ts";
import { cifarInput, cifarSize, flattened, inputs, manyDesigns, mnistSize } from "./computed/sizes.ts";
import type { ClaimDefinition } from "./definition.ts";

/** The tasks, and how a network gets them: inputs, outputs, losses. */
export const formulationClaims: readonly ClaimDefinition[] = [
  {
    id: "mnist-size",
    lesson: "02",
    slides: ["With deep learning"],
    short: "MNIST: 70,000 images of 28 × 28 pixels, 10 classes",
    statement: "MNIST has 70,000 images of 28 × 28 pixels in 10 classes.",
    hedge: null,
    evidence: {
      kind: "computed",
      dataset: "the catalogue's entry of MNIST, whose files are checked by their hash",
      run: mnistSize,
    },
  },
  {
    id: "cifar-size",
    lesson: "03",
    slides: ["With deep learning (2)"],
    short: "CIFAR-10: 60,000 images of 32 × 32 pixels, 10 classes",
    statement: "CIFAR-10 has 60,000 images of 32 × 32 pixels in 10 classes.",
    hedge: null,
    evidence: {
      kind: "computed",
      dataset: "the catalogue's entry of CIFAR-10, whose files are checked by their hash",
      run: cifarSize,
    },
  },
  {
    id: "cross-entropy-by-hand",
    lesson: "02",
    slides: ["PyTorch vs. Numpy"],
    short: "(y − t) / (y(1 − y)), then times y(1 − y)",
    statement:
      "The gradient of cross entropy after a sigmoid is found in two steps: (y − t) / (y(1 − y)), then times y(1 − y).",
    hedge: null,
    evidence: { kind: "computed", dataset: "logits 1, 2, 3, … of a point of class 1", run: unfusedGradient },
    corrected: "Write the two steps as one, dz = y − t: nothing is divided by 0 for a sure answer.",
  },
  {
    id: "input-size",
    lesson: "02",
    slides: ["MINIST classification (3)"],
    short: "MNIST's input is an array of 28 × 28",
    statement: "The input is a digital image, an array of 28 × 28.",
    hedge: null,
    evidence: { kind: "computed", dataset: "a blank image of 28 × 28", run: inputs },
  },
  {
    id: "one-hot-output",
    lesson: "02",
    slides: ["MINIST classification (3)", "What about CIFAR-10 classification?"],
    short: "The output is a one-hot vector of 10",
    statement: "The output is a vector of 10 numbers, one-hot encoded.",
    hedge: null,
    evidence: { kind: "computed", dataset: "one random image through 784-256-64-10", run: outputIsOneHot },
    corrected: "The target is one-hot; the output is 10 logits, which softmax turns into 10 probabilities.",
  },
  {
    id: "cross-entropy",
    lesson: "02",
    slides: ["MINIST classification (3)", "What about CIFAR-10 classification?"],
    short: "The loss is cross entropy, as for linear classification",
    statement: "The loss is cross entropy, the same as for linear classification.",
    hedge: null,
    evidence: { kind: "computed", dataset: "three rows of logits", run: crossEntropy },
  },
  {
    id: "one-hot-target",
    lesson: "02",
    slides: ["MINIST classification (3)"],
    short: "Beware: CrossEntropyLoss takes no one-hot target",
    statement:
      "Beware: CrossEntropyLoss takes a class index as its target, which should not be converted to one-hot.",
    hedge: null,
    evidence: { kind: "computed", dataset: "one row of logits, four kinds of target", run: fourTargets },
    corrected:
      "Beware: the target is a class index. PyTorch since 1.10 also accepts a float one-hot target, or any probabilities, and refuses an integer one-hot.",
  },
  {
    id: "cifar-input",
    lesson: "03",
    slides: ["What about CIFAR-10 classification?"],
    short: "CIFAR-10's input is an array of 32 × 32 × 3",
    statement: "The input is a digital image, an array of 32 × 32 × 3.",
    hedge: null,
    evidence: { kind: "computed", dataset: "a blank image of 3 × 32 × 32", run: cifarInput },
    corrected:
      "32 × 32 × 3 numbers as height, width, colour; PyTorch stores them as 3 × 32 × 32, colour first.",
  },
  {
    id: "flatten",
    lesson: "03",
    slides: ["Formulation: MINIST classification", "Formulation: MINIST classification (2)", "Flatten?"],
    short: "An image is flattened before a network gets it",
    statement:
      "An image can be reshaped into a 1-dimensional array, which a fully connected network takes as its input.",
    hedge: null,
    evidence: { kind: "measured", studies: ["permutation"] },
    corrected:
      "Flattening keeps every number and forgets which pixels are neighbours: fully connected layers never use it, convolutions need it.",
  },
  {
    id: "flatten-sizes",
    lesson: "02",
    slides: ["Flatten?"],
    short: "Flattened: 3 × 3 → 9, 28 × 28 → 784, 15 × 15 × 3 → 675",
    statement: "Flattening turns 3 × 3 into 9 × 1, 28 × 28 into 784 × 1 and 15 × 15 × 3 into 675 × 1.",
    hedge: null,
    evidence: { kind: "computed", dataset: "arrays of these shapes", run: flattened },
  },
  {
    id: "many-designs",
    lesson: "02",
    slides: ["Formulation: MINIST classification (3)", "Formulation: MINIST classification (4)"],
    short: "Infinitely many designs: 784 numbers in, 10 out",
    statement: "The only constraint is 784 numbers in and 10 out; infinitely many designs meet it.",
    hedge: null,
    evidence: { kind: "computed", dataset: "networks 784-w-10 with w = 1, 2, 4, …, 64", run: manyDesigns },
  },
];
