import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type CompareOptions, type CompareOutcome, compare } from "chalk-and-tape/compare";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";
import { bounds, Judge } from "#internal/compare";

type DType = "float64" | "float32";
interface Setting {
  readonly dtype?: DType;
  readonly lr?: number;
  readonly epochs?: number;
  readonly batches?: number;
  /** Called between building and training. */
  readonly meddle?: (chalk: manual.Layer, tape: autograd.Module) => void;
}

/** Chalk's Linear with its forward shifted, or a gradient turned round. */
class Shifted extends manual.Linear {
  shift = 0;
  override forward(x: NDArray): NDArray {
    return super.forward(x).add(this.shift);
  }
}
class WrongSign extends manual.Linear {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.dWeight = (this.dWeight as NDArray).neg();
    return dx;
  }
}
/** dW summed in another order: right, but for rounding. */
class OtherOrder extends manual.Linear {
  #input: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#input = x;
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    const [dx, x, n] = [super.backward(dy), this.#input as NDArray, dy.shape[0] as number];
    const halves = [dy.slice([n >> 1, n]), dy.slice([0, n >> 1])] as const;
    const rows = [x.slice([n >> 1, n]), x.slice([0, n >> 1])] as const;
    this.dWeight = halves[0].T.matmul(rows[0]).add(halves[1].T.matmul(rows[1]));
    return dx;
  }
}

/** Batches of 60, not a power of two: a mean over them is rounded. */
function data(count: number, dtype: DType): CompareOptions["train"] {
  const rng = random(5);
  const batches = Array.from({ length: count }, () => {
    const x = rng.normal(0, 1, [60, 3], { dtype });
    return { x, y: x.sum(1, true).greater(0).astype(dtype) };
  });
  return {
    length: count,
    async *[Symbol.asyncIterator]() {
      yield* batches;
    },
  };
}

function lockstep(first: typeof manual.Linear, setting: Setting = {}): Promise<CompareOutcome> {
  const { dtype = "float64", lr = 0.1, epochs = 2, batches = 5, meddle } = setting;
  const [a, b] = [random(3), random(3)];
  const chalk = new manual.Sequential(
    new first(3, 4, { rng: a, dtype }),
    new manual.Tanh(),
    new manual.Linear(4, 1, { rng: a, dtype }),
  );
  const tape = new autograd.Sequential(
    new autograd.Linear(3, 4, { rng: b, dtype }),
    new autograd.Tanh(),
    new autograd.Linear(4, 1, { rng: b, dtype }),
  );
  meddle?.(chalk, tape);
  return compare({
    manual: {
      model: chalk,
      loss: new manual.BCEWithLogitsLoss(),
      optimizer: new manual.SGD(chalk.parameters(), { lr }),
    },
    autograd: {
      model: tape,
      loss: new autograd.BCEWithLogitsLoss(),
      optimizer: new autograd.SGD(tape.parameters(), { lr }),
    },
    train: data(batches, dtype),
    test: data(1, dtype),
    epochs,
  });
}

const refusal = (run: Promise<unknown>): Promise<string> => run.then(String, String);

