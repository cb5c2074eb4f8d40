// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type AnyArgument, type AnyContract, contracts } from "chalk-and-tape/contracts";
import * as datasets from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { manualSeed, ones, random } from "chalk-and-tape/np";
import * as training from "chalk-and-tape/training";
import { fitting, other, outside, type SideName, visible } from "./samples.ts";

const all: Readonly<Record<string, AnyContract>> = {
  ...contracts,
  ...datasets.datasetContracts,
  ...training.scheduleContracts,
};
const rooms: Readonly<Record<SideName, Readonly<Record<string, unknown>>>> = {
  chalk: { ...datasets, ...training, ...manual },
  tape: { ...datasets, ...training, ...autograd },
};
/** Functions, whose arguments must also fit each other. */
const scheduled = { groups: [{ lr: 1 }] };
const together: Readonly<Record<string, readonly unknown[]>> = {
  SequentialLR: [scheduled, [new training.StepLR(scheduled, 1)], []],
  conv2dByLoops: [ones([1, 1, 3, 3]), ones([1, 1, 2, 2]), ones([1])],
  conv2dByLoopsBackward: [ones([1, 1, 2, 2]), ones([1, 1, 3, 3]), ones([1, 1, 2, 2])],
};

/** The class or function of a contract on one side, called with these arguments; null where that side has none. */
function callable(side: SideName, contract: AnyContract): ((...args: readonly unknown[]) => unknown) | null {
  const found = rooms[side][contract.name];
  if (typeof found !== "function") return null;
  const flat = (args: readonly unknown[]): readonly unknown[] =>
    contract.rest && Array.isArray(args[0]) ? args[0] : args;
  const isClass = /^[A-Z]/.test(contract.name);
  return (...args) =>
    isClass ? Reflect.construct(found, flat(args)) : Reflect.apply(found, null, flat(args));
}

/** A misspelt name; its nearest known name is the right one. */
function misspelt(name: string): string {
  if (/[A-Z]/.test(name)) return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return name.length > 1 ? `${name}${name.at(-1)}` : name.toUpperCase();
}

/** Options that keep a network small and its seed unprinted. */
const small = () => ({
  rng: random(7),
  width: 1 / 16,
  sizes: [5, 4, 3, 2],
  channels: [2],
  n: 10,
  totalSteps: 10,
});

/** Of the options that are always given here, only a small network is built by its defaults; the others show nothing of theirs. */
const isHidden = (name: string, option: string): boolean =>
  (option === "width" && name !== "ResNet20") ||
  ["ReduceLROnPlateau", "RandomAffine", "RandomCrop", "RandomRotation", "Resize", "ToTensor"].includes(
    name,
  ) ||
  option === "epochs" ||
  option === "stepsPerEpoch";

const wrongType = new Date(0);

