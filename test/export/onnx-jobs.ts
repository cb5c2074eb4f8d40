import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type AnyNetwork, type OnnxOptions, toOnnx } from "chalk-and-tape/export";
import type { DType, NDArray } from "chalk-and-tape/np";
import { evaluated } from "./both-sides.ts";
import { runPython } from "./python.ts";

export type Float = "float32" | "float64";

/** The largest difference, relative to the largest number of y. */
export const tolerance: Readonly<Record<Float, number>> = { float32: 1e-5, float64: 1e-12 };

/** A network to write as ONNX, and batches on which another engine must compute what we compute. */
export interface OnnxJob {
  readonly title: string;
  readonly model: AnyNetwork;
  /** The inputs of each batch. The file is made for the first batch; all of them run. */
  readonly batches: readonly (readonly NDArray[])[];
  readonly options?: OnnxOptions;
}

type Shapes = Readonly<Record<string, readonly (number | string)[]>>;

/** What Python says about a file. */
export interface OnnxReport {
  readonly error?: string;
  /** For each batch, relative to the largest number; words where that makes no sense. */
  readonly differences: readonly (number | string)[];
  readonly names: readonly string[];
  readonly operators: readonly string[];
  readonly initializers: readonly string[];
  readonly inputs: Shapes;
  readonly outputs: Shapes;
  readonly producer: readonly [name: string, version: string];
  readonly opset: number;
}

/** Whether the file was taken, and all its outputs were near ours. */
export function expectNear({ error, differences }: OnnxReport, title: string, atMost: number): void {
  expect(error, title).to.equal(undefined);
  for (const difference of differences) expect(difference, title).to.be.a("number").that.is.at.most(atMost);
}

/** Writes all files, and has one Python process check and run them. */
export function runOnnx(jobs: readonly OnnxJob[]): OnnxReport[] {
  const folder = mkdtempSync(join(tmpdir(), "chalk-onnx-"));
  try {
    const written = jobs.map((job, i) => writeJob(folder, `${i}`, job));
    writeFileSync(join(folder, "jobs.json"), JSON.stringify(written));
    const program = readFileSync(new URL("../../../test/export/onnx-checks.py", import.meta.url), "utf8");
    const lines = runPython(program, join(folder, "jobs.json")).trim().split("\n");
    return lines.map((line) => JSON.parse(line) as OnnxReport);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The file of a network for its first batch. */
export function fileOf({ model, batches: [first], options }: OnnxJob): Uint8Array {
  return toOnnx(model, first as readonly NDArray[], options);
}

function writeJob(folder: string, name: string, job: OnnxJob): object {
  const file = join(folder, `${name}.onnx`);
  writeFileSync(file, fileOf(job));
  const float = job.options?.dtype;
  const write = (key: string, x: NDArray): object => {
    const dtype = isFloat(x.dtype) ? (float ?? x.dtype) : "int64";
    const numbers = join(folder, `${name}.${key}`);
    const flat = dtype === "int64" ? BigInt64Array.from([...x.flat()], BigInt) : x.astype(dtype).flat();
    writeFileSync(numbers, new Uint8Array(flat.buffer, flat.byteOffset, flat.byteLength));
    return { file: numbers, dtype, shape: x.shape };
  };
  const runs = job.batches.map((batch, i) => {
    // What is given in float32 has lost digits, which our own forward in float64 must not have either.
    const inputs = batch.map((x) => (float && isFloat(x.dtype) ? x.astype(float).astype(x.dtype) : x));
    const named = inputs.map((x, k) => [k === 0 ? "x" : `x${k + 1}`, write(`${i}.x${k}`, x)]);
    return { inputs: Object.fromEntries(named), y: write(`${i}.y`, evaluated(job.model, inputs)) };
  });
  return { file, runs };
}

function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}
