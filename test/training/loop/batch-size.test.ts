// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { contracts } from "chalk-and-tape/contracts";
import * as manual from "chalk-and-tape/manual";
import { array, concatenate, exp, log, type NDArray, random, sigmoid, softmax } from "chalk-and-tape/np";
import * as fc from "fast-check";

type Batch = manual.Batch;
type LossName = Extract<keyof typeof contracts, `${string}Loss`>;

const n = 12;
const rng = random(7);
const normal = (...shape: number[]): NDArray => rng.normal(0, 2, shape);
const classes = (c: number, ...shape: number[]): NDArray =>
  rng
    .choice(
      c,
      [n, ...shape].reduce((a, b) => a * b),
    )
    .reshape(n, ...shape);
/** Every second class index is replaced by one that the loss ignores. */
const halfIgnored = (y: NDArray, index: number): NDArray => {
  const copy = y.copy();
  const flat = copy.flat();
  for (let i = 1; i < flat.length; i += 2) flat[i] = index;
  return copy;
};
const signs = (...shape: number[]): NDArray =>
  array(
    normal(...shape)
      .flat()
      .map(Math.sign),
  ).reshape(...shape);
const scores = normal(n, 3);
const pixels = normal(n, 3, 2, 2);
const probabilities = sigmoid(normal(n, 3));
const rows = softmax(normal(n, 3), 1);
const weight = array([0, 1, 10]);
const elementwise = { x: normal(n, 3), y: normal(n, 3) };
const binary = { x: probabilities, y: sigmoid(normal(n, 3)) };

/** Data for each loss, with every option that changes what a mean divides by. */
const losses: Readonly<Record<LossName, readonly (Batch & { readonly options?: object })[]>> = {
  MSELoss: [elementwise, { x: normal(n, 2, 3), y: normal(n, 2, 3) }, { x: normal(n), y: normal(n) }],
  L1Loss: [elementwise],
  HuberLoss: [elementwise, { ...elementwise, options: { delta: 0.5 } }],
  SmoothL1Loss: [elementwise, { ...elementwise, options: { beta: 0 } }],
  BCELoss: [binary, { ...binary, options: { weight } }],
  BCEWithLogitsLoss: [
    { x: scores, y: binary.y },
    { x: scores, y: binary.y, options: { weight, posWeight: weight } },
  ],
  CrossEntropyLoss: [
    { x: scores, y: classes(3) },
    { x: scores, y: classes(3), options: { weight } },
    { x: scores, y: halfIgnored(classes(3), -100) },
    { x: scores, y: halfIgnored(classes(3), 1), options: { weight: array([2, 1, 10]), ignoreIndex: 1 } },
    {
      x: scores,
      y: halfIgnored(classes(3), 0),
      options: { weight: array([2, 1, 10]), ignoreIndex: 0, labelSmoothing: 0.2 },
    },
    { x: scores, y: rows, options: { weight, labelSmoothing: 0.2 } },
    { x: pixels, y: halfIgnored(classes(3, 2, 2), -100), options: { weight } },
    { x: pixels, y: softmax(pixels, 1), options: { weight } },
  ],
  NLLLoss: [
    { x: log(rows), y: classes(3), options: { weight } },
    { x: pixels, y: halfIgnored(classes(3, 2, 2), 2), options: { weight, ignoreIndex: 2 } },
  ],
  KLDivLoss: [
    { x: log(rows), y: softmax(normal(n, 3), 1) },
    { x: normal(n, 2, 3), y: normal(n, 2, 3), options: { logTarget: true } },
  ],
  HingeEmbeddingLoss: [{ x: exp(normal(n, 2)), y: signs(n, 2) }],
  MultiMarginLoss: [
    { x: scores, y: classes(3), options: { weight } },
    { x: scores, y: classes(3), options: { p: 2 } },
  ],
  CosineEmbeddingLoss: [{ x: normal(n, 6), y: signs(n) }],
};

/** CosineEmbeddingLoss takes two inputs; here each row of x holds both. The fields are read after forward. */
function chalkPairs(options: object): manual.Loss {
  const inner = new manual.CosineEmbeddingLoss(options);
  return {
    reduction: inner.reduction,
    get divisor() {
      return inner.divisor;
    },
    forward: (x, y) => inner.forward(x.slice(null, [0, 3]), x.slice(null, [3, 6]), y),
    backward: () => concatenate(inner.backward(), 1),
  };
}
function tapePairs(options: object): autograd.Loss {
  const inner = new autograd.CosineEmbeddingLoss(options);
  return {
    reduction: inner.reduction,
    get divisor() {
      return inner.divisor;
    },
    forward: (x, y) => inner.forward(x.slice(null, [0, 3]), x.slice(null, [3, 6]), y),
  };
}

