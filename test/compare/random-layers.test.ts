import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type Case, cases, check } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import * as manual from "chalk-and-tape/manual";
import { type NDArray, ones, type Random, random, sqrt, zeros } from "chalk-and-tape/np";
import { checkSecondOrder, firstDifference, Propagation } from "#internal/compare";

const passes = (name: string, student: Parameters<typeof check>[1]): void => {
  const report = check(name, student, { quiet: true, rows: "all" });
  expect(report.failed, formatReport(report)).to.equal(0);
};
const says = (name: string, student: Parameters<typeof check>[1]): string =>
  formatReport(check(name, student, { quiet: true, rows: "all" }));

interface BatchNormOptions {
  readonly eps?: number;
  readonly momentum?: number | null;
  readonly affine?: boolean;
  readonly trackRunningStats?: boolean;
}

/** Batch normalisation from nothing but `Layer`, through every step of the graph, as CS231n's assignment asks for it. */
class MyBatchNorm extends manual.Layer {
  weight: NDArray | null;
  bias: NDArray | null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
  runningMean: NDArray | null = null;
  runningVar: NDArray | null = null;
  numBatchesTracked: NDArray | null = null;
  eps: number;
  momentum: number | null;
  cache: {
    centered: NDArray;
    std: NDArray;
    axes: number[];
    shape: number[];
    m: number;
    batch: boolean;
  } | null = null;

  constructor(features: number, options: BatchNormOptions = {}) {
    super();
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true } = options;
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? ones([features]) : null;
    this.bias = affine ? zeros([features]) : null;
    if (trackRunningStats) {
      this.runningMean = zeros([features]);
      this.runningVar = ones([features]);
      this.numBatchesTracked = zeros([]);
    }
  }
  forward(x: NDArray): NDArray {
    const axes = x.ndim === 2 ? [0] : [0, 2];
    const shape = x.ndim === 2 ? [1, -1] : [1, -1, 1];
    const m = x.size / (x.shape[1] as number);
    const batch = this.training || !this.runningMean;
    const mu = batch ? x.mean(axes, true) : (this.runningMean as NDArray).reshape(shape);
    const centered = x.sub(mu);
    const variance = batch
      ? centered.pow(2).sum(axes, true).div(m)
      : (this.runningVar as NDArray).reshape(shape);
    if (this.training && this.runningMean && this.runningVar && this.numBatchesTracked) {
      this.numBatchesTracked = this.numBatchesTracked.add(1);
      const f = this.momentum ?? 1 / this.numBatchesTracked.item();
      this.runningMean = this.runningMean.mul(1 - f).add(mu.reshape(-1).mul(f));
      this.runningVar = this.runningVar.mul(1 - f).add(variance.reshape(-1).mul((f * m) / (m - 1)));
    }
    const std = sqrt(variance.add(this.eps));
    this.cache = { centered, std, axes, shape, m, batch };
    const y = this.weight ? centered.div(std).mul(this.weight.reshape(shape)) : centered.div(std);
    return this.bias ? y.add(this.bias.reshape(shape)) : y;
  }
  backward(dy: NDArray): NDArray {
    const { centered, std, axes, shape, m, batch } = this.cache as NonNullable<MyBatchNorm["cache"]>;
    this.dWeight = this.weight && dy.mul(centered.div(std)).sum(axes);
    this.dBias = this.bias && dy.sum(axes);
    const dxhat = this.weight ? dy.mul(this.weight.reshape(shape)) : dy;
    if (!batch) return dxhat.div(std);
    const dStd = dxhat.mul(centered).sum(axes, true).neg().div(std.mul(std));
    const dVariance = dStd.div(std.mul(2));
    const dCentered = dxhat.div(std).add(centered.mul(dVariance).mul(2 / m));
    return dCentered.sub(dCentered.sum(axes, true).div(m));
  }
}

