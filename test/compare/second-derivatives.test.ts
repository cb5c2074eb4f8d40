import { expect } from "chai";
import { op, ops, Tensor } from "chalk-and-tape/autograd";
import { type Case, cases, gradgradcheck } from "chalk-and-tape/compare";
import type { CheckReport } from "chalk-and-tape/gradcheck";
import { array, exp, type NDArray, type OpName, random } from "chalk-and-tape/np";
import {
  checkCasesSecondOrder,
  checkOps,
  checkSecondOrder,
  opCases,
  whyNoSecondDerivatives,
} from "#internal/compare";
import { seedsToTry } from "../exhaustive.ts";
import { exportedClasses, parse, sources } from "../house/source.ts";

const failures = ({ rows }: CheckReport) => rows.filter((row) => row.verdict !== "agree");
const quantities = ({ rows }: CheckReport): string[] => rows.map((row) => row.quantity);

describe("second derivatives of the primitives", () => {
  for (const seed of seedsToTry(0, 1, 2)) {
    it(`all agree with finite differences, at first and second order (seed ${seed})`, async () => {
      const report = await checkOps([], { seed });
      expect(failures(report)).to.deep.equal([]);
      const titles = new Set(report.rows.map((row) => row.case));
      for (const name of Object.keys(opCases) as OpName[]) {
        for (const { what, inputs, zeroSecondDerivatives } of opCases[name]) {
          const second = `${name}: ${what}, second derivatives`;
          expect([...titles]).to.include.members([`${name}: ${what}`, second]);
          const judged = report.rows.filter((row) => row.case === second).map((row) => row.quantity);
          const isZero = (i: number): boolean =>
            zeroSecondDerivatives === true || (zeroSecondDerivatives ?? []).includes(i);
          const wanted = inputs.map((_, i) => `input ${i}${isZero(i) ? ", where it is 0" : ""}`);
          expect(judged, second).to.include.members([...wanted, "dy"]);
        }
      }
    });
  }
  it("by name, one case at a time; an unknown name is refused with the nearest", async () => {
    const told: string[] = [];
    const onCase = (title: string, rows: readonly unknown[], done: number, total: number) =>
      told.push(`${title} ${rows.length > 0} ${done}/${total}`);
    const report = await checkOps(["neg"], { seed: 5, onCase });
    expect(told).to.deep.equal(["neg: 2-D true 1/1"]);
    expect(report.repeat).to.equal("npx chalk-and-tape gradcheck --ops neg --seed 5");
    let message = "";
    await checkOps(["tahn"]).catch((error: Error) => {
      message = error.message;
    });
    expect(message).to.match(/unknown op "tahn".*Did you mean "tanh"/);
  });

  /** The numbers that a rule of the sheet reads: `rule: place` among its arguments and y. */
  const reads: Partial<Record<OpName, readonly [rule: number, place: number][]>> = {
    mul: [[0, 1], [1, 0]],
    div: [[0, 1], [1, 1], [1, 2]],
    pow: [[0, 0], [0, 1], [1, 0], [1, 2]],
    logaddexp: [[0, 0], [0, 1], [1, 0], [1, 1]],
    exp: [[0, 1]],
    log: [[0, 0]],
    sqrt: [[0, 1]],
    sigmoid: [[0, 1]],
    tanh: [[0, 1]],
    logsumexp: [[0, 0], [0, 3]],
    logSoftmax: [[0, 2]],
    softmaxCrossEntropy: [[0, 0], [0, 1], [1, 0]],
    softmaxMinus: [[0, 0], [0, 1], [0, 2], [1, 0], [1, 2], [2, 0], [2, 1]],
    matmul: [[0, 1], [1, 0]],
    addmm: [[1, 2], [2, 1]],
    addcmul: [[1, 2], [2, 1]],
    addcmul2: [[1, 2], [2, 1], [3, 4], [4, 3], [4, 5], [5, 4]],
    vecdot: [[0, 1], [1, 0]],
    var: [[0, 0]],
    moments: [[0, 0], [0, 2]],
    comoments: [[0, 1], [0, 2], [1, 0], [2, 4]],
    standardize: [[0, 2], [0, 4]],
    normalize: [[0, 0], [0, 1], [0, 2]],
  }; // biome-ignore format: a table
  const constant = (x: unknown): unknown => {
    if (Array.isArray(x)) return x.map(constant);
    return x instanceof Tensor ? x.detach() : x;
  };
  for (const [name, places] of Object.entries(reads)) {
    it(`${name}: a rule that is right, but takes what it reads for a constant, is caught at second order`, async () => {
      type Rule = (dy: Tensor, ...rest: unknown[]) => unknown;
      const sheet = ops as unknown as Record<string, readonly Rule[]>;
      const right = sheet[name] as readonly Rule[];
      for (const [rule, place] of places) {
        const detached: Rule = (dy, ...rest) =>
          right[rule]?.(dy, ...rest.map((x, i) => (i === place ? constant(x) : x)));
        try {
          sheet[name] = right.map((vjp, i) => (i === rule ? detached : vjp));
          const wrong = failures(await checkOps([name]));
          expect(wrong.length, `rule ${rule}, place ${place}`).to.be.above(0);
          for (const row of wrong) expect(row.case).to.match(/, second derivatives$/);
        } finally {
          sheet[name] = right;
        }
      }
    });
  }
});

