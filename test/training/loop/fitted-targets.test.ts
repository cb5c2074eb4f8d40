// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { DataLoader, digits, type Samples, splitDataset, take } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { abs, array, type NDArray, NDArray as NumberArray, random, zeros } from "chalk-and-tape/np";
import { BestModel, EarlyStopping, type History } from "chalk-and-tape/training";

interface Fit {
  /** The sizes of the layers, with ReLUs between them. */
  readonly sizes: readonly number[];
  readonly loss: "MSELoss" | "BCEWithLogitsLoss" | "CrossEntropyLoss" | "HuberLoss";
  readonly epochs: number;
  readonly lr?: number;
  readonly batchSize?: number;
  readonly dtype?: "float64" | "float32";
}
interface Fitted {
  readonly history: History;
  readonly held: { readonly loss: number; readonly accuracy: number | null };
}
type Run = (data: Samples, fit: Fit) => Promise<Fitted>;

/** The settings that both sides share; a quarter of the items is kept for validation. */
function settingsOf(data: Samples, { batchSize = 16, dtype = "float64", epochs }: Fit) {
  const { train, validation } = splitDataset(data, 0.25, random(1));
  return {
    batches: new DataLoader(train, { batchSize, shuffle: true, seed: 2, dtype }),
    options: {
      epochs,
      validation: new DataLoader(validation, { batchSize: 7, dtype }),
      earlyStopping: new EarlyStopping({ patience: epochs }),
      bestModel: new BestModel(),
      warn: (message: string) => expect.fail(message),
    },
  };
}

const runs: Readonly<Record<string, Run>> = {
  async chalk(data, fit) {
    const rng = random(3);
    const { batches, options } = settingsOf(data, fit);
    const layers = fit.sizes.slice(1).flatMap((out, i) => {
      const linear = new manual.Linear(fit.sizes[i] ?? 0, out, { rng, dtype: fit.dtype ?? "float64" });
      return i + 2 < fit.sizes.length ? [linear, new manual.ReLU()] : [linear];
    });
    const model = new manual.Sequential(new manual.Flatten(), ...layers);
    const loss = new manual[fit.loss]();
    const optimizer = new manual.Adam(model.parameters(), { lr: fit.lr ?? 0.01 });
    const history = await manual.train(model, batches, { ...options, loss, optimizer });
    return { history, held: await manual.evaluate(model, options.validation, loss) };
  },
  async tape(data, fit) {
    const rng = random(3);
    const { batches, options } = settingsOf(data, fit);
    const layers = fit.sizes.slice(1).flatMap((out, i) => {
      const linear = new autograd.Linear(fit.sizes[i] ?? 0, out, { rng, dtype: fit.dtype ?? "float64" });
      return i + 2 < fit.sizes.length ? [linear, new autograd.ReLU()] : [linear];
    });
    const model = new autograd.Sequential(new autograd.Flatten(), ...layers);
    const loss = new autograd[fit.loss]();
    const optimizer = new autograd.Adam(model.parameters(), { lr: fit.lr ?? 0.01 });
    const history = await autograd.train(model, batches, { ...options, loss, optimizer });
    return { history, held: await autograd.evaluate(model, options.validation, loss) };
  },
};

for (const [name, run] of Object.entries(runs)) {
  describe(`targets to be fitted, from the loader to evaluate, on ${name}`, () => {
    it("regression: y (N, 2) of floats", async () => {
      const x = random(4).uniform(-2, 2, [120, 3]);
      const y = x.slice(null, [0, 2]).mul(2).add(1);
      const { history, held } = await run({ x, y }, { sizes: [3, 2], loss: "MSELoss", epochs: 150 });
      expect(history.trainLosses[0]).to.be.above(1);
      expect(held.loss).to.be.below(1e-3);
      expect(held.loss).to.be.closeTo(Math.min(...history.validationLosses), 1e-12);
      expect([held.accuracy, history.epochs[0]?.trainAccuracy]).to.deep.equal([null, null]);
    });
    it("a curve in float32, by a hidden layer and HuberLoss", async () => {
      const x = random(4).uniform(-3, 3, [160, 1]);
      const fit = { sizes: [1, 32, 1], loss: "HuberLoss", epochs: 60, dtype: "float32" } as const;
      const { history, held } = await run({ name: "x |x|", x, y: x.mul(abs(x)) }, fit);
      expect(held.loss).to.be.below(0.02);
      expect(history.epochs.at(-1)?.validationAccuracy).to.equal(null);
    });
    it("an autoencoder: y is x, images of bytes, both in 0 … 1", async () => {
      const x = digits({ n: 40, seed: 1 }).x.reshape(40, 784);
      const fit = { sizes: [784, 32, 784], loss: "MSELoss", epochs: 20, lr: 1e-3 } as const;
      const { history } = await run({ x, y: x }, fit);
      const [first = 0] = history.trainLosses;
      expect(first).to.be.within(0.01, 1);
      expect(history.trainLosses.at(-1)).to.be.below(0.7 * first);
      expect(history.epochs[0]?.trainAccuracy).to.equal(null);
    });
    it("for one output, whole numbers are classes only if they are 0 and 1", async () => {
      const x = random(4).uniform(0, 1, [40, 1]);
      const ages = random(5).choice(90, 40).reshape(40, 1);
      const fit = { sizes: [1, 1], loss: "MSELoss", epochs: 1 } as const;
      expect((await run({ x, y: ages }, fit)).held.accuracy).to.equal(null);
      const binary = { x, y: ages.greater(45).astype("float64") };
      expect((await run(binary, { ...fit, loss: "BCEWithLogitsLoss" })).held.accuracy).to.be.within(0, 1);
    });
    it("class indices need no names: int32 y keeps its accuracy", async () => {
      const x = random(4).uniform(-1, 1, [60, 2]);
      const y = x.slice(null, 0).greater(0).astype("int32");
      const { held } = await run({ x, y }, { sizes: [2, 2], loss: "CrossEntropyLoss", epochs: 40 });
      expect(held.accuracy).to.be.above(0.9);
    });
  });
}

