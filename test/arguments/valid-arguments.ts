// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
/** A valid call of every public function, method and constructor: only what must be given. */
import * as autograd from "chalk-and-tape/autograd";
import { cases, expectedValues, summary } from "chalk-and-tape/compare";
import { type AnyContract, contracts } from "chalk-and-tape/contracts";
import * as datasets from "chalk-and-tape/datasets";
import { gradcheck } from "chalk-and-tape/gradcheck";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, ones, random, zeros } from "chalk-and-tape/np";
import * as plots from "chalk-and-tape/plots";
import * as training from "chalk-and-tape/training";
import { drawInputs } from "#internal/compare";
import { fitting, type SideName } from "../contracts/samples.ts";
import type { Place, PublicCall } from "./public-calls.ts";
import { title } from "./public-calls.ts";

/** What a call is made on, null for a function, and what it is given. */
export interface ValidCall {
  readonly on: object | null;
  readonly args: readonly unknown[];
}

const { tensor } = autograd;
const rng = () => random(3);
const x = () => array([[1, 2, 3], [4, 5, 6]]); // biome-ignore format: a matrix
const t = () => tensor(x(), { requiresGrad: true });
const images = () => rng().uniform(0, 1, [1, 2, 4, 4]);
const image = () => rng().uniform(0, 1, [3, 4, 4]);
const window = { kernel: [2, 2], stride: [1, 1], dilation: [1, 1], padding: [[0, 0], [0, 0]], mode: "zeros" }; // biome-ignore format: one window
const ranges = () => [[0, 2], [0, 3]]; // biome-ignore format: one range per axis
const dataset = () => datasets.moons({ n: 8, rng: rng() });
const optimizer = () => ({ groups: [{ lr: 1, momentum: 0.9 }] });
const square = () => ({
  forward: (a: NDArray) => a.mul(a),
  backward: (dy: NDArray, a: NDArray) => [dy.mul(a).mul(2)],
});
const subject = () => ({
  parameters: new Map(),
  forward: (a: NDArray) => a.mul(a),
  gradients: (dy: NDArray | null, a: NDArray) => ({
    y: a.mul(a),
    gradients: new Map([["x", (dy ?? ones(a.shape)).mul(a).mul(2)]]),
  }),
});
const report = () => gradcheck(square(), [array([1, 2])], { quiet: true });
const epoch = { epoch: 1, trainLoss: 1, trainAccuracy: 0.5, validationLoss: 1, validationAccuracy: 0.5, lr: 1, seconds: 1 }; // biome-ignore format: one epoch
const oneSide = {
  trainLoss: 1,
  trainAccuracy: 0.5,
  testLoss: 1,
  testAccuracy: 0.5,
  seconds: 1,
  updateSeconds: 0.5,
};
const compared = () => [
  { epoch: 1, manual: oneSide, autograd: oneSide, maxGradientDifference: 0, maxWeightDifference: 0 },
];
const batch = () => ({ x: x(), y: array([0, 1], { dtype: "int32" }) });
const linear = (side: "manual" | "autograd") =>
  side === "manual" ? new manual.Linear(3, 2, { rng: rng() }) : new autograd.Linear(3, 2, { rng: rng() });
const crossEntropy = (side: "manual" | "autograd") =>
  side === "manual" ? new manual.CrossEntropyLoss() : new autograd.CrossEntropyLoss();
const parameters = (side: "manual" | "autograd") =>
  fitting(side === "manual" ? "chalk" : "tape", "parameters", {
    type: "parameters",
    expected: "",
    required: true,
    refuse: () => null,
  });