/** Inverted dropout from the documentation. */
class MyDropout extends manual.Layer {
  rng: Random;
  p: number;
  mask: NDArray | null = null;
  constructor(p: number, { rng }: { rng: Random }) {
    super();
    this.p = p;
    this.rng = rng.spawn();
  }
  forward(x: NDArray): NDArray {
    const kept = this.rng.uniform(0, 1, x.shape).greaterEqual(this.p).astype("float64");
    this.mask = this.training ? (this.p === 1 ? kept : kept.div(1 - this.p)) : ones(x.shape);
    return x.mul(this.mask);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul(this.mask as NDArray);
  }
}

describe("check, layers with statistics and random numbers", () => {
  it("a batch normalisation from scratch passes, by another formula than ours", () => {
    passes("BatchNorm1d", MyBatchNorm);
  });
  it("a dropout from scratch passes: the harness sets its generator back before each forward", () => {
    passes("Dropout", MyDropout);
  });
  it("a generator that the harness cannot see is not repeatable, and what to do is said", () => {
    class Hidden extends manual.Layer {
      readonly #rng: Random;
      readonly #p: number;
      #mask: NDArray | null = null;
      constructor(p: number, { rng }: { rng: Random }) {
        super();
        this.#p = p;
        this.#rng = rng.spawn();
      }
      forward(x: NDArray): NDArray {
        this.#mask = this.#rng.uniform(0, 1, x.shape).greaterEqual(this.#p).astype("float64").mul(2);
        return this.training ? x.mul(this.#mask) : x;
      }
      backward(dy: NDArray): NDArray {
        return dy.mul(this.#mask as NDArray);
      }
    }
    expect(says("Dropout", Hidden)).to.match(/repeatable[\s\S]*keeps its generator in a field, this\.rng/);
  });
  it("sees another initial weight than 1, and a missing one", () => {
    class Zeros extends manual.BatchNorm1d {
      constructor(...given: ConstructorParameters<typeof manual.BatchNorm1d>) {
        super(...given);
        this.weight?.copyFrom(zeros(this.weight.shape));
      }
    }
    const report = check("BatchNorm1d", Zeros, { quiet: true, rows: "all", start: true });
    const start = report.rows.filter(({ quantity }) => quantity === "equal start");
    expect(start.find((row) => row.case === "BatchNorm1d: as it starts")?.verdict).to.equal("disagree");
  });
  it("statistics that evaluation changes are seen", () => {
    class Tracks extends manual.BatchNorm1d {
      override forward(x: NDArray): NDArray {
        const { training } = this;
        const y = super.forward(x);
        if (!training && this.runningMean)
          this.runningMean = this.runningMean.mul(0.9).add(x.mean(0).mul(0.1));
        return y;
      }
    }
    expect(says("BatchNorm1d", Tracks)).to.match(/✗ BatchNorm1d: in evaluation/);
  });
  it("second derivatives of a layer that draws are of one mask", () => {
    const row = cases.find(({ what }) => what === "Linear, BatchNorm1d, Dropout, Linear") as Case;
    const found = checkSecondOrder(row, 7);
    expect(found.filter(({ verdict }) => verdict !== "agree")).to.deep.equal([]);
    expect(found.map(({ quantity }) => quantity)).to.include.members(["x", "0.weight", "1.weight", "dy"]);
  });
});

describe("propagation of one changed element", () => {
  const net = (layer: (rng: Random) => manual.Layer, rng: Random): manual.Sequential =>
    new manual.Sequential(new manual.Linear(4, 3, { rng }), layer(rng), new manual.Linear(3, 2, { rng }));
  const x = random(1).normal(0, 1, [5, 4]);
  const of = (layer: (rng: Random) => manual.Layer, mode = true): Propagation | null =>
    Propagation.of(net(layer, random(2)).train(mode), new Map([["x", x]]), random(3).normal(0, 1, [5, 2]));

  it("is none where samples are mixed or random numbers are drawn, and is one in evaluation", () => {
    expect(of(() => new manual.BatchNorm1d(3))).to.equal(null);
    expect(of((rng) => new manual.Dropout(0.5, { rng }))).to.equal(null);
    expect(
      of((rng) => new manual.Dropout(0.001, { rng })),
      "that drops nothing on these rows",
    ).to.equal(null);
    expect(of(() => new manual.LayerNorm(3))).to.be.instanceOf(Propagation);
    expect(of(() => new manual.BatchNorm1d(3), false)).to.be.instanceOf(Propagation);
    expect(of((rng) => new manual.Dropout(0.5, { rng }), false)).to.be.instanceOf(Propagation);
  });
});

describe("firstDifference, with dropout in the network", () => {
  class WithoutMean extends manual.BatchNorm1d {
    #y: NDArray | null = null;
    override forward(x: NDArray): NDArray {
      this.#y = super.forward(x);
      return this.#y;
    }
    override backward(dy: NDArray): NDArray {
      return super.backward(dy).add(dy.mean(0, true).mul((this.#y as NDArray).size > 0 ? 1 : 0));
    }
  }
  const chalk = (rng: Random, norm: manual.Layer): manual.Sequential =>
    new manual.Sequential(
      new manual.Linear(3, 4, { rng }),
      norm,
      new manual.Dropout(0.4, { rng }),
      new manual.Linear(4, 2, { rng }),
    );
  const tape = (rng: Random): autograd.Sequential =>
    new autograd.Sequential(
      new autograd.Linear(3, 4, { rng }),
      new autograd.BatchNorm1d(4),
      new autograd.Dropout(0.4, { rng }),
      new autograd.Linear(4, 2, { rng }),
    );
  const question = (norm: manual.Layer): Parameters<typeof firstDifference>[0] => {
    const rng = random(8);
    const draw = (): readonly [NDArray] => [rng.normal(0, 1, [6, 3])];
    const dy = rng.normal(0, 1, [6, 2]);
    const earlier = { inputs: draw(), dy: rng.normal(0, 1, [6, 2]) };
    return { left: chalk(random(4), norm), right: tape(random(4)), inputs: draw(), dy, earlier };
  };
  it("nothing parts where both are right: both see the same masks, twice", () => {
    expect(firstDifference(question(new manual.BatchNorm1d(4)))).to.equal(null);
  });
  it("the wrong layer is named, and not the dropout behind it", () => {
    const found = firstDifference(question(new WithoutMean(4)));
    expect(found).to.include({ pass: "backward", part: "layers[1]", blame: "part" });
    expect(found?.quantities).to.deep.equal(["x"]);
  });
  const withDropout = (Kind: typeof manual.Dropout): Parameters<typeof firstDifference>[0] => {
    const rng = random(4);
    const left = new manual.Sequential(
      new manual.Linear(3, 4, { rng }),
      new manual.BatchNorm1d(4),
      new Kind(0.4, { rng }),
      new manual.Linear(4, 2, { rng }),
    );
    return { ...question(new manual.BatchNorm1d(4)), left };
  };
  it("a dropout that is wrong is explained by the mask of that very forward", () => {
    class IgnoresDy extends manual.Dropout {
      override backward(dy: NDArray): NDArray {
        return super.backward(ones(dy.shape));
      }
    }
    const found = firstDifference(withDropout(IgnoresDy));
    expect(found).to.include({ pass: "backward", part: "layers[2]", blame: "part" });
    expect(found?.diagnosis?.cause).to.equal("mask returned");
  });
  it("one that draws in backward as well is wrong there: an earlier run leaves no trace in the masks", () => {
    class NewMask extends manual.Dropout {
      override backward(dy: NDArray): NDArray {
        super.forward(dy);
        return super.backward(dy);
      }
    }
    expect(firstDifference(withDropout(NewMask))).to.include({ pass: "backward", part: "layers[2]" });
  });
});