interface Side {
  readonly name: "chalk" | "tape";
  /** The loss's divisor before and after a forward. */
  divisors(name: Exclude<LossName, "CosineEmbeddingLoss">, options: object, batch: Batch): (number | null)[];
  /** What batches of a data set give, by a loss made anew each time. */
  measures(name: LossName, options: object): Measures;
}
interface Measures {
  /** The loss of one batch, as PyTorch computes it. */
  readonly whole: (batch: Batch) => number;
  readonly evaluate: (batches: AsyncIterable<Batch>) => Promise<number>;
  /** The history's loss of an epoch in which the weights stay. */
  readonly train: (batches: AsyncIterable<Batch>) => Promise<number | undefined>;
}
/** An optimizer that changes nothing. */
const still = { step: (): void => {}, zeroGrad: (): void => {} };
const loop = { optimizer: still, warn: (): void => {} };

const chalk: Side = {
  name: "chalk",
  divisors(name, options, { x, y }) {
    const loss = new manual[name](options);
    const before = loss.divisor;
    loss.forward(x, y);
    return [before, loss.divisor];
  },
  measures(name, options) {
    const loss = name === "CosineEmbeddingLoss" ? chalkPairs(options) : new manual[name](options);
    const same = new manual.PReLU(1, { init: 1 }); // y = x
    return {
      whole: ({ x, y }) => loss.forward(x, y).item(),
      evaluate: async (batches) => (await manual.evaluate(same, batches, loss)).loss,
      train: async (batches) => (await manual.train(same, batches, { ...loop, loss })).trainLosses[0],
    };
  },
};
const tape: Side = {
  name: "tape",
  divisors(name, options, { x, y }) {
    const loss = new autograd[name](options);
    const before = loss.divisor;
    loss.forward(autograd.tensor(x), y);
    return [before, loss.divisor];
  },
  measures(name, options) {
    const loss = name === "CosineEmbeddingLoss" ? tapePairs(options) : new autograd[name](options);
    const same = new autograd.PReLU(1, { init: 1 }); // y = x
    return {
      whole: ({ x, y }) => loss.forward(autograd.tensor(x), y).item(),
      evaluate: async (batches) => (await autograd.evaluate(same, batches, loss)).loss,
      train: async (batches) => (await autograd.train(same, batches, { ...loop, loss })).trainLosses[0],
    };
  },
};

async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("it did not fail"),
    (error) => error as Error,
  );
}

/** The rows in batches of these sizes, over and over. */
function batchesOf({ x, y }: Batch, sizes: readonly number[]): AsyncIterable<Batch> {
  return {
    async *[Symbol.asyncIterator]() {
      const count = x.shape[0] ?? 0;
      for (let i = 0, k = 0; i < count; k++) {
        const end = Math.min(count, i + (sizes[k % sizes.length] ?? count));
        yield { x: x.slice([i, end]), y: y.slice([i, end]) };
        i = end;
      }
    },
  };
}
function expectClose(found: number | undefined, wanted: number, what: string): void {
  const bound = 1e-12 * Math.max(1, Math.abs(wanted));
  expect(found, `${what} gives ${found}`).to.be.closeTo(wanted, bound);
}

describe("training, no number depends on the batch size", () => {
  it("every loss of the catalogue is here", () => {
    const all = Object.keys(contracts).filter((name) => name.endsWith("Loss"));
    expect(Object.keys(losses).sort()).to.deep.equal(all.sort());
  });
  for (const side of [chalk, tape]) {
    for (const name of Object.keys(losses) as LossName[]) {
      for (const [i, { options = {}, ...data }] of losses[name].entries()) {
        for (const reduction of name === "KLDivLoss" ? ["mean", "batchmean", "sum"] : ["mean", "sum"]) {
          const given = Object.keys(options).join(", ");
          it(`${side.name}: ${name} ${i + 1}, ${reduction}${given && `, with ${given}`}`, async () => {
            const { whole, evaluate, train } = side.measures(name, { ...options, reduction });
            const wanted = whole(data);
            expect(Number.isFinite(wanted)).to.equal(true);
            await fc.assert(
              fc.asyncProperty(fc.array(fc.integer({ min: 1, max: n }), { minLength: 1 }), async (sizes) =>
                expectClose(
                  await evaluate(batchesOf(data, sizes)),
                  wanted,
                  `evaluate in batches of ${sizes}`,
                ),
              ),
              { numRuns: 10, examples: [[[1]], [[2]], [[5]], [[n]]] },
            );
            for (const size of [4, 7, n])
              expectClose(await train(batchesOf(data, [size])), wanted, `train in batches of ${size}`);
          });
        }
      }
    }
  }
});

/** Evaluates a loss of one's own, the mean squared error with these fields, on either side. */
const own = {
  chalk: (data: AsyncIterable<Batch>, fields: object) =>
    manual.evaluate(new manual.Identity(), data, {
      ...fields,
      forward: (x, y) => x.sub(y).pow(2).mean(),
      backward: () => array(0),
    }),
  tape: (data: AsyncIterable<Batch>, fields: object) =>
    autograd.evaluate(new autograd.Identity(), data, {
      ...fields,
      forward: (x, y) => x.sub(y).pow(2).mean(),
    }),
};

