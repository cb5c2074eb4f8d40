import { librariesLosses } from "./computed/losses.ts";
import { bothSides, ownLoss, twoListings } from "./computed/two-sides.ts";
import type { ClaimDefinition } from "./definition.ts";

/** The day for which the dated facts are stated. Nobody measured them. */
const date = "2026-11-29";

/** What libraries are, what they do for us, and what they do not. */
export const libraryClaims: readonly ClaimDefinition[] = [
  {
    id: "libraries",
    lesson: "01",
    slides: [
      "Deep learning libraries",
      "TensorFlow",
      "Developed by Facebook",
      "Developed by a Google engineer",
    ],
    short: "Five libraries, who made them, what they are good for",
    statement:
      "TensorFlow, PyTorch, Theano, Keras and Caffe: who developed them, and which are easy to use or good for professional use.",
    hedge: null,
    evidence: {
      kind: "dated",
      date,
      sentence:
        "History is not measured. TensorFlow and PyTorch are maintained; Theano and Caffe are not; Keras 3 runs on TensorFlow, JAX and PyTorch.",
    },
    corrected:
      "PyTorch, which a foundation of several companies now owns, is used in research and in products; Theano and Caffe are history; Keras 3 runs on TensorFlow, JAX and PyTorch; JAX is missing.",
  },
  {
    id: "forward-only",
    lesson: "01",
    slides: ["For example, with PyTorch", "Simply put, Pytorch can do (almost)", "PyTorch", "PyTorch (2)"],
    short: "We only define the forward pass",
    statement:
      "We define only the forward pass; the library finds all partial derivatives and does backpropagation.",
    hedge: "(almost) everything",
    evidence: { kind: "computed", dataset: "10 random points through 2-10-10-10-1", run: bothSides },
  },
  {
    id: "losses-included",
    lesson: "10",
    slides: ["For example, with PyTorch"],
    short: "Many losses are included",
    statement: "Many losses are included, and can be called without worrying about how they are implemented.",
    hedge: null,
    evidence: { kind: "computed", dataset: "none", run: librariesLosses },
  },
  {
    id: "more-than-sgd",
    lesson: "10",
    slides: ["For example, with PyTorch"],
    short: "There are more optimizers than SGD",
    statement: "Many optimization methods are included, more than just SGD.",
    hedge: null,
    evidence: { kind: "measured", studies: ["optimizers"] },
    corrected:
      "Which optimizer wins depends on how well the learning rate of each was tuned: give each the same grid of rates before you compare.",
  },
  {
    id: "gpu",
    lesson: "11",
    slides: ["For example, with PyTorch"],
    short: "GPU acceleration is supported",
    statement: "GPU acceleration is supported.",
    hedge: null,
    evidence: {
      kind: "dated",
      date,
      sentence: "This package runs on CPUs. PyTorch supports the GPUs of several makers.",
    },
  },
  {
    id: "included-parts",
    lesson: "03",
    slides: ["For example, with PyTorch (2)"],
    short: "Data sets, architectures, transforms are included",
    statement:
      "Many data sets for learning can be downloaded; popular architectures and common image transforms are included.",
    hedge: null,
    evidence: {
      kind: "dated",
      date,
      sentence:
        "These are parts of torchvision, a package of its own. Of those in the lecture this package has MNIST and CIFAR-10.",
    },
  },
  {
    id: "shuffling",
    lesson: "03",
    slides: ["For example, with PyTorch (2)"],
    short: "Data loading comes with shuffling",
    statement: "Functions for loading data and for shuffling it are included.",
    hedge: null,
    evidence: { kind: "measured", studies: ["shuffle"] },
    corrected:
      "Shuffle the training data before every epoch: with batches sorted by class the network ends up answering with one or two of them.",
  },
  {
    id: "does-not-debug-itself",
    lesson: "07",
    slides: ["Does it really mean we don't", "The library"],
    short: "The library does not debug itself",
    statement:
      "The library does not debug itself: we still have to understand how things work to fix and improve them.",
    hedge: "in general",
    evidence: { kind: "measured", studies: ["relu-on-logits"] },
  },
  {
    id: "same-classifier",
    lesson: "01",
    slides: ["PyTorch vs. Numpy"],
    short: "The same classifier, with PyTorch and with NumPy",
    statement:
      "A classifier of points in the plane written with PyTorch, against one written with NumPy only.",
    hedge: null,
    evidence: { kind: "computed", dataset: "10 random points in the plane", run: twoListings },
    corrected:
      "Two different networks: left 2-10-10-10-1 with ReLU, which returns a logit; right one hidden layer of sigmoids, which returns a probability, with samples in columns, the bias in W, 1/N in dW, and an update that adds its argument.",
  },
  {
    id: "own-losses",
    lesson: "10",
    slides: ["PyTorch (2)"],
    short: "We can build our own training algorithms and losses",
    statement: "We can build and use our own training algorithms and losses.",
    hedge: null,
    evidence: { kind: "computed", dataset: "5 numbers", run: ownLoss },
  },
];
