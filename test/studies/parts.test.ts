import { expect } from "chai";
import { DeepMlp, Linear, MSELoss, ReLU, Sequential, Tanh, Tensor } from "chalk-and-tape/autograd";
import {
  abs,
  array,
  eye,
  linalg,
  maximum,
  type NDArray,
  oneHot,
  random,
  ShapeError,
  zeros,
} from "chalk-and-tape/np";
import {
  discAndRing,
  discAndRingGrid,
  judgeSeparation,
  layerOutputs,
  linearProbe,
  mostOfTwoUnits,
  principalComponents,
  trainOnAll,
} from "chalk-and-tape/studies";
import { outputs } from "#internal/studies";

const largest = (x: NDArray): number => abs(x).max().item();

describe("a linear probe", () => {
  const rng = random(1);
  const labels = (n: number): NDArray => array(Array.from({ length: n }, (_, i) => i % 3), { dtype: "int32" }); // biome-ignore format: short

  it("is least squares with an intercept when the penalty is small", () => {
    const [x, y] = [rng.normal(0, 1, [30, 4]), labels(30)];
    const { weight, bias } = linearProbe(x, y, { ridge: 1e-12 });
    const { x: both } = linalg.lstsq(x.sub(x.mean(0)), oneHot(y, 3).sub(oneHot(y, 3).mean(0)));
    expect(largest(weight.sub(both))).to.be.below(1e-9);
    expect(largest(bias.sub(oneHot(y, 3).mean(0).sub(x.mean(0).matmul(both))))).to.be.below(1e-9);
  });
  it("gives the same weights with more features than rows as by the other formula", () => {
    const [x, y] = [rng.normal(0, 1, [6, 20]), labels(6)];
    const centred = x.sub(x.mean(0));
    const penalty = 0.1 * 6 * centred.mul(centred).mean().item();
    const t = oneHot(y, 3).sub(oneHot(y, 3).mean(0));
    const weight = linalg.solve(centred.T.matmul(centred).add(eye(20).mul(penalty)), centred.T.matmul(t));
    expect(largest(linearProbe(x, y, { ridge: 0.1 }).weight.sub(weight))).to.be.below(1e-12);
  });
  it("constant features: the shares of the classes", () => {
    const probe = linearProbe(zeros([3, 2]), array([0, 1, 1], { dtype: "int32" }));
    expect(largest(probe.bias.sub(array([1 / 3, 2 / 3])))).to.be.below(1e-15);
  });
  it("refuses labels of another number", () => {
    expect(() => linearProbe(zeros([3, 2]), labels(4))).to.throw(ShapeError, "a label for each row");
  });
});

describe("training on all data", () => {
  it("refuses an option it does not know, and one that is missing", async () => {
    const train = async (options: object): Promise<string> => {
      const given = options as Parameters<typeof trainOnAll>[3]; // a wrong call from JavaScript
      const call = trainOnAll(new Linear(1, 1, { rng: random(0) }), zeros([1, 1]), zeros([1, 1]), given);
      return call.then(String, String);
    };
    const recipe = { loss: new MSELoss(), steps: 2, lr: 0.1 };
    expect(await train({ ...recipe, step: 9 })).to.match(
      /^TypeError: trainOnAll: unknown option "step".*"steps"/,
    );
    expect(await train({ loss: recipe.loss, steps: 2 })).to.match(/^TypeError: trainOnAll: lr is missing/);
    expect(Number(await train(recipe))).to.be.finite;
  });
});