/** The arguments of functions and constructors that neither a contract nor a case declares. */
const given: Readonly<Record<string, () => readonly unknown[]>> = {
  "np.arange": () => [3],
  "np.array": () => [[1, 2]],
  "np.eye": () => [2],
  "np.full": () => [[2], 1],
  "np.linspace": () => [0, 1, 3],
  "np.oneHot": () => [array([0, 1], { dtype: "int32" }), 2],
  "np.ones": () => [[2]],
  "np.zeros": () => [[2]],
  "np.zerosLike": () => [x()],
  "np.useEngine": () => ["js"],
  "np.random": () => [1],
  "new np.NDArray": () => [{ data: new Float64Array(2), version: 0 }, [2]],
  "np.NDArray.from": () => [new Float64Array(2)],
  "np.NDArray.empty": () => [[2], "float64"],
  "np.NDArray.unfilled": () => [[2], "float64"],
  "new np.Random": () => [1, rng().state],
  "np.broadcastShapes": () => ["where", [2], [1]],
  "np.manualSeed": () => [1],
  "np.setPrintOptions": () => [{ precision: 4 }],
  "np.formatShape": () => [[2]],
  "np.normalizeAxes": () => ["where", 0, 2],
  "np.sameShape": () => [[2], [2]],
  "np.sizeOf": () => [[2]],
  "np.where": () => [x().greater(2), x(), x()],
  "np.fullLike": () => [x(), 1],
  "np.bincount": () => [array([0, 2, 2])],
  "np.einsum": () => ["ij,kj->ik", x(), x()],
  "np.meshgrid": () => [[array([1, 2]), array([3])]],
  "np.takeAlongAxis": () => [x(), array([[0], [1]], { dtype: "int32" }), 1],
  "np.take": () => [x(), [0, 2], 1],
  "np.vstack": () => [[x(), x()]],
  "np.hstack": () => [[x(), x()]],
  "np.columnStack": () => [[x(), x()]],
  "np.mod": () => [x(), 2],
  "np.split": () => [x(), 3, 1],
  "np.matmul": () => [x(), x().T],
  "np.dot": () => [x(), x().T],
  "np.reshape": () => [x(), [3, 2]],
  "np.broadcastTo": () => [x(), [2, 2, 3]],
  "np.swapaxes": () => [x(), 0, 1],
  "np.moveaxis": () => [x(), 0, 1],
  "np.expandDims": () => [x(), 0],
  "np.repeat": () => [x(), 2],
  "np.tile": () => [x(), 2],
  "np.roll": () => [x(), 1],
  "np.clip": () => [x(), 0, 1],
  "np.searchsorted": () => [array([1, 2]), x()],
  "np.topk": () => [x(), 2],
  "np.quantile": () => [x(), 0.5],
  "np.percentile": () => [x(), 50],
  "np.addcmul": () => [x(), x(), x()],
  "np.addmm": () => [zeros([2]), x(), x().T],
  "np.standardize": () => [x(), x().mean(0, true), ones([1, 3])],
  "np.softmax": () => [x(), 1],
  "np.logSoftmax": () => [x(), 1],
  "np.gather": () => [x(), array([[0], [1]], { dtype: "int32" }), 1],
  "np.scatter": () => [ones([2, 1]), array([[0], [1]], { dtype: "int32" }), 1, [2, 3]],
  "np.unslice": () => [x(), ranges(), [2, 3]],
  "np.pad": () => [x(), 1],
  "np.conv2d": () => [images(), ones([2, 2, 2, 2]), window],
  "np.convTranspose2d": () => [ones([1, 2, 3, 3]), ones([2, 2, 2, 2]), window, 1, [4, 4]],
  "np.im2col": () => [images(), window],
  "np.col2im": () => [ones([1, 2, 2, 2, 3, 3]), window, [4, 4]],
  "np.maxPool2d": () => [images(), window],
  "np.argmaxPool": () => [images(), window],
  "np.concatenate": () => [[x(), x()]],
  "np.stack": () => [[x(), x()]],
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
  "autograd.clipGradNorm": () => [parameters("autograd"), 1],
  "manual.clipGradValue": () => [parameters("manual"), 1],
  "autograd.clipGradValue": () => [parameters("autograd"), 1],
  "manual.computeGradients": () => [linear("manual"), batch(), crossEntropy("manual")],
  "autograd.computeGradients": () => [linear("autograd"), batch(), crossEntropy("autograd")],
  "manual.findNonFinite": () => [linear("manual"), batch(), crossEntropy("manual")],
  "autograd.findNonFinite": () => [linear("autograd"), batch(), crossEntropy("autograd")],
  "manual.watch": () => [linear("manual")],
  "autograd.watch": () => [linear("autograd")],
  "autograd.differentiable": () => [(a: autograd.Tensor) => a.mul(a)],
  "autograd.grad": () => [(a: autograd.Tensor) => a.mul(a)],
  "autograd.hessianVectorProduct": () => [(a: autograd.Tensor) => a.mul(a).sum(), x(), x()],
  "autograd.onceDifferentiable": () => ["a loop", (dy: NDArray) => dy],
  "autograd.op": () => [(a: NDArray) => a.mul(2), (dy: NDArray) => dy.mul(2)],
  "autograd.printTape": () => [t().mul(2)],
  "autograd.noGrad": () => [() => 1],
  "autograd.tensor": () => [[1, 2]],
  "new autograd.Tensor": () => [x()],
  "new autograd.Parameter": () => [x()],
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
  "gradcheck.derivative": () => [(delta: number) => (1 + delta) ** 2, 1],
  "gradcheck.numericalGradient": () => [() => 1, array([1, 2])],
  "gradcheck.symbolicDerivative": () => [[{ y: "x ^ 2" }]],
  "gradcheck.gradcheck": () => [square(), [array([1, 2])]],
  "gradcheck.checkAgainst": () => [manual.ReLU, expectedValues("ReLU")],
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
  "studies.studyNamed": () => ["circles"],
  "studies.studyResult": () => ["circles"],
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
};