describe("gradgradcheck", () => {
  const x = random(1).normal(0, 1, [3]);
  const quiet = { quiet: true };

  it("catches a rule that is right at first order, and wrong when differentiated", () => {
    const wrong = op(
      (a: NDArray) => exp(a),
      (dy, _a, y) => dy.mul(array(y.toArray())),
    );
    const found = failures(gradgradcheck(wrong, [x], quiet));
    expect(found.map((row) => row.quantity)).to.deep.equal(["input 0"]);
  });
  it("a second derivative of 0 fails as vacuous, unless it is declared; dy is judged all the same", () => {
    const linear = (a: Tensor): Tensor => a.mul(3);
    const [undeclared, declared] = [{}, { zeroSecondDerivatives: ["input 0"] }].map((options) =>
      gradgradcheck(linear, [x], { ...quiet, ...options }),
    ) as [CheckReport, CheckReport];
    expect(undeclared.rows[0]?.verdict).to.equal("vacuous");
    expect(undeclared.rows[0]?.diagnosis).to.match(
      /^the second derivative by input 0 is 0 everywhere.*zeroSecondDerivatives: \["input 0"\]/,
    );
    expect(declared.failed).to.equal(0);
    expect(quantities(declared).slice(0, 2)).to.deep.equal(["input 0, where it is 0", "dy"]);
  });
  it("a second derivative that was declared 0 and is not fails, though tape and differences agree", () => {
    const found = failures(
      gradgradcheck((a) => a.mul(a), [x], { ...quiet, zeroSecondDerivatives: ["input 0"] }),
    );
    expect(found.map((row) => row.diagnosis)).to.deep.equal([
      "declared to have the second derivative 0, but it is not 0: remove it from `zeroSecondDerivatives`",
    ]);
  });
  it("a declared name that no input has is refused: it would check nothing", () => {
    const check = () => gradgradcheck((a) => a.mul(a), [x], { ...quiet, zeroSecondDerivatives: ["imput 0"] });
    expect(check).to.throw(RangeError, 'names "imput 0", but the inputs are input 0, dy');
  });
  it("with `once` it checks that the function refuses, for the reason given", () => {
    const curved = (a: Tensor): Tensor => exp(a);
    const refusing = (a: Tensor): Tensor => {
      if (a.requiresGrad) throw new TypeError("exp: by hand");
      return exp(a);
    };
    expect(gradgradcheck(refusing, [x], { ...quiet, once: "by hand" }).failed).to.equal(0);
    expect(gradgradcheck(refusing, [x], { ...quiet, once: "another reason" }).failed).to.equal(1);
    expect(gradgradcheck(curved, [x], { ...quiet, once: "by hand" }).rows[0]?.diagnosis).to.match(
      /nothing was/,
    );
  });
  it("prints its report, with the call that gives it again", () => {
    const lines: unknown[] = [];
    const { log } = console;
    console.log = (line: unknown) => lines.push(line);
    try {
      gradgradcheck((a) => a.mul(3), [x], { seed: 4 });
    } finally {
      console.log = log;
    }
    expect(lines.join("\n")).to.match(/vacuous[\s\S]*gradgradcheck\(…, \{ seed: 4 \}\)/);
  });
});