describe("principal components", () => {
  it("of tall and of wide data: orthonormal, and all of them give the data back", () => {
    for (const shape of [
      [20, 5],
      [5, 20],
    ]) {
      const x = random(2).normal(0, 1, shape);
      const { mean, directions, kept, project } = principalComponents(x);
      const k = directions.shape[1] ?? 0;
      expect(k).to.equal(shape[0] === 5 ? 4 : 5); // the mean of five rows takes one direction
      expect(largest(directions.T.matmul(directions).sub(eye(k)))).to.be.below(1e-12);
      expect(largest(project(x, k).matmul(directions.T).add(mean).sub(x))).to.be.below(1e-12);
      const shares = [...kept.flat()];
      expect(shares).to.deep.equal([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).to.be.closeTo(1, 1e-12);
    }
  });
  it("refuses rows that are all equal", () => {
    expect(() => principalComponents(zeros([3, 2]))).to.throw(RangeError, "all rows of x are equal");
  });
});

describe("the outputs of layers", () => {
  it("are those of the parts, and the last is the model's", () => {
    const model = new DeepMlp({ sizes: [2, 3, 4, 1], rng: random(0) });
    const x = random(1).normal(0, 1, [5, 2]);
    const found = layerOutputs(model, x);
    expect(Object.keys(found)).to.deep.equal(["flatten", "layer1", "relu1", "layer2", "relu2", "layer3"]);
    const { layer1 = zeros([1]), relu1 = zeros([1]), layer3 } = found;
    expect(layer3?.toArray()).to.deep.equal(outputs(model, x).toArray());
    expect(largest(maximum(layer1, 0).sub(relu1))).to.equal(0);
  });
  it("leave no hook behind, even if the model fails", () => {
    const model = new Sequential(new Linear(2, 1, { rng: random(0) }));
    expect(() => layerOutputs(model, zeros([1, 3]))).to.throw(ShapeError);
    const first = layerOutputs(model, zeros([1, 2]));
    expect(Object.keys(first)).to.deep.equal(["0"]);
    const { 0: kept } = first;
    model.forward(new Tensor(zeros([7, 2])));
    expect(first[0]).to.equal(kept);
  });
});

describe("disc and ring", () => {
  const grid = discAndRingGrid(60);

  it("every point lies where its class says", () => {
    for (const { x, y } of [discAndRing(200, random(0)), grid]) {
      const flat = x.flat();
      for (const [i, isDisc] of y.flat().entries()) {
        const r = Math.hypot(flat[2 * i] ?? 0, flat[2 * i + 1] ?? 0);
        if (isDisc === 1) expect(r).to.be.at.most(1);
        else expect(r).to.be.within(1.5, 2.5);
      }
    }
  });

  it("no net of two units, drawn at random, gets past the bound; a strip and a wedge neither", () => {
    const most = mostOfTwoUnits(grid);
    expect(most).to.be.within(0.86, 0.89);
    for (let seed = 0; seed < 300; seed++) {
      const rng = random(seed);
      const bend = seed % 2 === 0 ? new Tanh() : new ReLU();
      const net = new Sequential(new Linear(2, 2, { rng }), bend, new Linear(2, 1, { rng }));
      for (const parameter of net.parameters()) parameter.data.set(rng.normal(0, 3, parameter.shape));
      const { share, isSeparated } = judgeSeparation(outputs(net, grid.x), grid);
      expect(share).to.be.at.most(most);
      expect(isSeparated).to.equal(false);
    }
    const [a, b] = [grid.x.slice(null, [0, 1]), grid.x.slice(null, [1, 2])];
    const strip = abs(a).mul(-1).add(1);
    const wedge = b.sub(abs(a)).add(1.4);
    for (const logits of [strip, wedge]) {
      const found = judgeSeparation(logits, grid);
      expect(found.share).to.be.below(most);
      expect(found.isSeparated).to.equal(false);
    }
  });

  it("the true circle separates; one with a gap of two sectors does not, whatever its share", () => {
    const circle = grid.x
      .mul(grid.x)
      .sum(1)
      .reshape(-1, 1)
      .mul(-1)
      .add(1.25 ** 2);
    expect(judgeSeparation(circle, grid)).to.deep.equal({ share: 1, worstPlace: 1, isSeparated: true });
    const flat = grid.x.flat();
    const leaks = circle.flat().map((value, i) => {
      const turn = Math.atan2(flat[2 * i + 1] ?? 0, flat[2 * i] ?? 0);
      return turn > 0 && turn < Math.PI / 9 ? 1 : value;
    });
    const found = judgeSeparation(array([...leaks]).reshape(-1, 1), grid);
    expect(found.share).to.be.above(0.94);
    expect(found).to.include({ worstPlace: 0, isSeparated: false });
  });
});
