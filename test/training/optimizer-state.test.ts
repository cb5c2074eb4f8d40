import { expect } from "chai";
import type { OptimizerState } from "chalk-and-tape/contracts";
import { zeros } from "chalk-and-tape/np";
import {
  chalkRig,
  numbersOf,
  optimizerNames,
  optimizerOptions,
  rigs,
  run,
  start,
  tapeRig,
  throughFiles,
} from "./optimizer-rig.ts";

const sideOf = ({ name }: { readonly name: string }): string => name.replace("Rig", "");

describe("optimizers, stateDict and loadStateDict", () => {
  for (const name of optimizerNames) {
    const options = optimizerOptions[name];
    for (const first of rigs) {
      for (const then of rigs) {
        const sides = `${sideOf(first)} → ${sideOf(then)}`;
        it(`${name}, ${sides}: what was interrupted and goes on elsewhere is what was not interrupted, bit for bit`, () => {
          const whole = run(then(name, options, start), 1, 12);
          const half = run(first(name, options, start), 1, 7);
          const state = throughFiles(half.optimizer.stateDict());
          const second = then(name, {}, half.values); // other numbers, which the state replaces
          second.optimizer.loadStateDict(state);
          expect(numbersOf(run(second, 8, 12))).to.deep.equal(numbersOf(whole));
        });
      }
    }
    it(`${name}: without its state it would not go on like that`, () => {
      const whole = run(tapeRig(name, options, start), 1, 12);
      const first = run(tapeRig(name, options, start), 1, 7);
      const second = run(tapeRig(name, options, first.values), 8, 12);
      expect(numbersOf(second)).not.to.deep.equal(numbersOf(whole));
    });
    it(`${name}: both sides' states are equal, names and numbers`, () => {
      const [a, b] = rigs.map((rig) => run(rig(name, options, start), 1, 5).optimizer.stateDict()) as [
        OptimizerState,
        OptimizerState,
      ];
      const plain = ({ arrays, ...json }: OptimizerState): unknown => [
        json,
        Object.entries(arrays).map(([key, x]) => [key, x.toArray()]),
      ];
      expect(plain(a)).to.deep.equal(plain(b));
      expect(a.optimizer).to.equal(name);
      expect(a.groups.map(({ parameters }) => parameters)).to.deep.equal([[0, 1]]);
    });
    it(`${name}: a state is a copy on both sides: later steps change neither it nor what it was loaded into`, () => {
      for (const rig of rigs) {
        const first = run(rig(name, options, start), 1, 3);
        const state = first.optimizer.stateDict();
        const seen = Object.values(state.arrays).map((x) => x.toArray());
        expect(seen).not.to.have.length(0);
        const second = rig(name, options, first.values);
        second.optimizer.loadStateDict(state);
        run(first, 4, 5);
        run(second, 4, 6);
        expect(Object.values(state.arrays).map((x) => x.toArray())).to.deep.equal(seen);
      }
    });
  }

  it("before the first step there is nothing to remember but the groups' numbers", () => {
    const { optimizer } = chalkRig("Adam", { lr: 0.5 }, start);
    const { arrays, numbers, groups } = optimizer.stateDict();
    expect([arrays, numbers]).to.deep.equal([{}, {}]);
    const adam = { lr: 0.5, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, amsgrad: false, maximize: false };
    expect(groups).to.deep.equal([{ ...adam, parameters: [0, 1] }]);
  });

  it("groups keep their numbers, and schedules their hold on a group", () => {
    const grouped = (parameters: readonly never[]): unknown => [
      { parameters: [parameters[1]], lr: 0.3 },
      { parameters: [parameters[0]] },
    ];
    for (const rig of rigs) {
      const first = run(rig("SGD", { lr: 0.1, momentum: 0.5 }, start, grouped), 1, 2);
      (first.optimizer.groups[0] as { lr: number }).lr = 0.25;
      const state = throughFiles(first.optimizer.stateDict());
      const second = rig("SGD", { lr: 1 }, first.values, grouped);
      const [held] = second.optimizer.groups;
      second.optimizer.loadStateDict(state);
      expect(second.optimizer.groups.map(({ lr }) => lr)).to.deep.equal([0.25, 0.1]);
      expect(held).to.equal(second.optimizer.groups[0]);
      expect(state.groups.map(({ parameters }) => parameters)).to.deep.equal([[0], [1]]);
      expect(state.arrays["0.velocity"]?.shape).to.deep.equal([4]);
      expect(numbersOf(run(second, 3, 5))).to.deep.equal(numbersOf(run(first, 3, 5)));
    }
  });

  it("a parameter that had no gradient on tape has no state, and starts when it gets one", () => {
    const rig = tapeRig("Adam", {}, start);
    rig.step([zeros([2, 3]).add(1), null]);
    const state = rig.optimizer.stateDict();
    expect(state.numbers).to.deep.equal({ "0.t": 1 });
    expect(Object.keys(state.arrays)).to.deep.equal(["0.m", "0.v"]);
    const second = tapeRig("Adam", {}, rig.values);
    second.optimizer.loadStateDict(state);
    second.step([null, zeros([4]).add(1)]);
    expect(second.optimizer.stateDict().numbers).to.deep.equal({ "0.t": 1, "1.t": 1 });
  });

  it("float32 parameters keep float32 states, also from a float64 state", () => {
    for (const rig of rigs) {
      const state = run(rig("Adam", {}, start), 1, 2).optimizer.stateDict();
      const single = rig(
        "Adam",
        {},
        start.map((x) => x.astype("float32")),
      );
      single.optimizer.loadStateDict(state);
      const dtypes = Object.values(single.optimizer.stateDict().arrays).map((x) => x.dtype);
      expect(dtypes).to.deep.equal(Array(4).fill("float32"));
    }
  });

  describe("what does not fit is listed, and changes nothing", () => {
    const good = (): OptimizerState => run(chalkRig("Adam", { lr: 0.1 }, start), 1, 2).optimizer.stateDict();
    const without = <T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> =>
      Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
    const cases: [title: string, spoil: (state: OptimizerState) => OptimizerState, message: RegExp][] = [
      [
        "another optimizer's",
        (s) => ({ ...s, optimizer: "SGD" }),
        /^Adam\.loadStateDict: this is the state of SGD, expected one of Adam$/,
      ],
      [
        "other parameters",
        () => run(chalkRig("Adam", {}, start.slice(1)), 1, 1).optimizer.stateDict(),
        /the state has 1 group\(s\) of 1 parameter\(s\), expected 1 group\(s\) of 2 parameter\(s\)/,
      ],
      [
        "a missing array",
        (s) => ({ ...s, arrays: without(s.arrays, "1.v") }),
        /does not fit: 1\.v is missing$/,
      ],
      [
        "a missing count",
        (s) => ({ ...s, numbers: without(s.numbers, "0.t") }),
        /does not fit: 0\.t is missing$/,
      ],
      [
        "two things at once",
        (s) => ({ ...s, arrays: { ...s.arrays, "0.m": zeros([3, 2]), "0.velocity": zeros([2, 3]) } }),
        /0\.m has shape \(3, 2\), expected \(2, 3\); 0\.velocity is unknown here$/,
      ],
      [
        "a number outside its range",
        (s) => ({ ...s, groups: s.groups.map((group) => ({ ...group, eps: -1 })) }),
        /^Adam\.loadStateDict: eps is -1, expected a number >= 0/,
      ],
    ];
    for (const [title, spoil, message] of cases)
      for (const rig of rigs)
        it(`${sideOf(rig)}: ${title}`, () => {
          const target = run(rig("Adam", { lr: 0.2 }, start), 1, 3);
          const before = target.optimizer.stateDict();
          expect(() => target.optimizer.loadStateDict(spoil(good()))).to.throw(RangeError, message);
          expect(JSON.stringify(target.optimizer.stateDict().groups)).to.equal(JSON.stringify(before.groups));
          expect(target.optimizer.stateDict().numbers).to.deep.equal(before.numbers);
          expect(target.optimizer.stateDict().arrays["0.m"]?.toArray()).to.deep.equal(
            before.arrays["0.m"]?.toArray(),
          );
        });
  });
});