const indices = () => array([[0], [1]], { dtype: "int32" });
const mask = () => x().greater(2);
const labels = () => array([0, 1], { dtype: "int32" });
const relu = () => new autograd.ReLU();

/** The arguments of `autograd.functional`; without an entry, a tensor, and an array where a loss has a target. */
const ofFunctional: Readonly<Record<string, () => readonly unknown[]>> = {
  softmax: () => [t(), 1],
  logSoftmax: () => [t(), 1],
  scaledDotProductAttention: () => [t(), t(), t()],
  conv1d: () => [tensor(ones([1, 2, 4])), tensor(ones([2, 2, 2]))],
  conv2d: () => [tensor(images()), tensor(ones([2, 2, 2, 2]))],
  convTranspose2d: () => [tensor(images()), tensor(ones([2, 2, 2, 2]))],
  dropout: () => [t(), 0.5, { rng: rng() }],
  embedding: () => [labels(), t()],
  linear: () => [t(), tensor(ones([2, 3]))],
  oneHot: () => [labels()],
  binaryCrossEntropy: () => [t().sigmoid(), zeros([2, 3])],
  cosineEmbeddingLoss: () => [t(), t(), ones([2])],
  hingeEmbeddingLoss: () => [t(), ones([2, 3])],
  crossEntropy: () => [t(), labels()],
  multiMarginLoss: () => [t(), labels()],
  nllLoss: () => [t(), labels()],
  batchNorm: () => [t(), zeros([3]), ones([3])],
  cosineSimilarity: () => [t(), t()],
  layerNorm: () => [t(), 3],
  pad: () => [t(), [1, 1]],
  adaptiveAvgPool2d: () => [tensor(images()), 2],
  avgPool2d: () => [tensor(images()), 2],
  maxPool2d: () => [tensor(images()), 2],
};

