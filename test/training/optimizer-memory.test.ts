import { expect } from "chai";
import { type NDArray, zeros } from "chalk-and-tape/np";
import { overwrite } from "../np/shared-memory.ts";
import { noise } from "../torch/tables.ts";
import {
  chalkRig,
  numbersOf,
  optimizerNames,
  optimizerOptions,
  type Rig,
  rigs,
  start,
  tapeRig,
} from "./optimizer-rig.ts";

/** Every set of options, each on or left at its default. */
function subsets(options: object): object[] {
  const entries = Object.entries(options);
  return Array.from({ length: 2 ** entries.length }, (_, bits) =>
    Object.fromEntries(entries.filter((_, i) => bits & (1 << i))),
  );
}

const gradientsAt = (step: number): NDArray[] => start.map((p, k) => noise(p.shape, 10 * step + k));

/** The lists among the numbers of a group, such as betas. */
function listsOf(group: object): number[][] {
  return Object.entries(group).flatMap(([key, value]) =>
    Array.isArray(value) && key !== "parameters" ? [value as number[]] : [],
  );
}

/** Three steps; after each, the caller does something with what it can reach. */
function trained(rig: Rig, after: (rig: Rig, gradients: readonly NDArray[]) => void): number[][] {
  for (const step of [1, 2, 3]) {
    const gradients = gradientsAt(step);
    rig.step(gradients);
    after(rig, gradients);
  }
  return numbersOf(rig);
}

describe("optimizers, their state has its own memory", () => {
  it("SGD with momentum, the gradient array set to 0 after the first step: 1 → 0.9 → 0.81 on both sides", () => {
    for (const rig of rigs) {
      const sgd = rig("SGD", { lr: 0.1, momentum: 0.9 }, [zeros([1, 1]).add(1)]);
      const gradient = zeros([1, 1]).add(1);
      sgd.step([gradient]);
      gradient.copyFrom(zeros([1, 1]));
      sgd.step([gradient]);
      expect(sgd.values[0]?.item()).to.be.closeTo(0.81, 1e-15);
    }
  });
  it("a list of parameters that grows later is the caller's own", () => {
    for (const inGroups of [false, true]) {
      for (const rig of rigs) {
        const lists: unknown[][] = [];
        const made = rig("SGD", {}, start, (parameters) => {
          lists.push([...parameters]);
          return inGroups ? lists.map((list) => ({ parameters: list })) : lists[0];
        });
        for (const list of lists) list.reverse();
        const [first] = made.optimizer.groups;
        expect(first?.parameters).not.to.equal(lists[0]);
        expect(first?.parameters).to.deep.equal(lists[0]?.toReversed());
      }
    }
  });
  for (const name of optimizerNames) {
    const nesterov = name === "SGD" ? [{ lr: 0.05, momentum: 0.9, nesterov: true }] : [];
    const sets = [...subsets(optimizerOptions[name]), ...nesterov];
    for (const rig of rigs) {
      it(`${name}, ${rig.name.replace("Rig", "")}: what happens to a gradient after its step changes nothing (${sets.length} sets of options)`, () => {
        for (const options of sets) {
          const undisturbed = trained(rig(name, options, start), () => {});
          const disturbed = trained(rig(name, options, start), (_, gradients) => {
            for (const g of gradients) overwrite(g, 1000);
          });
          expect(disturbed, JSON.stringify(options)).to.deep.equal(undisturbed);
        }
      });
    }
    it(`${name}: what happens to a parameter after a step does not change its state`, () => {
      for (const options of sets) {
        for (const rig of rigs) {
          const made = rig(name, options, start);
          const state = (): unknown[] =>
            Object.entries(made.optimizer.stateDict().arrays).map(([key, x]) => [key, x.toArray()]);
          trained(made, () => {});
          const before = state();
          for (const p of made.values) overwrite(p, 1000);
          expect(state(), JSON.stringify(options)).to.deep.equal(before);
        }
      }
    });
    it(`${name}: a saved state and the optimizer share neither arrays nor lists, and neither do two optimizers`, () => {
      for (const [first, second] of [
        [chalkRig, tapeRig],
        [tapeRig, chalkRig],
      ] as const) {
        // biome-ignore format: pairs
        const options = optimizerOptions[name];
        const [rig, other] = [first(name, options, start), second(name, {}, start)];
        const undisturbed = trained(first(name, options, start), () => {});
        const disturbed = trained(rig, () => {
          const state = rig.optimizer.stateDict();
          other.optimizer.loadStateDict(state);
          other.step(gradientsAt(9));
          for (const x of Object.values(state.arrays)) overwrite(x, 1000);
          for (const group of [...state.groups, ...other.optimizer.groups]) {
            for (const list of listsOf(group)) list.fill(0.125);
          }
        });
        expect(disturbed).to.deep.equal(undisturbed);
      }
    });
    it(`${name}: a list in the options belongs to the caller, and a default to nobody`, () => {
      const lists = (rig: Rig): number[][] => listsOf(rig.optimizer.groups[0] ?? {});
      for (const rig of rigs) {
        const options = structuredClone(optimizerOptions[name]) as Record<string, unknown>;
        const [given, byDefault] = [rig(name, options, start), rig(name, {}, start)];
        const before = structuredClone([lists(given), lists(rig(name, {}, start))]);
        for (const list of [...listsOf(options), ...lists(byDefault)]) list.fill(0.125);
        expect([lists(given), lists(rig(name, {}, start))]).to.deep.equal(before);
      }
    });
  }
});