const bytes = (...shape: number[]): NDArray =>
  NumberArray.from(
    Uint8Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i % 256),
    shape,
  );

describe("DataLoader, targets without classes", () => {
  const x = array([[1, 2], [3, 4], [5, 6]]); // biome-ignore format: a matrix
  async function only(data: Samples, options: object = {}): Promise<manual.Batch> {
    for await (const batch of new DataLoader(data, { batchSize: 3, ...options })) return batch;
    return expect.fail("no batch");
  }
  it("keeps each target with its item when it shuffles, whatever the shape of y", async () => {
    for (const shape of [[3], [3, 1], [3, 2, 2], [3, 1, 2, 2]]) {
      const y = x.slice(null, [0, 1]).reshape(3, ...shape.slice(1).map(() => 1)).broadcastTo(shape); // biome-ignore format: one line
      const batch = await only({ x, y: y.add(zeros(shape)) }, { shuffle: true, seed: 5 });
      expect([batch.y.shape, batch.y.dtype]).to.deep.equal([shape, "float64"]);
      const firsts = [...batch.y.reshape(3, -1).slice(null, 0).copy().flat()];
      expect(firsts).to.deep.equal([...batch.x.slice(null, 0).copy().flat()]);
      expect(firsts).not.to.deep.equal([1, 3, 5]);
    }
  });
  it("gives floats in the dtype of x, int32 as they are, and memory of their own", async () => {
    const y = array([0.1, 0.2, 0.3]);
    const single = await only({ x, y }, { dtype: "float32" });
    expect([single.y.dtype, single.y.item(0)]).to.deep.equal(["float32", Math.fround(0.1)]);
    const masks = array([[1, 300], [2, 0], [0, 0]], { dtype: "int32" }); // biome-ignore format: a matrix
    const batch = await only({ x, y: masks }, { dtype: "float32" });
    expect([batch.y.dtype, batch.y.toArray()]).to.deep.equal(["int32", masks.toArray()]);
    (await only({ x, y })).y.flat().fill(9);
    expect([...y.flat()]).to.deep.equal([0.1, 0.2, 0.3]);
  });
  it("y that is x gets x's scale, but not its transform", async () => {
    const pictures = bytes(3, 1, 4, 4);
    const transform = { isRandom: false, forward: (image: NDArray) => image.slice(null, [0, 2]).copy() };
    const batch = await only({ x: pictures, y: pictures }, { transform });
    expect([batch.x.shape, batch.y.shape]).to.deep.equal([[3, 1, 2, 4], [3, 1, 4, 4]]); // biome-ignore format: a pair
    expect(batch.y.flat()[47]).to.equal(47 / 255);
  });
  it("take and splitDataset keep items and targets together", () => {
    const data = { x, y: x.mul(10) };
    expect(take(data, 2).y.toArray()).to.deep.equal([[10, 20], [30, 40]]); // biome-ignore format: a matrix
    const { train, validation } = splitDataset(data, 1 / 3, random(0));
    for (const part of [train, validation]) expect(part.y.toArray()).to.deep.equal(part.x.mul(10).toArray());
    const auto = splitDataset({ x, y: x }, 1 / 3, random(0));
    for (const part of [auto.train, auto.validation, take({ x, y: x }, 2)]) expect(part.y).to.equal(part.x);
    expect([train.x.shape, validation.y.shape]).to.deep.equal([[2, 2], [1, 2]]); // biome-ignore format: a pair
  });
  const refused: [what: string, data: object, message: string][] = [
    ["a list for y", { x, y: [0, 1, 2] }, "DataLoader: dataset.y is [0, 1, 2], expected an NDArray; np.array(list) makes one from a list"],
    ["no y", { x }, "DataLoader: dataset.y is missing, expected an NDArray"],
    ["no dataset", { data: x }, "DataLoader: dataset is { data }, expected a dataset, such as moons({ n: 200 }), or your own { x, y }"],
    ["classes by number", { x, y: x, classes: 3 }, "DataLoader: dataset.classes is 3, expected a list of names; leave it out if y holds numbers to be fitted"],
    ["another number of rows", { x, y: array([1, 2]) }, "the dataset: x has shape (3, 2) and y (2,); expected x (N, …) and y (N, …), one row per item"],
    ["rows of targets with classes", { name: "mine", x, y: x, classes: ["a"] }, "dataset mine: x has shape (3, 2) and y (3, 2); expected x (N, …) and y (N,), one class index per item; leave out classes if y holds other targets"],
    ["fractions with classes", { x, y: array([0, 0.5, 1]), classes: ["a", "b"] }, "DataLoader: the dataset, item 1: class index 0.5; expected a whole number from 0 to 1, one of its 2 classes; leave out classes if y holds numbers to be fitted"],
    ["NaN among the targets", { x, y: array([[0, 1], [2, Number.NaN], [0, 0]]) }, "DataLoader: the dataset has NaN in item 1, target, element 1; expected finite numbers"],
    ["bytes that could be either", { x, y: bytes(3) }, 'DataLoader: the dataset has a y of bytes, uint8 (3,), and no classes, so they could be indices or brightnesses; for indices pass y.astype("int32"), for brightnesses y.div(255), and to reproduce x pass x itself as y'],
  ]; // biome-ignore format: a table
  for (const [what, data, message] of refused)
    it(`refuses ${what}`, () => expect(() => new DataLoader(data as never)).to.throw(Error, message));
});
