/** Exports networks, lets train.py train them, and trains the same with our own loops. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as autograd from "chalk-and-tape/autograd";
import { DataLoader, type Samples } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";
import { python } from "./python.ts";

/** A model, its loss and its optimizer, on chalk's side or the tape's. */
export type Trainee =
  | { readonly model: manual.Layer; readonly loss: manual.Loss; readonly optimizer: manual.Optimizer }
  | { readonly model: autograd.Module; readonly loss: autograd.Loss; readonly optimizer: autograd.Optimizer };

/** Calls `run` with the path of a folder that is removed afterwards. */
export async function inFolder<T>(run: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "chalk-torchrun-"));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One step on a batch; returns the loss before it. */
export function step(trainee: Trainee, batch: { readonly x: NDArray; readonly y: NDArray }): number {
  const value = gradients(trainee, batch);
  trainee.optimizer.step();
  return value;
}

/** Gradients of a batch, without a step; returns the loss. */
export function gradients(
  { model, loss, optimizer }: Trainee,
  batch: { readonly x: NDArray; readonly y: NDArray },
): number {
  optimizer.zeroGrad();
  model.train();
  return model instanceof manual.Layer
    ? manual.computeGradients(model, batch, loss as manual.Loss).loss
    : autograd.computeGradients(model, batch, loss as autograd.Loss).loss;
}

/** The batches of as many epochs as there are steps, in the order of the data. */
export async function batchesOf(
  data: Samples,
  { batchSize, dtype, steps }: { batchSize: number; dtype: "float64" | "float32"; steps: number },
): Promise<{ x: NDArray; y: NDArray }[]> {
  const loader = new DataLoader(data, { batchSize, dtype });
  const batches: { x: NDArray; y: NDArray }[] = [];
  while (batches.length < steps) for await (const batch of loader) batches.push(batch);
  return batches.slice(0, steps);
}

/** A folder of an export, and the arguments of its train.py. */
export type Run = readonly [folder: string, ...args: readonly string[]];

/** Runs the train.py of every folder, one after the other, in the same processes. */
const driver = `
import json, os, runpy, sys, tempfile
for folder, *args in json.load(open(sys.argv[1])):
    sys.argv = ["train.py", *args]
    sys.path.insert(0, folder)
    sys.modules.pop("model", None)
    runpy.run_path(os.path.join(folder, "train.py"), run_name="__main__")
    sys.path.pop(0)
`;