describe("compare: twins in lockstep", () => {
  it("agree, and the verdict says over how many steps and how closely", async () => {
    const { agree, verdict, epochs, parity } = await lockstep(manual.Linear);
    expect(agree, verdict).to.equal(true);
    expect(verdict).to.match(
      /^Chalk and tape agree over 10 steps; the largest differences: gradients \S+ \(relative\), weights \S+, losses \S+\.$/,
    );
    expect(epochs.map(({ epoch }) => epoch)).to.deep.equal([1, 2]);
    expect(parity.map(({ quantity }) => quantity)).to.deep.equal([
      "0.weight",
      "0.bias",
      "2.weight",
      "2.bias",
    ]);
    expect(epochs[1]?.manual.trainLoss).to.be.below(epochs[0]?.manual.trainLoss as number);
  });

  it("the records keep the time of the updates apart from that of forward and backward", async () => {
    const wait = (): void => {
      for (const end = performance.now() + 10; performance.now() < end; );
    };
    class SlowUpdate extends manual.SGD {
      override step(): void {
        wait();
        super.step();
      }
    }
    class SlowForward extends autograd.Linear {
      override forward(x: autograd.Tensor): autograd.Tensor {
        wait();
        return super.forward(x);
      }
    }
    const [chalk, tape] = [
      new manual.Linear(3, 1, { rng: random(3) }),
      new SlowForward(3, 1, { rng: random(3) }),
    ];
    const { epochs } = await compare({
      manual: {
        model: chalk,
        loss: new manual.BCEWithLogitsLoss(),
        optimizer: new SlowUpdate(chalk.parameters(), { lr: 0.1 }),
      },
      autograd: {
        model: tape,
        loss: new autograd.BCEWithLogitsLoss(),
        optimizer: new autograd.SGD(tape.parameters(), { lr: 0.1 }),
      },
      train: data(5, "float64"),
      test: data(1, "float64"),
      epochs: 2,
    });
    for (const { manual: slow, autograd: quick } of epochs) {
      expect(slow.updateSeconds).to.be.within(0.05, slow.seconds);
      expect(quick.seconds - quick.updateSeconds).to.be.at.least(0.05);
      expect(quick.updateSeconds).to.be.above(0);
    }
  });

  it("the verdict calls differences of 0 identical", () => {
    const judge = new Judge("float64");
    judge.measure("step 1 of epoch 1", { losses: 0, gradients: 0, weights: 0 });
    expect(judge.verdict(1)).to.equal(
      "Chalk and tape agree over 1 steps. Gradients, weights and losses are identical.",
    );
    judge.measure("step 2 of epoch 1", { losses: 0, gradients: 2e-16, weights: 0 });
    expect(judge.verdict(2)).to.equal(
      "Chalk and tape agree over 2 steps; the largest differences: gradients 2.0e-16 (relative), weights 0, losses 0.",
    );
  });

  it("differences of rounding, from another order of summation, agree and are shown", async () => {
    const { agree, verdict, epochs } = await lockstep(OtherOrder, { epochs: 4 });
    expect(agree, verdict).to.equal(true);
    const most = Math.max(...epochs.map((row) => row.maxWeightDifference));
    expect(most).to.be.above(0).and.below(1e-14);
    expect(verdict).to.contain(`(relative), weights ${most.toExponential(1)}, losses `);
  });

  it("a forward that is 1e-9 off disagrees at the first step, which is named, and the run ends there", async () => {
    const shift = (chalk: manual.Layer): void => {
      ((chalk as manual.Sequential).layers[0] as Shifted).shift = 1e-9;
    };
    const { agree, verdict, epochs } = await lockstep(Shifted, { meddle: shift, epochs: 5 });
    expect(agree).to.equal(false);
    expect(verdict).to.match(
      /do not agree: the losses differ by \d\.\de-1\d at step 1 of epoch 1; allowed is 1e-12/,
    );
    expect(epochs).to.have.length(1);
    expect((await lockstep(Shifted)).agree, "without the shift").to.equal(true);
  });

  it("a wrong sign disagrees in float64, even where the learning rate is so small that no weight shows it", async () => {
    const { agree, verdict, parity } = await lockstep(WrongSign);
    expect(agree).to.equal(false);
    expect((await lockstep(WrongSign, { lr: 1e-18 })).verdict).to.equal(verdict);
    expect(verdict).to.contain("the gradients differ by 2.0e+0 at step 1 of epoch 1; allowed is 1e-9");
    expect(parity[0]).to.include({ quantity: "0.weight", agrees: false, bound: bounds.weights });
  });

  it("float32 is judged at equal weights: free runs drift and agree, a wrong sign does not", async () => {
    const drift = await lockstep(OtherOrder, { dtype: "float32", epochs: 3, batches: 110 });
    expect(drift.agree, drift.verdict).to.equal(true);
    for (const { maxGradientDifference, maxWeightDifference } of drift.epochs) {
      expect(maxWeightDifference).to.be.above(bounds.weights);
      expect(maxGradientDifference, "every epoch has a judged step").to.be.above(0).and.below(1e-5);
    }
    const wrong = await lockstep(WrongSign, { dtype: "float32" });
    expect(wrong.agree).to.equal(false);
    expect(wrong.verdict).to.contain(
      "the gradients differ by 2.0e+0 at step 1 of epoch 1; allowed is 0.0001",
    );
  });

  it("float32: what goes wrong only later is found at the 101st step", async () => {
    let steps = 0;
    class Late extends manual.Linear {
      override backward(dy: NDArray): NDArray {
        steps += 1;
        const dx = super.backward(dy);
        if (steps > 60) this.dWeight = (this.dWeight as NDArray).mul(1.001);
        return dx;
      }
    }
    const { verdict } = await lockstep(Late, { dtype: "float32", epochs: 1, batches: 150 });
    expect(verdict).to.contain("the gradients differ by 1.0e-3 at step 101 of epoch 1");
  });

  for (const dtype of ["float64", "float32"] as const)
    it(`numbers that are not finite are a disagreement, in ${dtype}; the JSON stays valid`, async () => {
      const { agree, verdict, epochs } = await lockstep(manual.Linear, {
        lr: Number.POSITIVE_INFINITY,
        dtype,
      });
      expect(agree).to.equal(false);
      expect(verdict).to.match(
        /the (weights|losses|gradients) at (step|the (end|test)).* are not all finite numbers/,
      );
      expect(JSON.parse(JSON.stringify({ epochs, agree })).epochs).to.have.length(epochs.length);
    });

  it("NaN in the data is one, too, though both sides have it alike", async () => {
    const nan: NDArray = array([[Number.NaN, 0, 0]]);
    const target = array([[1]]);
    const batch = [{ x: nan, y: target }];
    const train = {
      length: 1,
      async *[Symbol.asyncIterator]() {
        yield* batch;
      },
    };
    const [left, right] = [
      new manual.Linear(3, 1, { rng: random(1) }),
      new autograd.Linear(3, 1, { rng: random(1) }),
    ];
    const { agree, verdict } = await compare({
      manual: { model: left, loss: new manual.MSELoss(), optimizer: new manual.SGD(left.parameters()) },
      autograd: {
        model: right,
        loss: new autograd.MSELoss(),
        optimizer: new autograd.SGD(right.parameters()),
      },
      train,
      test: train,
    });
    expect([agree, verdict]).to.deep.equal([
      false,
      "Chalk and tape do not agree: the losses at step 1 of epoch 1 are not all finite numbers.",
    ]);
  });

  it("another start is refused, even by one last digit; so are other parameters", async () => {
    const nudge = (chalk: manual.Layer): void => {
      const weight = chalk.stateDict()["0.weight"] as NDArray;
      const flat = weight.flat();
      flat[0] = (flat[0] as number) * (1 + 2 ** -52);
    };
    expect(await refusal(lockstep(manual.Linear, { meddle: nudge }))).to.match(
      /^RangeError: compare: the two models start with weights that differ by \d\.\de-1\d; build both with/,
    );
    const forget = (chalk: manual.Layer): void => {
      ((chalk as manual.Sequential).layers[0] as manual.Linear).bias = null;
    };
    expect(await refusal(lockstep(manual.Linear, { meddle: forget }))).to.contain(
      "chalk's parameters are 0.weight, 2.weight, 2.bias; the tape's are 0.weight, 0.bias, 2.weight, 2.bias",
    );
  });

  it("epochs that are no whole number from 1 on are refused", async () => {
    for (const epochs of [0, -1, 1.5, Number.NaN])
      expect(await refusal(lockstep(manual.Linear, { epochs }))).to.contain("epochs");
  });
});
