import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { type DType, NDArray } from "chalk-and-tape/np";
import * as internal from "#internal/np";
import { dtypes, memory, plain } from "./plain.ts";
import { ulps } from "./ulps.ts";

type Value = number | "NaN" | "Infinity" | "-Infinity";
interface Encoded {
  readonly dtype: string;
  readonly shape: number[];
  readonly data?: Value[];
  readonly memory?: Value[];
  readonly strides?: number[];
  readonly offset?: number;
}
interface Case {
  readonly op: string;
  readonly args: unknown[];
  readonly expect: Encoded & { readonly data: Value[] };
  /** Names a difference from NumPy that is on purpose. */
  readonly rule?: string;
  /** False where NumPy leaves the sign of a zero open. */
  readonly zeroSign?: false;
}

// From .build/test/np/.
const file = new URL("../../../test/fixtures/numpy.json", import.meta.url);
const { madeBy, cases } = JSON.parse(readFileSync(file, "utf8")) as { madeBy: string; cases: Case[] };

function decode(arg: unknown): unknown {
  if (arg === "NaN" || arg === "Infinity" || arg === "-Infinity") return Number(arg);
  if (Array.isArray(arg)) return arg.map(decode);
  if (typeof arg !== "object" || arg === null) return arg;
  const { dtype, shape, data, memory: base, strides, offset } = arg as Encoded;
  const store = memory[dtype as DType]((base ?? data ?? []).length);
  store.set((base ?? data ?? []).map(Number));
  return base ? new NDArray({ data: store, version: 0 }, shape, strides, offset) : NDArray.from(store, shape);
}

const functions: Readonly<Record<string, unknown>> = { ...np, ...internal };
type Call = (...args: unknown[]) => NDArray;
/** Some ops take their last arguments spread, as users write them. */
const spread = new Set(["slice", "reshape"]);

/** Ops whose last argument is keepdims. */
const reductions = new Set(["sum", "mean", "max", "min", "logsumexp", "argmax", "var", "vecdot"]);

/** Ops whose functions return two arrays, or take a list one by one: their kernels are called. */
const byKernel = new Set(["moments", "comoments", "normalize"]);

function replay(op: string, args: unknown[]): NDArray {
  if (byKernel.has(op))
    return (internal.kernels as unknown as Record<string, Call>)[op]?.(...args) as NDArray;
  const [x, ...given] = args as [NDArray & Record<string, Call>, ...unknown[]];
  const rest = reductions.has(op) ? [...given.slice(0, -1), Boolean(given.at(-1))] : given; // JSON has 0 and 1
  if (functions[op]) return (functions[op] as Call)(x, ...rest);
  const more = spread.has(op) ? (rest[0] as unknown[]) : rest;
  return (x[op] as unknown as (...args: unknown[]) => NDArray).apply(x, more);
}

/** Our dtype where it is not NumPy's: masks, counts and sums; everything else must carry the same name. */
const ours: Record<string, DType> = { bool: "uint8", int64: "float64", uint64: "float64" };
function expectedDType({ op, expect: { dtype } }: Case): DType {
  if (op === "argmax") return "int32";
  return ours[dtype] ?? (dtype as DType);
}

/** What NumPy does not have: windows and convolutions, which PyTorch's answers in test/torch/ and loops judge. */
const notNumpys: ReadonlySet<string> = new Set([
  "im2col",
  "maxPool2d",
  "maxUnpool2d",
  "col2im",
  "argmaxPool",
  "conv2d",
  "conv2dWeight",
  "convTranspose2d",
]);

/** Units in the last place that a function may be off; all others are exact. */
const tolerance: Record<string, number> = {
  exp: 4,
  expm1: 4,
  erf: 1,
  log: 4,
  tanh: 4,
  sigmoid: 4,
  pow: 4,
  logaddexp: 4,
  logsumexp: 4,
  logSoftmax: 4,
  softmax: 4,
  softmaxCrossEntropy: 4,
  softmaxMinus: 4,
  var: 4,
  moments: 4,
  comoments: 4,
  standardize: 4,
  normalize: 4,
};
/** Sums whose terms cancel near 0, as in logSoftmax x and log Σ eˣ, and their exponentials: below this size, that of the terms, an ulp is that of this size. */
const smallest: Record<string, number> = {
  logaddexp: 4,
  logsumexp: 4,
  logSoftmax: 4,
  softmax: 1,
  softmaxCrossEntropy: 8,
  softmaxMinus: 8,
  comoments: 8,
  normalize: 4,
};

function check(test: Case): void {
  const { op, expect: expected, zeroSign } = test;
  const actual = plain(replay(op, test.args.map(decode)));
  expect(actual.dtype, "dtype").to.equal(expectedDType(test));
  expect(actual.shape, "shape").to.deep.equal(expected.shape);
  for (const [i, wanted] of expected.data.map(Number).entries()) {
    const found = actual.data[i] as number;
    if (Object.is(found, wanted) || (found === wanted && zeroSign === false)) continue;
    const off = ulps(found, wanted, actual.dtype, smallest[op]);
    if (!(off <= (tolerance[op] ?? 0))) {
      expect.fail(
        `element ${i}: ${found}, NumPy has ${wanted} (${off} ulp); ${JSON.stringify(test.args).slice(0, 600)}`,
      );
    }
  }
}

describe(`np against ${madeBy}`, () => {
  for (const op of new Set(cases.map((test) => test.op))) {
    const mine = cases.filter((test) => test.op === op && !test.rule);
    it(`${op}: ${mine.length} cases`, () => {
      for (const test of mine) check(test);
    });
  }
  for (const rule of new Set(cases.flatMap((test) => test.rule ?? []))) {
    const mine = cases.filter((test) => test.rule === rule);
    const ops = [...new Set(mine.map((test) => test.op))].join(", ");
    it(`differs on purpose: ${rule} (${ops})`, () => {
      for (const test of mine) check(test);
    });
  }

  it("holds every op, every dtype, and the values that break programs", () => {
    const tested = new Set(cases.map((test) => test.op));
    const all = Object.keys(internal.kernels).filter((op) => !tested.has(op) && !notNumpys.has(op));
    expect(all, "internal.kernels without a NumPy case").to.deep.equal([]);
    expect([...notNumpys].filter((op) => tested.has(op) || !(op in internal.kernels))).to.deep.equal([]);
    const text = readFileSync(file, "utf8");
    for (const value of ['"NaN"', '"Infinity"', '"-Infinity"', "-0.0", '"strides"', ...dtypes]) {
      expect(text).to.include(value);
    }
    expect(text.length).to.be.below(1e6);
  });
});