/** The arguments of methods; without an entry, a method is called without any. */
const ofMethod: Readonly<Record<string, (on: object) => readonly unknown[]>> = {
  "np.NDArray.pinned": () => [0, () => new Error("changed")],
  "np.NDArray.viewAs": () => [[6], [1], 0],
  "np.NDArray.apply": () => ["exp", x()],
  "np.NDArray.applyConstant": () => ["sign", x()],
  "np.NDArray.addInPlace": () => [x()],
  "np.NDArray.copyFrom": () => [x()],
  "np.NDArray.set": () => [5, 0, 1],
  "np.NDArray.writable": () => ["where", x()],
  "np.NDArray.item": () => [0, 1],
  "np.NDArray.astype": () => ["float32"],
  "np.NDArray.matmul": () => [x().T],
  "np.NDArray.reshape": () => [3, 2],
  "np.NDArray.swapaxes": () => [0, 1],
  "np.NDArray.dot": () => [x().T],
  "np.NDArray.clip": () => [0, 1],
  "np.NDArray.take": () => [[0, 2], 1],
  "np.NDArray.repeat": () => [2],
  "np.NDArray.broadcastTo": () => [[2, 2, 3]],
  "autograd.Linear.apply": () => [() => {}],
  "autograd.Linear.registerBuffer": () => ["buffer", x()],
  "autograd.Linear.registerForwardHook": () => [() => undefined],
  "autograd.Linear.registerForwardPreHook": () => [() => undefined],
  "autograd.ModuleDict.get": () => ["a"],
  "autograd.ModuleDict.set": () => ["a", relu()],
  "autograd.ModuleDict.has": () => ["a"],
  "autograd.ModuleDict.pop": () => ["a"],
  "autograd.ModuleList.at": () => [0],
  "autograd.ModuleList.append": () => [relu()],
  "autograd.ModuleList.extend": () => [[relu()]],
  "autograd.ModuleList.insert": () => [0, relu()],
  "autograd.Tensor.registerHook": () => [() => undefined],
  "autograd.Tensor.to": () => ["float32"],
  "autograd.Tensor.viewAs": () => [ones([3, 2])],
  "autograd.Tensor.expandAs": () => [ones([2, 2, 3])],
  "autograd.Tensor.view": () => [3, 2],
  "autograd.Tensor.expand": () => [2, 2, 3],
  "autograd.Tensor.repeat": () => [2, 1],
  "autograd.Tensor.repeatInterleave": () => [2],
  "autograd.Tensor.split": () => [1],
  "autograd.Tensor.chunk": () => [2],
  "autograd.Tensor.unsqueeze": () => [0],
  "autograd.Tensor.permute": () => [1, 0],
  "autograd.Tensor.flip": () => [0],
  "autograd.Tensor.roll": () => [1],
  "autograd.Tensor.topk": () => [1],
  "autograd.Tensor.cumsum": () => [0],
  "autograd.Tensor.cumprod": () => [0],
  "autograd.Tensor.logsumexp": () => [1],
  "autograd.Tensor.softmax": () => [1],
  "autograd.Tensor.logSoftmax": () => [1],
  "autograd.Tensor.clamp": () => [0],
  "autograd.Tensor.where": () => [mask(), 0],
  "autograd.Tensor.maskedFill": () => [mask(), 0],
  "autograd.Tensor.maskedSelect": () => [mask()],
  "autograd.Tensor.gather": () => [1, indices()],
  "autograd.Tensor.scatter": () => [1, indices(), ones([2, 1])],
  "autograd.Tensor.scatterAdd": () => [1, indices(), ones([2, 1])],
  "autograd.Tensor.indexSelect": () => [1, labels()],
  "autograd.Tensor.mm": () => [x().T],
  "autograd.Tensor.mv": () => [ones([3])],
  "autograd.Tensor.bmm": () => [ones([1, 3, 2])],
  "autograd.Tensor.dot": () => [ones([3])],
  "autograd.Tensor.outer": () => [ones([3])],
  "autograd.Tensor.apply": () => ["exp", t()],
  "autograd.Tensor.applyConstant": () => ["sign", t()],
  "autograd.Tensor.backward": () => [ones([2, 3])],
  "autograd.Tensor.item": () => [0, 1],
  "autograd.Tensor.astype": () => ["float32"],
  "autograd.Tensor.matmul": () => [x().T],
  "autograd.Tensor.reshape": () => [3, 2],
  "autograd.Tensor.transpose": () => [0, 1],
  "autograd.Tensor.broadcastTo": () => [[2, 2, 3]],
  "np.Random.integer": () => [0, 2],
  "np.Random.integers": () => [0, 2, [2]],
  "np.Random.shuffle": () => [x()],
  "np.Random.uniform": () => [0, 1, [2]],
  "np.Random.normal": () => [0, 1, [2]],
  "np.Random.permutation": () => [3],
  "np.Random.choice": () => [3, 2],
  "manual.NonlinearClassifier.forward": () => [ones([2, 4])],
  "autograd.NonlinearClassifier.forward": () => [tensor(ones([2, 4]))],
  "manual.NonlinearClassifier.backward": () => [array([[0, 1, 0, 1]])],
  "manual.NonlinearClassifier.forwardSingleLayer": () => [ones([2, 3]), ones([2, 4])],
  "manual.NonlinearClassifier.backwardSingleLayer": () => [
    ones([2, 3]),
    ones([2, 4]),
    ones([2, 4]),
    ones([2, 4]),
  ],
  "manual.NonlinearClassifier.update": () => [zeros([2, 3]), zeros([1, 3])],
  "autograd.NonlinearClassifier.forwardSingleLayer": () => [tensor(ones([2, 3])), tensor(ones([2, 4]))],
  "training.BestModel.observe": () => [epoch, linear("manual")],
  "training.BestModel.restore": () => [linear("manual")],
  "training.EarlyStopping.observe": () => [epoch],
  "training.ReduceLROnPlateau.step": () => [1],
  "datasets.RandomAffine.params": () => [4, 4, rng()],
  "datasets.ColorJitter.params": () => [rng()],
  "datasets.DataLoader.loadState": (on) => [(on as datasets.DataLoader).state],
};