for (const side of [chalk, tape]) {
  describe(`training, the divisor of a loss, on ${side.name}`, () => {
    const evaluate = own[side.name];
    const five = {
      x: array([[2, 1], [1, 0], [-1, 1], [3, 0], [0, 0.5]]), // biome-ignore format: a matrix
      y: array([0, 0, 1, 1, 0], { dtype: "int32" }),
    };
    const weighted = { weight: array([1, 10]) };
    it("a weighted mean divides once by the weights of all targets, and a sum is not divided", async () => {
      const logs = log(softmax(five.x, 1)).flat();
      const parts = [...five.y.flat()].map((c, i) => -(logs[2 * i + c] ?? 0) * (c === 1 ? 10 : 1));
      const total = parts.reduce((a, b) => a + b);
      for (const sizes of [[2], [5], [1], [3, 1]]) {
        const batches = batchesOf(five, sizes);
        const mean = side.measures("CrossEntropyLoss", weighted);
        expectClose(await mean.evaluate(batches), total / 23, `mean, ${sizes}`);
        expectClose(await mean.train(batches), total / 23, `mean of a history, ${sizes}`);
        const sum = side.measures("CrossEntropyLoss", { ...weighted, reduction: "sum" });
        expectClose(await sum.evaluate(batches), total, `sum, ${sizes}`);
        expectClose(await sum.train(batches), total, `sum of a history, ${sizes}`);
      }
    });
    it("is null before forward, then what the sum was divided by", () => {
      expect(side.divisors("MSELoss", {}, elementwise)).to.deep.equal([null, 3 * n]);
      expect(side.divisors("MSELoss", { reduction: "sum" }, elementwise)).to.deep.equal([null, 1]);
      expect(side.divisors("KLDivLoss", { reduction: "batchmean" }, { x: log(rows), y: rows })).to.deep.equal(
        [null, n],
      );
      expect(side.divisors("CrossEntropyLoss", weighted, five)).to.deep.equal([null, 23]);
      expect(side.divisors("CrossEntropyLoss", { ignoreIndex: 1 }, five)).to.deep.equal([null, 3]);
      expect(side.divisors("NLLLoss", {}, { x: pixels, y: classes(3, 2, 2) })).to.deep.equal([null, 4 * n]);
      expect(side.divisors("MultiMarginLoss", weighted, five)).to.deep.equal([null, 5]);
    });
    it("a batch whose targets are all ignored counts for nothing", async () => {
      const y = array([1, 1, 1, 0, 0], { dtype: "int32" });
      const { evaluate: judge, whole } = side.measures("CrossEntropyLoss", { ignoreIndex: 1 });
      const wanted = whole({ x: five.x.slice([3, 5]), y: y.slice([3, 5]) });
      for (const sizes of [[1], [2], [3], [5]])
        expectClose(await judge(batchesOf({ x: five.x, y }, sizes)), wanted, `batches of ${sizes}`);
    });
    it("a loss of your own counts rows; with a divisor, by that; with reduction sum, adds up", async () => {
      const data = { x: array([[1], [2], [3]]), y: array([[0], [0], [0]]) }; // squares 1, 4, 9
      const batches = batchesOf(data, [2]);
      expect((await evaluate(batches, {})).loss).to.be.closeTo(14 / 3, 1e-12);
      expect((await evaluate(batches, { divisor: null })).loss).to.be.closeTo(14 / 3, 1e-12);
      expect((await evaluate(batches, { divisor: 7 })).loss).to.be.closeTo((2.5 + 9) / 2, 1e-12);
      expect((await evaluate(batches, { reduction: "sum" })).loss).to.be.closeTo(2.5 + 9, 1e-12);
    });
    it("a divisor that is not a number is refused", async () => {
      const error = await rejection(evaluate(batchesOf(elementwise, [5]), { divisor: "many" }));
      expect(error).to.be.instanceOf(TypeError);
      expect(error.message).to.equal(
        'average: the loss\'s divisor is "many", expected a number, or null for the number of rows',
      );
    });
    it("reduction none is refused, even where a batch has one row", async () => {
      for (const sizes of [[1], [n]]) {
        const { evaluate: judge, train } = side.measures("MultiMarginLoss", { reduction: "none" });
        const batches = batchesOf({ x: scores, y: classes(3) }, sizes);
        for (const [
          where,
          result,
        ] of [["evaluate", judge(batches)], ["computeGradients", train(batches)]] as const) // biome-ignore format: a table
          expect((await rejection(result)).message).to.equal(
            `${where}: the loss has reduction "none", expected one number: build it with reduction "mean" or "sum", or end its forward with .mean()`,
          );
      }
    });
  });
}