describe("second derivatives of the twins on tape", () => {
  it("every row is checked by x, by every parameter and by dy, or is drawn, a network or an optimizer and says why not (seed 1; seed 0 is the catalogue's)", async () => {
    const without = cases.filter((row) => whyNoSecondDerivatives(row) !== null);
    const folders = ["optimizers", "models"].flatMap((kind) => sources(`manual/${kind}`));
    const names = folders.flatMap(({ text }) => exportedClasses(parse(text)).map((node) => node.name?.text));
    expect(names).to.include.members(without.filter(({ drawn }) => !drawn).map(({ name }) => name));
    const report = await checkCasesSecondOrder([], { seed: 1 });
    expect(failures(report)).to.deep.equal([]);
    const titles = new Set(report.rows.map((row) => row.case));
    expect(titles.size).to.equal(cases.length - without.length);
  });
  it("by every parameter: the rows of Linear and of Sequential name them", async () => {
    const { rows } = await checkCasesSecondOrder(["Linear", "Sequential"]);
    const of = (title: string): string[] =>
      rows.filter((row) => row.case === `${title}, second derivatives`).map((row) => row.quantity);
    expect(of("Linear: 5 → 3").slice(0, 4)).to.deep.equal(["x", "weight", "bias, where it is 0", "dy"]);
    expect(of("Sequential: Linear, Tanh, Linear")).to.include.members(["0.bias", "2.weight"]);
  });
  it("names the field to write for a row that does not declare a zero, on a kink too", () => {
    for (const [name, what, quantity] of [
      ["Linear", "5 → 3", "bias"],
      ["ReLU", "at its kink, where dx is 0 by agreement", "x"],
    ] as const) {
      const row = cases.find((one) => one.name === name && one.what === what) as Case;
      const { expects, ...forgetful } = row;
      expect(expects?.zeroSecondDerivatives).to.deep.equal([quantity]);
      const [wrong, ...others] = checkSecondOrder(forgetful).filter(({ verdict }) => verdict !== "agree");
      expect(others).to.deep.equal([]);
      expect(wrong?.diagnosis).to.contain(`zeroSecondDerivatives: ["${quantity}"]`);
    }
  });
  it("on the kinks of ReLU and MaxPool2d dx is differentiated by dy, and by x it is 0", async () => {
    const { rows } = await checkCasesSecondOrder(["ReLU"]);
    const onKink = rows.filter((row) => row.case.includes("at its kink"));
    expect(onKink.map((row) => row.quantity)).to.include.members(["x, 0 on its kink", "dy"]);
    const cuts = (await checkCasesSecondOrder(["BCELoss"])).rows.filter((row) =>
      row.case.includes("at its cuts"),
    );
    expect(cuts.map((row) => row.quantity)).to.include.members(["x, on its kink symmetric", "dy"]);
    const ties = (await checkCasesSecondOrder(["MaxPool2d"])).rows.filter((row) =>
      row.case.includes("at its kink"),
    );
    expect(ties.map((row) => row.quantity)).to.include.members(["x, 0 on its kink", "dy"]);
    expect(array([onKink.length]).item()).to.be.above(1);
  });
});