/** The object that the methods of a class, or one of them, are called on. */
const instances: Readonly<Record<string, () => object>> = {
  "np.NDArray": x,
  "np.Random": rng,
  "manual.NonlinearClassifier": () => {
    const model = new manual.NonlinearClassifier(ones([2, 3]).mul(0.1), ones([1, 3]).mul(0.1));
    model.forward(ones([2, 4]));
    return model;
  },
  "autograd.NonlinearClassifier": () =>
    new autograd.NonlinearClassifier(tensor(ones([2, 3])), tensor(ones([1, 3]))),
  "autograd.Tensor": t,
  "autograd.Tensor.numpy": () => t().detach(),
  "autograd.Tensor.bmm": () => t().reshape(1, 2, 3),
  "autograd.Tensor.dot": () => t().slice(0),
  "autograd.Tensor.outer": () => t().slice(0),
  "autograd.ModuleDict": () => new autograd.ModuleDict({ a: relu() }),
  "autograd.ModuleList": () => new autograd.ModuleList([relu()]),
  "compare.Summary": () => summary(linear("manual"), [1, 3]),
};

const all: Readonly<Record<string, AnyContract>> = {
  ...contracts,
  ...datasets.datasetContracts,
  ...training.scheduleContracts,
};
const rooms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  manual,
  autograd,
  training,
  datasets,
  plots,
};
const quiet: Readonly<Record<string, unknown>> = { width: 1 / 16, n: 10 };

