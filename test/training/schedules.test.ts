import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import {
  ConstantLR,
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  ExponentialLR,
  LambdaLR,
  LinearLR,
  type LRScheduler,
  MultiStepLR,
  OneCycleLR,
  PolynomialLR,
  ReduceLROnPlateau,
  type ScheduledGroup,
  type ScheduledOptimizer,
  type ScheduleState,
  SequentialLR,
  StepLR,
} from "chalk-and-tape/training";

interface Optimizer extends ScheduledOptimizer {
  readonly groups: ScheduledGroup[];
}
const optimizer = (lr: number = 1): Optimizer => ({ groups: [{ lr, momentum: 0.9 }] });
type Build = (optimizer: Optimizer) => LRScheduler;

const root = Math.SQRT1_2;
/** From the base 1: the values of PyTorch 2.13 at construction and after each step. */
const golden: readonly (readonly [what: string, build: Build, values: readonly number[]])[] = [
  ["StepLR", (o) => new StepLR(o, 2, { gamma: 0.5 }), [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125]],
  ["MultiStepLR", (o) => new MultiStepLR(o, [2, 4]), [1, 1, 0.1, 0.1, 0.01]],
  ["ExponentialLR", (o) => new ExponentialLR(o, 0.9), [1, 0.9, 0.81, 0.729]],
  ["CosineAnnealingLR, which rises again", (o) => new CosineAnnealingLR(o, 4), [1, (1 + root) / 2, 0.5, (1 - root) / 2, 0, (1 - root) / 2, 0.5]],
  ["CosineAnnealingWarmRestarts", (o) => new CosineAnnealingWarmRestarts(o, 3), [1, 0.75, 0.25, 1, 0.75, 0.25, 1]],
  ["ConstantLR", (o) => new ConstantLR(o, { totalIters: 2 }), [1 / 3, 1 / 3, 1, 1]],
  ["LinearLR", (o) => new LinearLR(o), [1 / 3, 7 / 15, 0.6, 11 / 15, 13 / 15, 1, 1]],
  ["PolynomialLR", (o) => new PolynomialLR(o, { totalIters: 4, power: 2 }), [1, 0.5625, 0.25, 0.0625, 0]],
  ["LambdaLR", (o) => new LambdaLR(o, (t) => 1 / (1 + t)), [1, 1 / 2, 1 / 3, 1 / 4]],
  ["OneCycleLR", (o) => new OneCycleLR(o, 1, { totalSteps: 7 }), [0.040000000000000036, 0.9805566273349586, 0.9190443762697106, 0.6726838364805451, 0.35773877573965707, 0.0992967918932656, 4e-6]],
  ["SequentialLR", (o) => new SequentialLR(o, [new LinearLR(o, { startFactor: 0.5, totalIters: 2 }), new StepLR(o, 1, { gamma: 0.5 })], [2]), [0.5, 0.75, 1, 0.5, 0.25]],
]; // biome-ignore format: a table, one case a line

const json = <T>(state: T): T => JSON.parse(JSON.stringify(state)) as T;

