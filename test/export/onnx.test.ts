import { expect } from "chai";
import { type Case, cases } from "chalk-and-tape/compare";
import { contracts } from "chalk-and-tape/contracts";
import type { AnyNetwork } from "chalk-and-tape/export";
import { concatenate, type NDArray, type Random, random } from "chalk-and-tape/np";
import { drawInputs } from "#internal/compare";
import { leafNames } from "#internal/export";
import { redraw } from "./both-sides.ts";
import {
  expectNear,
  type Float,
  fileOf,
  type OnnxJob,
  type OnnxReport,
  runOnnx,
  tolerance,
} from "./onnx-jobs.ts";
import { needsPython } from "./python.ts";

/** Rows of losses and optimizers have targets or steps. */
const rows = cases.filter(
  ({ name, inputs, optimizer }) => Object.hasOwn(contracts, name) && !inputs.target && !optimizer,
);

const title = ({ name, what }: Case, dtype: Float): string => `${name}: ${what}, in ${dtype}`;

/**
 * Values near 1000 have neighbours 6e-5 apart in float32, and the layer takes their mean away: what is
 * left, of size 1, is no better than that.
 */
const farFrom0 = ["LayerNorm: values far from 0, in float32", "GroupNorm: values far from 0, in float32"];

/** The first batch of a row, and a larger one, for which the file was not made. */
function batchesOf({ inputs }: Case): NDArray[][] {
  const draw = (rng: Random): NDArray[] => [...drawInputs(inputs, rng).values()];
  const [first, more] = [draw(random(2)), draw(random(3))];
  const axis = inputs.batchAxis;
  return axis === null
    ? [first, more]
    : [first, first.map((x, i) => concatenate([x, more[i] as NDArray], axis ?? 0))];
}

function jobOf(row: Case, side: "manual" | "autograd", dtype: Float): OnnxJob {
  const model = row[side](random(1)) as AnyNetwork;
  redraw(model, random(4));
  return {
    title: title(row, dtype),
    model,
    batches: batchesOf(row),
    options: { dtype, opset: dtype === "float64" ? 21 : 17 },
  };
}

/** A row in float32 is not more exact in float64. */
const floatsOf = (row: Case): readonly Float[] =>
  row.drawn === "float type" ? ["float32"] : ["float64", "float32"];

describe("toOnnx, every row of the case table", function () {
  this.timeout(120_000);
  let jobs: OnnxJob[] = [];
  let reports: OnnxReport[] = [];

  before(function () {
    needsPython(this, "onnx", "onnxruntime");
    jobs = rows.flatMap((row) => floatsOf(row).map((dtype) => jobOf(row, "manual", dtype)));
    reports = runOnnx(jobs);
  });

  it("onnxruntime computes what chalk computes, for another number of samples too", () => {
    for (const [i, report] of reports.entries()) {
      const { title, options } = jobs[i] as OnnxJob;
      expectNear(report, title, farFrom0.includes(title) ? 1e-4 : tolerance[options?.dtype as Float]);
    }
  });

  it("only the rows that say so need more room", () => {
    const needy = jobs.filter(({ options }, i) =>
      reports[i]?.differences.some((one) => Number(one) > tolerance[options?.dtype as Float]),
    );
    expect(needy.map(({ title }) => title)).to.have.members(farFrom0);
  });

  it("every class that is translated as one piece has a row", () => {
    const without = leafNames.filter((name) => !rows.some((row) => row.name === name));
    expect(without).to.deep.equal(["NonlinearClassifier"]); // its row is a loss: see the models
  });
});

describe("toOnnx, both sides", function () {
  this.timeout(120_000);
  it("chalk and tape with equal weights write the same file for every row", () => {
    for (const row of rows) {
      const [dtype] = floatsOf(row) as [Float];
      const [chalk, tape] = [jobOf(row, "manual", dtype), jobOf(row, "autograd", dtype)];
      tape.model.loadStateDict(chalk.model.stateDict());
      expect(Buffer.compare(fileOf(chalk), fileOf(tape)), title(row, dtype)).to.equal(0);
    }
  });
});
