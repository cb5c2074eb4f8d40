// biome-ignore-all lint/suspicious/noTemplateCurlyInString: source text
import { expect } from "chai";
import { mayImport } from "./layering.ts";
import { rawValues } from "./messages.ts";
import { sources } from "./source.ts";

/** Values that are known to be numbers, or words of ours, where the message is made. */
const known: Readonly<Record<string, readonly string[]>> = {
  "np/engines/threads.ts": ["ours"],
  "np/leader.ts": ['operands.map(describeOperand).join(" and ") || "none"'],
  "np/shape.ts": ["shown", "m"],
  "contracts/activations/prelu.ts": ["count"],
  "contracts/checks/guarded-methods.ts": ["found"],
  "contracts/layers/flatten.ts": ["given"],
  "contracts/losses/class-indices.ts": ["n", "dtype"],
  "contracts/losses/class-targets.ts": ["ignoreIndex"],
  "np/engines/choose.ts": ["name"],
  "datasets/data-loader.ts": ["classes - 1"],
  "training/files/npz.ts": ["total"],
  "training/files/state-files.ts": ["conversion", "other"],
  "training/loop/checkpoint.ts": ["other"],
  "cli/environment.ts": ["folder"],
  "datasets/dataset.ts": ["held"],
  "datasets/files/unpack.ts": ["why"],
  "datasets/toy/points.ts": ["n"],
  "gradcheck/function-subject.ts": ["returned", "dtype"],
  "training/files/element-types.ts": ["value"],
  "training/schedules/one-cycle-lr.ts": ["total"],
  "compare/check/check.ts": ["given"],
  "compare/lockstep/equal-weights.ts": ["dtype"],
  "cli/summary.ts": ["side"],
};

describe("an error that quotes a value shows what tells it apart", () => {
  const found = [...new Set(Object.keys(mayImport).flatMap(sources).flatMap(rawValues))];
  it("by describe, unless it is known to be a number or a word", () => {
    const allowed = Object.entries(known).flatMap(([path, names]) => names.map((name) => `${path}: ${name}`));
    expect(found.filter((one) => !allowed.includes(one))).to.deep.equal([]);
  });
});

describe("the test of messages itself", () => {
  const raw = (message: string): string[] =>
    rawValues({ path: "np/x.ts", text: `throw new RangeError(\`${message}\`);` });
  it("catches a value as it is, quoted or not, and not one that is described", () => {
    expect(raw("seed is ${seed}; expected 1")).to.deep.equal(["np/x.ts: seed"]);
    expect(raw('mode is "${mode}"')).to.deep.equal(["np/x.ts: mode"]);
    expect(raw("seed is ${describe(seed)}, x is ${x.dtype}")).to.deep.equal([]);
  });
});