describe("contracts", () => {
  for (const contract of Object.values(all)) {
    const { name, positional, options } = contract;
    for (const side of ["chalk", "tape"] as const) {
      const call = callable(side, contract);
      if (!call) continue;
      const optionNames = Object.keys(options);
      const given = (): readonly unknown[] =>
        together[name] ??
        Object.entries(positional).map(([key, one]) => (one.required ? fitting(side, key, one) : undefined));
      const quiet = (): Record<string, unknown> =>
        Object.fromEntries(Object.entries(small()).filter(([key]) => key in options));
      const withOptions = (more: Record<string, unknown>): unknown =>
        call(...given(), { ...quiet(), ...more });

      describe(`${side}, ${name}`, () => {
        it("is made of what must be given", () => {
          expect(() => (optionNames.length > 0 ? withOptions({}) : call(...given()))).to.not.throw();
        });

        for (const [option, argument] of Object.entries(options)) {
          it(`${option}: refused when misspelt, of the wrong type, or outside its range`, () => {
            const typo = misspelt(option);
            expect(() => withOptions({ [typo]: argument.default })).to.throw(
              TypeError,
              `${name}: unknown option "${typo}"; expected ${optionNames.join(", ")}. Did you mean "${option}"?`,
            );
            refuses(`${name}: ${option}`, argument, (value) => withOptions({ [option]: value }));
          });
          if (/^[A-Z]/.test(name) && !isHidden(name, option))
            it(`${option}: the default is what the class uses, and another value changes it`, () => {
              const initial = argument.default;
              if (initial !== undefined && initial !== null)
                expect(visible(withOptions({ [option]: initial }))).to.deep.equal(
                  visible(withOptions({ [option]: undefined })),
                );
              const { [option]: value, ...beside } = other(side, option, argument);
              const needed = Object.fromEntries(Object.entries(beside).filter(([key]) => key in options));
              if (option === "dtype" && name === "DataLoader") return; // a batch has it, the loader shows nothing
              expect(visible(withOptions({ ...needed, [option]: value }))).to.not.deep.equal(
                visible(withOptions(needed)),
              );
            });
        }

        if (/^[A-Z]/.test(name) && optionNames.length + Object.keys(positional).length === 0)
          it("refuses any argument, as it takes none", () => {
            expect(() => call({ inplace: true })).to.throw(
              TypeError,
              `${name}: takes no arguments, got { inplace }; write new ${name}()`,
            );
          });

        if (!contract.rest)
          for (const [i, [key, argument]] of Object.entries(positional).entries()) {
            it(`${key}: refused when left out, of the wrong type, or outside its range`, () => {
              const swapped = (value: unknown): unknown =>
                call(
                  ...given().map((one, k) => (k === i ? value : one)),
                  ...(optionNames.length > 0 ? [quiet()] : []),
                );
              if (argument.type === "parameters") {
                expect(() => swapped(wrongType)).to.throw(
                  TypeError,
                  `${name}: expected a list of parameters, got a Date`,
                );
                return;
              }
              if (argument.required)
                expect(() => swapped(undefined)).to.throw(TypeError, `${name}: ${key} is missing, expected`);
              else expect(() => swapped(undefined)).to.not.throw();
              refuses(`${name}: ${key}`, argument, swapped);
            });
          }

        if (optionNames.length > 0)
          it("a bare value, null or a list in the place of the options", () => {
            for (const bare of [5, null, [1], "mean", true])
              expect(() => call(...given(), bare), String(bare)).to.throw(
                TypeError,
                /: the options are (5|null|\[1\]|"mean"|true), expected an object: \{ \w+/,
              );
          });
      });
    }
  }
});

/** What an argument does not take is named, with what it takes. */
function refuses(where: string, argument: AnyArgument, give: (value: unknown) => unknown): void {
  const { expected } = argument;
  expect(() => give(wrongType)).to.throw(TypeError, `${where} is a Date, expected ${expected}`);
  if (argument.nullable) expect(() => give(null)).to.not.throw(TypeError);
  else expect(() => give(null)).to.throw(TypeError, `${where} is null, expected ${expected}`);
  const value = outside(argument);
  if (value !== undefined && argument.type !== "list")
    expect(() => give(value)).to.throw(RangeError, `${where}`);
  if (argument.type === "number") expect(() => give(Number.NaN)).to.throw(RangeError, `${where} is NaN`);
}

describe("contracts, what a caller reads", () => {
  const { Linear, ELU, Conv2d, Sequential, ReLU, Hardtanh } = manual;
  const wrong = (value: unknown): never => value as never;
  const calls: readonly [title: string, call: () => unknown, message: string][] = [
    ["a misspelt option", () => new Linear(2, 2, wrong({ biass: true })), 'Linear: unknown option "biass"; expected bias, rng, dtype. Did you mean "bias"?'],
    ["an option that means nothing", () => new Linear(2, 2, wrong({ zebra: 1 })), 'Linear: unknown option "zebra"; expected bias, rng, dtype'],
    ["a string for a size", () => new Linear(wrong("784"), 10), 'Linear: inFeatures is "784", expected a whole number >= 1'],
    ["a size left out", () => new Linear(784, wrong(undefined)), "Linear: outFeatures is missing, expected a whole number >= 1; write new Linear(inFeatures, outFeatures, { bias, rng, dtype })"],
    ["a bias by position, as in PyTorch", () => new Linear(2, 2, wrong(false)), "Linear: the options are false, expected an object: { bias: false }"],
    ["a stride by position, as in PyTorch", () => new Conv2d(1, 1, 3, wrong(2)), "Conv2d: the options are 2, expected an object: { stride: 2 }"],
    ["a stream by position", () => new Linear(2, 2, wrong(random(1))), "Linear: the options are a Random, expected an object: { rng }"],
    ["a kernel size that is a string", () => new Conv2d(1, 1, wrong("3")), 'Conv2d: kernelSize is "3", expected a whole number >= 1 or a pair of them'],
    ["an argument by position among the options", () => new Conv2d(1, 1, 3, wrong({ kernelSize: 3 })), "Conv2d: kernelSize is not an option; pass it by position: new Conv2d(inChannels, outChannels, kernelSize, { stride, padding, dilation, … })"],
    ["options where the argument comes by position", () => new ELU(wrong({ alpha: 2 })), "ELU: alpha is { alpha }, expected a finite number; write new ELU(2)"],
    ["a second number by position", () => new Hardtanh(-1, wrong(1)), "Hardtanh: the options are 1, expected an object: { maxVal: 1 }"],
    ["a list of layers", () => new Sequential(wrong([new ReLU()])), "Sequential: layers[0] is a list of 1, expected a layer, such as new ReLU(); for a list, write new Sequential(...list)"],
    ["a class in the place of a layer", () => new Sequential(wrong(ReLU)), "Sequential: layers[0] is the class ReLU, expected a layer, such as new ReLU()"],
  ]; // biome-ignore format: a table, one case a line
  for (const [title, call, message] of calls)
    it(title, () => {
      expect(call).to.throw(TypeError);
      expect(call).to.throw(message);
    });
});

describe("contracts, a stream of the program's seed", () => {
  const streams = (): number[] => {
    manualSeed(9);
    return Array.from({ length: 3 }, () => random().next());
  };
  /** How many streams it takes. */
  const taken = (build: () => unknown): number => {
    const all = streams();
    manualSeed(9);
    build();
    return all.indexOf(random().next());
  };

  it("is taken once where weights are drawn and none was given, and for nothing else", () => {
    for (const build of [() => new manual.Mlp(), () => new autograd.Linear(2, 2), () => new manual.Dropout()])
      expect(taken(build), String(build)).to.equal(1);
    for (const build of [
      () => new manual.PadShortcut(1, 2),
      () => new manual.Linear(2, 2, { rng: random(1) }),
      () => expect(() => new manual.Linear(0, 2)).to.throw(RangeError),
      () => expect(() => new manual.Linear(2, 2, { dtype: "int32" })).to.throw(RangeError),
    ])
      expect(taken(build), String(build)).to.equal(0);
  });
});
