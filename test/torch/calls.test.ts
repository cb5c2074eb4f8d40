import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { differentiable, type Tensor } from "chalk-and-tape/autograd";
import { gradgradcheck } from "chalk-and-tape/compare";
import type { NDArray } from "chalk-and-tape/np";
import * as np from "chalk-and-tape/np";
import { gradcheck } from "../gradcheck/quiet.ts";
import {
  asArray,
  type Call,
  type CallAnswer,
  dtypeHere,
  inputsOf,
  isTensor,
  leavesOf,
  resultsOf,
  weighed,
} from "./calls.ts";
import { type Answered, answersOf, expectClose, expectUpToDate, type Numeral } from "./tables.ts";

const places: Readonly<Record<string, (name: string) => (x: Tensor | null) => unknown>> = {
  methods: (name) => (x) => Reflect.get(x as Tensor, name),
  functional: (name) => () => Reflect.get(autograd.functional, name),
  functions: (name) => () => Reflect.get(np, name),
};

/** A kink, or an end of the numbers, where finite differences see nothing: only PyTorch's answer counts. */
const isAtAKink = ({ what }: Call): boolean =>
  /NaN|infinities|tie|on the limits|slope 0|equal|zeros/.test(what);

const isNotZero = (gradient: readonly Numeral[] | null | undefined): boolean =>
  gradient?.some((slope) => slope !== 0) ?? false;

function replay(
  find: (x: Tensor | null) => unknown,
  { case: call, answer }: Answered<Call, CallAnswer>,
): void {
  const leaves = leavesOf(call);
  const results = resultsOf(call, find, leaves);
  expect(results.length, "results").to.equal(answer.results.length);
  for (const [i, wanted] of answer.results.entries()) {
    const found = asArray(results[i]);
    expect(found.shape, `shape of result ${i}`).to.deep.equal(wanted.shape);
    if (isTensor(results[i])) expect(found.dtype, "dtype").to.equal(dtypeHere(wanted.dtype));
    expectClose(found.flat(), wanted.values, `result ${i}`);
  }
  const total = weighed(results);
  if (total?.requiresGrad) total.backward();
  for (const [i, wanted] of answer.gradients.entries()) {
    const leaf = leaves[i];
    const grad = isTensor(leaf) ? leaf.grad : null;
    if (wanted === null || (grad === null && !isNotZero(wanted)))
      expect(grad, `gradient of tensor ${i}`).to.equal(null);
    else expectClose(grad?.data.flat() ?? [], wanted, `gradient of tensor ${i}`);
  }
  const constants = leaves.filter((x) => !isTensor(x)) as NDArray[];
  expect(constants.length, "constants").to.equal(answer.constants.length);
  for (const [i, x] of constants.entries()) expectClose(x.flat(), answer.constants[i] ?? [], `constant ${i}`);
}

/** In float32 the results of floats are float32, and near those of float64. */
function replayInSingle(
  find: (x: Tensor | null) => unknown,
  { case: call, answer }: Answered<Call, CallAnswer>,
): void {
  const leaves = leavesOf(call, "float32");
  const results = resultsOf(call, find, leaves);
  const kept = leaves.some((x) => x.dtype === "float32");
  for (const [i, wanted] of answer.results.entries()) {
    const found = results[i];
    if (!isTensor(found) || wanted.dtype !== "float64") continue;
    if (kept) expect(found.dtype, `${call.what}: dtype of result ${i}`).to.equal("float32");
    const flat = found.data.flat();
    for (const [k, value] of wanted.values.map(Number).entries()) {
      const here = flat[k] as number;
      const bound = 1e-5 * Math.max(1, Math.abs(value));
      if (!(Math.abs(here - value) <= bound) && !Object.is(here, value))
        expect.fail(`${call.what}: result ${i}[${k}] is ${here} in float32, PyTorch has ${value}`);
    }
  }
  const total = weighed(results);
  if (total?.requiresGrad) total.backward();
  for (const x of leaves) if (isTensor(x) && x.grad) expect(x.grad.dtype, "a gradient").to.equal(x.dtype);
}

/** Whether finite differences agree with the first and second derivatives by all inputs whose gradient is not 0. */
function checkDifferences(
  find: (x: Tensor | null) => unknown,
  { case: call, answer }: Answered<Call, CallAnswer>,
): void {
  const free = [...answer.gradients.keys()].filter((i) => isNotZero(answer.gradients[i]));
  const f = (...xs: Tensor[]): Tensor => {
    const inputs = leavesOf(call).map((x, i) => xs[free.indexOf(i)] ?? x);
    return weighed(resultsOf(call, find, inputs)) as Tensor;
  };
  const arrays = inputsOf(call);
  const result = gradcheck(
    differentiable(f),
    free.map((i) => arrays[i] as NDArray),
  );
  expect(result.rows.filter(({ verdict }) => verdict !== "agree")).to.deep.equal([]);
  // y² has a second derivative even where y is linear
  const twice = gradgradcheck(
    (...xs) => f(...xs).mul(f(...xs)),
    free.map((i) => arrays[i] as NDArray),
    { quiet: true },
  );
  expect(twice.rows.filter(({ verdict }) => !["agree", "vacuous"].includes(verdict))).to.deep.equal([]);
}

for (const [kind, place] of Object.entries(places)) {
  const fixture = answersOf<Call, CallAnswer>(kind);
  describe(`${kind} of tensors against ${fixture.madeBy}, float64 to 1e-9`, () => {
    it("PyTorch's answers are those to the table's cases", () => expectUpToDate(kind, fixture));
    for (const [name, answered] of Object.entries(fixture.answers)) {
      const find = place(name);
      for (const one of answered)
        it(`${name}, ${one.case.what}: results, dtypes and gradients`, () => replay(find, one));
      if (name !== "double")
        it(`${name}: in float32 near that, and float32`, () => {
          for (const one of answered) replayInSingle(find, one);
        });
      const smooth = answered.filter(
        ({ case: call, answer }) => !isAtAKink(call) && answer.gradients.some(isNotZero),
      );
      if (smooth.length > 0)
        it(`${name}: agrees with finite differences, twice (${smooth.length} cases)`, () => {
          for (const one of smooth) checkDifferences(find, one);
        });
    }
  });
}