describe("training, schedules", () => {
  for (const [what, build, values] of golden) {
    it(`${what}: the golden values, at construction and after each step, to 1e-12`, () => {
      const steps = optimizer();
      const schedule = build(steps);
      const drawn = values.map((_, t) => schedule.lrAt(t)[0]);
      for (const [t, value] of values.entries()) {
        expect(steps.groups[0]?.lr, `epoch ${t}`).to.be.closeTo(value, 1e-12);
        expect([schedule.lastEpoch, schedule.getLastLr()[0], drawn[t]]).to.deep.equal([t, steps.groups[0]?.lr, steps.groups[0]?.lr]); // biome-ignore format: one line
        if (t < values.length - 1) schedule.step();
      }
    });
    it(`${what}: goes on from a state that was JSON, on another optimizer, at every epoch`, () => {
      const whole = optimizer();
      const schedule = build(whole);
      for (let t = 0; t < values.length - 1; t++) {
        const other = optimizer(0.3);
        const restored = build(other);
        restored.loadStateDict(json(schedule.stateDict()));
        expect(other.groups, `epoch ${t}`).to.deep.equal(whole.groups);
        restored.step();
        schedule.step();
        expect(other.groups, `epoch ${t + 1}`).to.deep.equal(whole.groups);
      }
    });
  }

  it("ReduceLROnPlateau: a constant metric, patience 2, and the same from a state that was JSON at every epoch", () => {
    const steps = optimizer();
    const schedule = new ReduceLROnPlateau(steps, { patience: 2 });
    const path = [1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01].map((wanted) => {
      const other = optimizer(7);
      const restored = new ReduceLROnPlateau(other, { patience: 2 });
      restored.loadStateDict(json(schedule.stateDict()));
      for (const one of [schedule, restored]) one.step(5);
      expect(steps.groups[0]?.lr).to.be.closeTo(wanted, 1e-12);
      expect([other.groups, restored.stateDict()]).to.deep.equal([steps.groups, schedule.stateDict()]);
      return steps.groups[0]?.lr;
    });
    expect([path.length, schedule.lastEpoch, schedule.getLastLr()]).to.deep.equal([8, 8, [path[7]]]);
  });
  it("ReduceLROnPlateau: NaN is never better, neither at first nor later", () => {
    const steps = optimizer();
    const schedule = new ReduceLROnPlateau(steps, { patience: 1 });
    for (const metric of [Number.NaN, Number.NaN, 3, Number.NaN]) schedule.step(metric);
    expect(schedule.stateDict()).to.deep.include({ best: 3, numBadEpochs: 1 });
    expect(steps.groups[0]?.lr).to.be.closeTo(0.1, 1e-15);
  });
  it("OneCycleLR turns the momentum, and of betas only the first", () => {
    const adam: Optimizer = { groups: [{ lr: 0.1, betas: [0.9, 0.999] }] };
    const sgd = optimizer();
    for (const o of [adam, sgd]) {
      const schedule = new OneCycleLR(o, 1, { totalSteps: 10 });
      const momenta = Array.from({ length: 10 }, (_, t) => {
        if (t > 0) schedule.step();
        return o.groups[0]?.betas?.[0] ?? o.groups[0]?.momentum;
      });
      for (const [t, wanted] of [[0, 0.95], [1, 0.9], [2, 0.85], [9, 0.95]] as const) expect(momenta[t]).to.be.closeTo(wanted, 1e-12); // biome-ignore format: a list
    }
    expect(adam.groups[0]?.betas?.[1]).to.equal(0.999);
    expect("momentum" in (adam.groups[0] as object)).to.equal(false);
  });

  it("schedules steer the optimizers of both sides: plain SGD on p², with a tenth from step 1 on", () => {
    const start = new manual.Linear(1, 1, { rng: random(0), bias: false });
    start.weight.copyFrom(start.weight.mul(0).add(1));
    const chalk = new manual.SGD(start.parameters(), { lr: 0.1 });
    const p = autograd.tensor([[1]], { requiresGrad: true });
    const tape = new autograd.SGD([p], { lr: 0.1 });
    const schedules = [new ExponentialLR(chalk, 0.1), new ExponentialLR(tape, 0.1)];
    let wanted = 1;
    for (const lr of [0.1, 0.01, 0.001]) {
      start.dWeight = start.weight.mul(2);
      p.grad = p.detach().mul(2);
      for (const o of [chalk, tape]) o.step();
      for (const schedule of schedules) schedule.step();
      wanted -= lr * 2 * wanted;
      for (const found of [start.weight.item(), p.item()]) expect(found).to.be.closeTo(wanted, 1e-15);
    }
  });

  it("a second schedule starts from what lr was before the first, and from what was set by hand since", () => {
    const steps = optimizer(0.4);
    new LinearLR(steps);
    expect(new StepLR(steps, 5).getLastLr()).to.deep.equal([0.4]);
    (steps.groups[0] as ScheduledGroup).lr = 0.2;
    expect(new StepLR(steps, 5).getLastLr()).to.deep.equal([0.2]);
  });
  it("two schedules on one optimizer are not mixed up silently, nor is a change by hand overwritten", () => {
    const steps = optimizer(1);
    const [first, second] = [new StepLR(steps, 1), new ExponentialLR(steps, 0.5)];
    first.step();
    expect(() => second.step()).to.throw(RangeError, "ExponentialLR.step: lr is 0.1, but this schedule set it to 1; combine schedules with SequentialLR"); // biome-ignore format: one line
    (steps.groups[0] as ScheduledGroup).lr = 3;
    expect(() => first.step()).to.throw(RangeError, "StepLR.step: lr is 3, but this schedule set it to 0.1");
    expect([first.lastEpoch, second.lastEpoch, steps.groups[0]?.lr]).to.deep.equal([1, 0, 3]);
    steps.groups.push({ lr: 1 });
    expect(() => first.step()).to.throw(
      RangeError,
      "the optimizer has 2 groups, but had 1 when the schedule was created",
    );
  });
  it("a state of other arguments or other groups is refused, and changes nothing", () => {
    const steps = optimizer();
    const schedule = new StepLR(steps, 1, { gamma: 0.5 });
    schedule.step();
    const state = schedule.stateDict();
    const other = optimizer();
    const refused = (load: () => void, says: string): void => {
      expect(load, says).to.throw(RangeError, says);
      expect(other.groups[0]?.lr).to.equal(1);
    };
    const tenth = new StepLR(other, 1);
    refused(() => tenth.loadStateDict(state), "StepLR.loadStateDict: at epoch 1 the learning rate was 0.5, but with this schedule's arguments it is 0.1"); // biome-ignore format: one line
    refused(() => tenth.loadStateDict({ ...state, lastLr: [1, 2] }), "the state is not for 1 group(s)");
    refused(() => tenth.loadStateDict({ ...state, lastEpoch: -1 }), "lastEpoch is -1");
    refused(() => tenth.loadStateDict({} as ScheduleState), "lastEpoch is undefined");
    expect(tenth.stateDict()).to.deep.equal({ lastEpoch: 0, baseLrs: [1], lastLr: [1] });
    const plateau = new ReduceLROnPlateau(other);
    refused(
      () => plateau.loadStateDict({ ...plateau.stateDict(), lastLr: [] }),
      "the state is not for 1 group(s)",
    );
    const parts = new SequentialLR(other, [tenth], []);
    refused(
      () => parts.loadStateDict({ ...parts.stateDict(), schedulers: [] }),
      "the state is not for 1 schedulers",
    );
  });

  it("refuses arguments outside their range", () => {
    const o = optimizer();
    const thrown: [f: () => unknown, kind: new () => Error, says: string][] = [
      [() => new StepLR({} as Optimizer, 1), TypeError, "StepLR: optimizer is an empty object, expected an optimizer, which has groups: [{ lr }]; write new StepLR(optimizer, stepSize, { gamma })"],
      [() => new StepLR({ groups: [] }, 1), TypeError, "StepLR: optimizer is { groups }, expected an optimizer"],
      [() => new StepLR(o, 0), RangeError, "StepLR: stepSize is 0, expected a whole number >= 1"],
      [() => new StepLR(o, 1, { gamma: -1 }), RangeError, "StepLR: gamma is -1, expected a number >= 0"],
      [() => new MultiStepLR(o, [4, 2]), RangeError, "MultiStepLR: milestones is [4, 2], expected a list of epochs, whole numbers >= 0 that do not fall"],
      [() => new MultiStepLR(o, 30 as unknown as number[]), TypeError, "MultiStepLR: milestones is 30, expected a list of epochs, whole numbers >= 0 that do not fall: [30, 60]"],
      [() => new ExponentialLR(o, Number.NaN), RangeError, "ExponentialLR: gamma is NaN"],
      [() => new CosineAnnealingLR(o, 2.5), RangeError, "CosineAnnealingLR: tMax is 2.5"],
      [() => new CosineAnnealingLR(o, 2, { etaMin: -1 }), RangeError, "CosineAnnealingLR: etaMin is -1"],
      [() => new CosineAnnealingWarmRestarts(o, 0), RangeError, "CosineAnnealingWarmRestarts: t0 is 0"],
      [() => new CosineAnnealingWarmRestarts(o, 1, { tMult: 1.5 }), RangeError, "tMult is 1.5"],
      [() => new ConstantLR(o, { factor: 2 }), RangeError, "ConstantLR: factor is 2"],
      [() => new LinearLR(o, { startFactor: 0 }), RangeError, "LinearLR: startFactor is 0, expected a number in (0, 1]"],
      [() => new LinearLR(o, { endFactor: 1.1 }), RangeError, "LinearLR: endFactor is 1.1"],
      [() => new PolynomialLR(o, { totalIters: 0 }), RangeError, "PolynomialLR: totalIters is 0"],
      [() => new LambdaLR(o, [() => 1, () => 1]), RangeError, "LambdaLR: Expected 1 lr_lambdas, but got 2"],
      [() => new LambdaLR(o, () => undefined as unknown as number), RangeError, "LambdaLR: the learning rate at epoch 0 is NaN"],
      [() => new OneCycleLR(o, 1, {}), RangeError, "OneCycleLR: You must define either total_steps OR (epochs AND steps_per_epoch)"],
      [() => new OneCycleLR(o, 1, { totalSteps: 5, pctStart: 2 }), RangeError, "OneCycleLR: pctStart is 2"],
      [() => new OneCycleLR(o, 1, { totalSteps: 5, annealStrategy: "cosine" as "cos" }), RangeError, 'annealStrategy is "cosine", expected one of cos, linear'],
      [() => new OneCycleLR(o, [1, 2], { totalSteps: 5 }), RangeError, "OneCycleLR: maxLr has 2 values for 1 group(s)"],
      [() => new OneCycleLR({ groups: [{ lr: 1 }] }, 1, { totalSteps: 5 }), RangeError, "optimizer must support momentum or beta1"],
      [() => new ReduceLROnPlateau(o, { factor: 1 }), RangeError, "ReduceLROnPlateau: factor is 1, expected a number in (0, 1)"],
      [() => new ReduceLROnPlateau(o, { mode: "low" as "min" }), RangeError, 'ReduceLROnPlateau: mode is "low", expected one of min, max'],
      [() => new ReduceLROnPlateau(o, { patience: 0.5 }), RangeError, "ReduceLROnPlateau: patience is 0.5"],
      [() => new ReduceLROnPlateau(o).step(undefined as unknown as number), TypeError, "ReduceLROnPlateau.step: the metric is undefined, expected a number: step(validationLoss)"],
      [() => new SequentialLR(o, [new StepLR(o, 1)], [2]), RangeError, "expects number of schedulers provided to be one more than the number of milestone points, but got 1 schedulers and 1 milestones"],
      [() => new SequentialLR(o, [new StepLR(optimizer(), 1)], []), TypeError, "expects all schedulers to belong to the same optimizer; schedulers[0] has another one"],
      [() => new SequentialLR(o, [new ReduceLROnPlateau(o) as unknown as LRScheduler], []), TypeError, "ReduceLROnPlateau follows a metric"],
    ]; // biome-ignore format: a table, one case a line
    for (const [f, kind, says] of thrown) expect(f, says).to.throw(kind, says);
  });
  it("OneCycleLR ends: a step beyond the last is refused, and nothing is changed", () => {
    const steps = optimizer();
    const schedule = new OneCycleLR(steps, 1, { totalSteps: 2 });
    for (let i = 0; i < 2; i++) schedule.step();
    const before = { ...steps.groups[0] };
    expect(() => schedule.step()).to.throw(RangeError, "OneCycleLR: Tried to step 3 times. The specified number of total steps is 2"); // biome-ignore format: one line
    expect([steps.groups[0], schedule.lastEpoch]).to.deep.equal([before, 2]);
  });
  it("OneCycleLR: a rise that takes no step starts at the top", () => {
    const steps = optimizer();
    new OneCycleLR(steps, 1, { totalSteps: 4, pctStart: 0.25 });
    expect(steps.groups[0]?.lr).to.equal(1);
  });
});
