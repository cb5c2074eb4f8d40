import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Tensor } from "../autograd/index.ts";
import type { JobOutcome, JobSettings } from "../compare/index.ts";
import { bounds, jobSettingEntries } from "../compare/internal.ts";
import type { NDArray } from "../np/index.ts";
import { canStartThread } from "../np/internal.ts";
import { type Boundary, compareReport, type RunReport, type Samples, toPixels } from "../plots/index.ts";
import { fieldOf, pointsOf } from "../plots/internal.ts";
import { predictions } from "../training/index.ts";
import { writeAtomically } from "../training/internal.ts";
import { tryToWrite } from "./folder.ts";
import { flagOf } from "./options.ts";

/** Grid points per axis under a decision boundary; images in a report. */
const gridPoints = 60;
const picturesShown = 16;

const fileName = "compare.html";

/** Tries whether the report can be written, before any training. @throws RangeError with the reason */
export function tryReportFolder(directory: string): void {
  try {
    tryToWrite(directory, fileName);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new RangeError(
      `--report ${directory}: no report can be written there (${reason}); choose another folder, or --no-report`,
    );
  }
}

/** Writes the report of finished jobs into a folder, completely or not at all, and returns its path. */
export async function writeReport(directory: string, outcomes: readonly JobOutcome[]): Promise<string> {
  const report = { title: "Chalk and tape, side by side", runs: outcomes.map(runReport) };
  const html = await (canStartThread() ? drawInWorker(report) : compareReport(report));
  const path = join(directory, fileName);
  await mkdir(directory, { recursive: true });
  await writeAtomically(path, new TextEncoder().encode(html));
  return path;
}

/** See draw-report.ts. */
function drawInWorker(workerData: {
  readonly title: string;
  readonly runs: readonly RunReport[];
}): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./draw-report.js", import.meta.url), { workerData, execArgv: [] });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

type Predict = (x: NDArray) => NDArray;

function runReport(outcome: JobOutcome): RunReport {
  const { result, verdict, parity, settings, models, test } = outcome;
  const dtype = settings.dtype;
  const sides: Record<"manual" | "autograd", Predict> = {
    manual: (x) => models.manual.forward(x.astype(dtype)),
    autograd: (x) => models.autograd.forward(new Tensor(x.astype(dtype))).data,
  };
  const isPlane = test.x.ndim === 2;
  const twoClasses = test.classes.length === 2;
  return {
    result,
    verdict,
    parity,
    bound: dtype === "float64" ? bounds.weights : bounds.float32Gradients,
    command: repeatCommand(settings, result.ranks),
    boundary:
      isPlane && twoClasses ? [boundary("manual", outcome), boundary("autograd", outcome)] : undefined,
    samples: isPlane ? undefined : samples(sides, outcome),
  };
}

/** The command that repeats the run on any machine, hence without this machine's data folder. */
function repeatCommand(settings: JobSettings, ranks?: number): string {
  const given = jobSettingEntries.flatMap(([name]) =>
    settings[name] === undefined || name === "root" ? [] : [`${flagOf(name)} ${settings[name]}`],
  );
  // MPICH's mpirun cannot start a program through npx
  const program =
    ranks === undefined ? "npx chalk-and-tape" : `mpirun -n ${ranks} node_modules/.bin/chalk-and-tape`;
  return `${program} compare ${given.join(" ")}`;
}

/** The probability of class 1 over the plane, and the test points. */
function boundary(side: "manual" | "autograd", { test, models }: JobOutcome): Boundary {
  const points = pointsOf("compare", test);
  const { xs, ys, probabilities } = fieldOf("compare", models[side], points, gridPoints, "logits");
  return { side, xs, ys, probability: probabilities[1] ?? [], points };
}

/** The first images of the test set, with both sides' predictions. */
function samples(
  sides: Record<"manual" | "autograd", Predict>,
  { test, input, settings }: JobOutcome,
): Samples {
  const n = Math.min(picturesShown, test.x.shape[0] as number);
  const x = test.x.slice([0, n]);
  const [height, width] = x.shape.slice(-2) as [number, number];
  const names = (indices: NDArray): string[] => [...indices.flat()].map((i) => test.classes[i] as string);
  const predictedNames = (predict: Predict): string[] =>
    names(predictions(predict(input(x.astype(settings.dtype).div(255)))));
  return {
    images: Array.from({ length: n }, (_, i) => toPixels(x.slice(i))),
    height,
    width,
    truth: names(test.y.slice([0, n])),
    manual: predictedNames(sides.manual),
    autograd: predictedNames(sides.autograd),
  };
}
