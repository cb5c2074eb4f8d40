import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import { array, type NDArray, oneHot, ShapeError, zeros } from "chalk-and-tape/np";
import { accuracy, predictions } from "chalk-and-tape/training";
import { classTargets, expectShape, reduceLoss } from "#internal/contracts";
import { yieldToEventLoop } from "#internal/np";

const int = (values: number[] | number[][]): NDArray => array(values, { dtype: "int32" });
describe("training, metrics", () => {
  it("predictions: the first largest of C scores, or the sign of a single logit", () => {
    expect(predictions(array([[1, 3, 2], [5, 5, 0], [-3, -2, -1]])).toArray()).to.deep.equal([1, 0, 2]); // biome-ignore format: a matrix
    const signs = predictions(array([[0.1], [-0.1], [0], [7]]));
    expect([signs.toArray(), signs.dtype]).to.deep.equal([[1, 0, 0, 1], "int32"]);
  });
  it("accuracy is the share of right rows; labels may be (N,) or (N, 1)", () => {
    const scores = array([[1, 3], [2, 0], [0, 1], [0, 1]]); // biome-ignore format: a matrix
    expect(accuracy(scores, int([1, 0, 1, 0]))).to.equal(0.75);
    expect(accuracy(scores, int([[1], [0], [0], [0]]))).to.equal(0.5);
    expect(accuracy(array([[2], [-2]]), array([[1], [1]]))).to.equal(0.5);
  });
  it("accuracy counts a row with NaN as wrong, whichever class argmax gives it", () => {
    const [nan, scores] = [Number.NaN, int([0, 0, 1, 1])];
    expect(accuracy(array([[nan, nan], [2, 0], [0, nan], [0, 1]]), scores)).to.equal(0.5); // biome-ignore format: a matrix
    expect(accuracy(array([[nan], [-1], [nan], [1]]), scores)).to.equal(0.5);
    expect(accuracy(array([[nan], [nan]]), int([[0], [1]]))).to.equal(0);
  });
  it("accuracy refuses other numbers of rows", () => {
    expect(() => accuracy(zeros([3, 2]), int([0, 1]))).to.throw(
      ShapeError,
      "accuracy: 3 rows of scores, but 2 targets",
    );
  });
});

describe("training, yieldToEventLoop", () => {
  /** The time that this process has computed, in ms: on a busy machine it waits, and waiting proves nothing. */
  const computedMs = (): number => process.cpuUsage().user / 1000;

  it("in 400 ms of busy work a timer gets its turn within every 100 ms", async () => {
    const turns: number[] = [computedMs()];
    const timer = setInterval(() => turns.push(computedMs()), 5);
    const end = computedMs() + 400;
    while (computedMs() < end) {
      const busy = computedMs() + 2;
      while (computedMs() < busy);
      await yieldToEventLoop();
    }
    clearInterval(timer);
    turns.push(computedMs());
    const gaps = turns.slice(1).map((t, i) => t - (turns[i] as number));
    // 50 ms by design; V8's other threads may compute as much again.
    expect(Math.max(...gaps)).to.be.below(150);
    expect(turns.length).to.be.above(4);
  }).retries(2);
  it("returns at once while the turn lasts: a thousand calls cost no thousand timers", async () => {
    let turns = 0;
    let next = setImmediate(function again() {
      turns++;
      next = setImmediate(again);
    });
    for (let i = 0; i < 1000; i++) await yieldToEventLoop();
    clearImmediate(next);
    expect(turns).to.be.below(100);
  });
});

describe("training, losses' common parts", () => {
  it("reduceLoss: mean, sum, or the elements themselves, for arrays and tensors", () => {
    for (const x of [array([1, 2, 6]), tensor([1, 2, 6])]) {
      expect(reduceLoss(x as NDArray, { reduction: "mean", divisor: null }).item()).to.equal(3);
      expect(reduceLoss(x as NDArray, { reduction: "sum", divisor: null }).item()).to.equal(9);
      expect(reduceLoss(x as NDArray, { reduction: "none", divisor: null })).to.equal(x);
    }
  });
  it("classTargets tells indices from probabilities by shape and dtype", () => {
    const kind = (target: NDArray, logits = [2, 3]): string => classTargets("here", zeros(logits), target);
    expect(kind(int([0, 2]))).to.equal("indices");
    expect(kind(array([0, 2]))).to.equal("indices");
    expect(kind(zeros([2, 3]))).to.equal("probabilities");
    expect(kind(zeros([2, 1]), [2, 1]), "one class, (N, 1) floats").to.equal("probabilities");
    expect(() => kind(oneHot(int([0, 2]), 3))).to.throw(TypeError, /^here: target is one-hot/);
    expect(kind(int([[0, 2], [1, 1]]), [2, 3, 2]), "an index for every pixel").to.equal("indices"); // biome-ignore format: a matrix
    expect(kind(zeros([2, 3, 2]), [2, 3, 2])).to.equal("probabilities");
    expect(() => kind(int([0, 2]), [2, 3, 4])).to.throw(
      ShapeError,
      "here: target has shape (2,), expected (2, 4) class indices or (2, 3, 4) probabilities",
    );
    expect(kind(array(2), [3])).to.equal("indices");
    expect(kind(array([0.5, 0.5]), [2])).to.equal("probabilities");
    expect(() => kind(int([0, 2]), [2])).to.throw(TypeError, "Logits of shape (2,) are those of one sample");
    expect(() => kind(array(0), [])).to.throw(ShapeError, "here: logits has shape (), expected (N, C)");
    expect(() => kind(zeros([2, 3, 1]))).to.throw(
      ShapeError,
      "expected (2,) class indices or (2, 3) probabilities",
    );
    expect(() => kind(array(1))).to.throw(ShapeError);
  });
  it("expectShape: numbers must be equal, letters stand for any length, the number of axes counts", () => {
    expectShape("f", "x", [7, 5], ["N", 5]);
    expect(() => expectShape("f", "x", [7, 5], ["N"])).to.throw(
      ShapeError,
      /^f: x has shape \(7, 5\), expected \(N,\)$/,
    );
    expect(() => expectShape("f", "x", [5], ["N", 5], "reshape it")).to.throw(
      ShapeError,
      "f: x has shape (5,), expected (N, 5); reshape it",
    );
  });
});