/** The required arguments of a contract, with a stream and a small size where it has these options. */
function declared(side: SideName, { name, positional, options, rest }: AnyContract): readonly unknown[] {
  const values = Object.entries(positional).map(([key, one]) =>
    one.required ? fitting(side, key, one) : undefined,
  );
  if (rest) return values[0] as readonly unknown[];
  const small = { rng: rng(), ...quiet, ...(name === "Mlp" ? { sizes: [5, 4, 3, 2] } : {}) };
  const given = Object.entries(small).filter(([key]) => key in options);
  while (given.length === 0 && values.length > 0 && values.at(-1) === undefined) values.pop();
  return given.length > 0 ? [...values, Object.fromEntries(given)] : values;
}

function constructed(call: PublicCall): object {
  const Class = rooms[call.room]?.[call.className ?? ""] as new (...args: readonly unknown[]) => object;
  return new Class(...(validArguments({ ...call, kind: "constructor" }) ?? []));
}

/** An object of a class of either side, from its first case, after one forward. */
function fromCase({
  room,
  className,
}: PublicCall): { on: object; inputs: readonly NDArray[]; y: NDArray } | null {
  const row = cases.find(({ name }) => name === className);
  if (!row || (room !== "manual" && room !== "autograd")) return null;
  const inputs = [...drawInputs(row.inputs, rng()).values()];
  if (room === "manual") {
    const layer = row.manual(rng());
    const y = layer.forward(...inputs);
    if (!row.optimizer) return { on: layer, inputs, y };
    layer.backward(ones(y.shape));
    return { on: row.optimizer.build.manual(layer.parameters()), inputs: [], y };
  }
  const module = row.autograd(rng());
  const y = module.forward(tensor(inputs[0] as NDArray), ...inputs.slice(1));
  if (!row.optimizer) return { on: module, inputs, y: y.data };
  y.sum().backward();
  return { on: row.optimizer.build.autograd(module.parameters()), inputs: [], y: y.data };
}

function required({ places }: PublicCall): readonly Place[] {
  return places.filter(({ isOptional }) => !isOptional);
}

function validArguments(call: PublicCall): readonly unknown[] | null {
  const own = given[title(call)];
  if (own) return own();
  if (call.room === "functional")
    return ofFunctional[call.name]?.() ?? [t(), zeros([2, 3])].slice(0, required(call).length);
  const must = required(call);
  if (call.room === "np" && must.every(({ name }) => /^[abx]$/.test(name))) return must.map(x);
  const contract = all[call.className ?? call.name];
  return contract ? declared(call.room === "autograd" ? "tape" : "chalk", contract) : null;
}

/** A valid call, made anew; null for one that no table knows. */
export function validCall(call: PublicCall): ValidCall | null {
  if (call.kind === "function" || call.kind === "constructor" || call.kind === "static") {
    const args = validArguments(call);
    return (args ?? (call.places.every(({ isOptional }) => isOptional) ? [] : null))
      ? { on: null, args: args ?? [] }
      : null;
  }
  const name = title(call);
  const own = `${call.room}.${call.className}`;
  const known = fromCase(call);
  const on = instances[name]?.() ?? instances[own]?.() ?? known?.on ?? constructed(call);
  return { on, args: ofMethod[name]?.(on) ?? usual(call, on, known) };
}

/** The arguments of the methods that many classes have. */
function usual(call: PublicCall, on: object, known: ReturnType<typeof fromCase>): readonly unknown[] {
  const { name, places, room } = call;
  if (name === "forward" && known)
    return room === "autograd" ? known.inputs.map((one, i) => (i === 0 ? tensor(one) : one)) : known.inputs;
  if (name === "forward") return [image(), rng()].slice(0, places.length);
  if (name === "backward" && known) return known.y.ndim === 0 ? [] : [ones(known.y.shape)];
  if (name === "loadStateDict") return [(on as { stateDict(): object }).stateDict()];
  if (name === "lrAt") return [1];
  if (name === "valuesAt") return [1, 0];
  const operand = places[0]?.name === "b" ? [room === "autograd" ? t() : x()] : [];
  return operand;
}
