/** Valid calls of the other rooms. */
import type * as autograd from "chalk-and-tape/autograd";
import { predict } from "chalk-and-tape/classroom";
import { expectedValues, summary } from "chalk-and-tape/compare";
import * as datasets from "chalk-and-tape/datasets";
import { distributed } from "chalk-and-tape/distributed";
import * as manual from "chalk-and-tape/manual";
import { arange, array, type NDArray, ones, zeros } from "chalk-and-tape/np";
import * as training from "chalk-and-tape/training";
import type { Calls } from "./calls.ts";
import {
  batch,
  compared,
  crossEntropy,
  dataset,
  epoch,
  image,
  images,
  linear,
  optimizer,
  parameters,
  report,
  rng,
  square,
  subject,
  x,
} from "./samples.ts";

export const ofOtherRooms: Calls = {
  functions: {
    "initialisers.calculateGain": () => ["relu"],
    "initialisers.constant": () => [[2], 1],
    "initialisers.fans": () => [[2, 3]],
    "initialisers.kaimingNormal": () => [[2, 3], { rng: rng() }],
    "initialisers.kaimingUniform": () => [[2, 3], { rng: rng() }],
    "initialisers.orthogonal": () => [[2, 3], { rng: rng() }],
    "initialisers.truncNormal": () => [[2, 3], { rng: rng() }],
    "initialisers.xavierNormal": () => [[2, 3], { rng: rng() }],
    "initialisers.xavierUniform": () => [[2, 3], { rng: rng() }],
    "manual.conv2dByLoops": () => [images(), ones([2, 2, 2, 2]), ones([2])],
    "manual.conv2dByLoopsBackward": () => [ones([1, 2, 3, 3]), images(), ones([2, 2, 2, 2])],
    "manual.clipGradNorm": () => [parameters("manual"), 1],
    "manual.clipGradValue": () => [parameters("manual"), 1],
    "manual.computeGradients": () => [linear("manual"), batch(), crossEntropy("manual")],
    "manual.findNonFinite": () => [linear("manual"), batch(), crossEntropy("manual")],
    "manual.watch": () => [linear("manual")],
    "distributed.averageGradients": () => [
      distributed(),
      linear("manual"),
      crossEntropy("manual"),
      { value: 1, rows: 2 },
    ],
    "distributed.distributed": () => [],
    "training.accuracy": () => [x(), array([0, 1], { dtype: "int32" })],
    "training.predictions": () => [x()],
    "training.encodeNpz": () => [{ w: x() }],
    "training.decodeNpz": () => [training.encodeNpz({ w: x() })],
    "training.encodeSafetensors": () => [{ w: x() }],
    "training.decodeSafetensors": () => [training.encodeSafetensors({ w: x() })],
    "new training.BestModel": () => [],
    "new training.EarlyStopping": () => [],
    "new training.Checkpoint": () => ["run.safetensors"],
    "new training.History": () => [[epoch], "epochs", 1],
    "new training.LRScheduler": () => [optimizer(), (base: number) => ({ lr: base })],
    "new training.SequentialLR": () => {
      const scheduled = optimizer();
      return [scheduled, [new training.StepLR(scheduled, 1)], []];
    },
    "new training.OneCycleLR": () => [optimizer(), 1, { totalSteps: 10 }],
    "datasets.catalogueEntry": () => ["moons"],
    "datasets.locate": () => ["nowhere", "mnist", "file"],
    "datasets.locateFile": () => [datasets.mnistFiles, "nowhere", "file"],
    "datasets.splitDataset": () => [dataset(), 0.5, rng()],
    "datasets.take": () => [dataset(), 2],
    "datasets.adjustBrightness": () => [image(), 1],
    "datasets.adjustContrast": () => [image(), 1],
    "datasets.adjustSaturation": () => [image(), 1],
    "datasets.adjustHue": () => [image(), 0.1],
    "datasets.affine": () => [image(), { angle: 10 }],
    "datasets.rotate": () => [image(), 10],
    "datasets.horizontalFlip": () => [image()],
    "datasets.resize": () => [image(), [2, 2]],
    "datasets.permutePixels": () => [image(), arange(16)],
    "gradcheck.derivative": () => [(delta: number) => (1 + delta) ** 2, 1],
    "gradcheck.numericalGradient": () => [() => 1, array([1, 2])],
    "gradcheck.symbolicDerivative": () => [[{ y: "x ^ 2" }]],
    "gradcheck.gradcheck": () => [square(), [array([1, 2])]],
    "gradcheck.checkAgainst": () => [manual.ReLU, expectedValues("ReLU")],
    "studies.randomFeatures": () => [2, 3, rng()],
    "studies.sawtoothByHand": () => [2],
    "studies.sawtoothWave": () => [x(), 2],
    "studies.polynomialFits": () => [{ degrees: [1], fits: 2 }],
    "compare.expectedValues": () => ["ReLU"],
    "gradcheck.judgeWithPreset": () => [subject(), new Map([["x", array([1, 2])]]), "torch", rng()],
    "gradcheck.formatReport": () => [report()],
    "gradcheck.reportHtml": () => [report()],
    "compare.twins": () => ["ReLU", () => []],
    "compare.check": () => ["ReLU", manual.ReLU],
    "compare.gradgradcheck": () => [(a: autograd.Tensor) => a.mul(a), [array([1, 2])]],
    "compare.summary": () => [linear("manual"), [1, 3]],
    "new compare.Summary": () => [summary(linear("manual"), [1, 3]).rows, x(), 1, 1, 1],
    "new plots.Picture": () => [{ description: "nothing" }],
    "classroom.cmp": () => [{ half: [1, 1] }],
    "classroom.measured": () => {
      predict("half", "What is 1/2?", 0.4);
      return ["half", 0.5];
    },
    "classroom.predict": () => ["half", "What is 1/2?", 0.4],
    "classroom.sideBySide": () => [linear("manual"), linear("autograd"), x(), ones([2, 2])],
    "classroom.timeit": () => [() => 1],
    "studies.discAndRing": () => [4, rng()],
    "studies.discAndRingGrid": () => [4],
    "studies.mostOfTwoUnits": () => [{ x: zeros([2, 2]), y: array([[0], [1]]) }],
    "studies.judgeSeparation": () => [array([[1], [-1]]), { x: zeros([2, 2]), y: array([[0], [1]]) }],
    "studies.layerOutputs": () => [linear("autograd"), x()],
    "studies.linearProbe": () => [x(), array([0, 1], { dtype: "int32" })],
    "studies.tunedProbe": () => [x(), array([0, 1], { dtype: "int32" })],
    "studies.principalComponents": () => [x()],
    "studies.claim": () => ["parameter-count"],
    "studies.claims": () => [],
    "classroom.attempt": () => [{ two: () => 2 }],
    "classroom.ladderTable": () => [[]],
    "homework.checkOrder": () => ["hw1", "linearBackward", [1, 3, 4, 2]],
    "studies.studyNamed": () => ["circles"],
    "studies.studyPicture": () => ["circles"],
    "studies.studyResult": () => ["circles"],
    "studies.drawTargets": () => [{ points: 4 }],
    "plots.bendingSpace": () => [
      [(a: NDArray) => a.mul(2)],
      {
        x: [
          [0, 1],
          [1, 0],
        ],
        y: [0, 1],
      },
    ],
    "plots.filterGrid": () => [zeros([2, 9])],
    "plots.generalizationGap": () => [[1, 2], { train: [2, 1], validation: [2, 3] }],
    "plots.optimizerPaths": () => [
      (a: number, b: number) => a * a + b * b,
      { SGD: [[1, 1], [0.5, 0.5]] }, // biome-ignore format: two points
    ],
    "plots.roofline": () => [[{ name: "add", intensity: 0.1, speed: 1 }], { peak: 40, bandwidth: 20 }],
    "plots.tapeGraph": () => [[{ id: 0, op: "leaf", inputs: [], shape: [2] }]],
    "plots.confusionMatrix": () => [
      [0, 1],
      [1, 1],
    ],
    "plots.decisionBoundary": () => [
      (a: NDArray) => a.slice(null, [0, 1]).mul(9),
      {
        x: [
          [0, 1],
          [1, 0],
        ],
        y: [0, 1],
      },
    ],
    "plots.heatmap": () => [x()],
    "plots.histogram": () => [x()],
    "plots.imageGrid": () => [image()],
    "plots.outputPixel": () => [image(), ones([3, 3, 3]), 0, 0],
    "plots.misclassified": () => [
      zeros([2, 8, 8]),
      array([
        [4, 0],
        [9, 0],
      ]),
      array([0, 1], { dtype: "int32" }),
    ],
    "plots.line": () => [
      [0, 1],
      [2, 3],
    ],
    "plots.scatter": () => [
      [0, 1],
      [2, 3],
    ],
    "plots.trainingCurves": () => [compared()],
    "plots.differenceCurves": () => [compared()],
    "plots.lrRangeChart": () => [{ points: [{ lr: 0.1, loss: 1, smoothed: 1 }], suggestion: null }],
    "plots.toPixels": () => [image()],
    "plots.sampleGrid": () => [
      { images: [new Uint8Array(4)], height: 2, width: 2, truth: ["a"], manual: ["a"], autograd: ["b"] },
    ],
    "plots.imageSheet": () => [{ rows: [{ label: "a", images: [new Uint8Array(4)] }], height: 2, width: 2 }],
  },
  methods: {
    "manual.NonlinearClassifier.forward": () => [ones([2, 4])],
    "manual.NonlinearClassifier.backward": () => [array([[0, 1, 0, 1]])],
    "manual.NonlinearClassifier.forwardSingleLayer": () => [ones([2, 3]), ones([2, 4])],
    "manual.NonlinearClassifier.backwardSingleLayer": () => [
      ones([2, 3]),
      ones([2, 4]),
      ones([2, 4]),
      ones([2, 4]),
    ],
    "manual.NonlinearClassifier.update": () => [zeros([2, 3]), zeros([1, 3])],
    "training.BestModel.observe": () => [epoch, linear("manual")],
    "training.BestModel.restore": () => [linear("manual")],
    "training.EarlyStopping.observe": () => [epoch],
    "training.ReduceLROnPlateau.step": () => [1],
    "datasets.RandomAffine.params": () => [4, 4, rng()],
    "datasets.ColorJitter.params": () => [rng()],
    "datasets.DataLoader.loadState": (on) => [(on as datasets.DataLoader).state],
  },
  instances: {
    "manual.NonlinearClassifier": () => {
      const model = new manual.NonlinearClassifier(ones([2, 3]).mul(0.1), ones([1, 3]).mul(0.1));
      model.forward(ones([2, 4]));
      return model;
    },
    "compare.Summary": () => summary(linear("manual"), [1, 3]),
  },
};
