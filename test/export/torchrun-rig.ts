/** Exports networks, lets train.py train them, and trains the same with our own loops. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type ChannelStatistics, DataLoader, type Samples } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray } from "chalk-and-tape/np";
import { isExhaustive } from "../exhaustive.ts";
import { python } from "./python.ts";

/** A model, its loss and its optimizer, on chalk's side. */
export interface Chalk {
  readonly model: manual.Layer;
  readonly loss: manual.Loss;
  readonly optimizer: manual.Optimizer;
}
/** The same on either side. */
export type Trainee =
  | Chalk
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

export interface BatchesOptions {
  readonly batchSize: number;
  readonly dtype: "float64" | "float32";
  readonly steps: number;
  readonly normalizeBy?: ChannelStatistics | null;
}

/** The batches of as many epochs as there are steps, in the order of the data, normalised as the network gets them. */
export async function batchesOf(
  data: Samples,
  { batchSize, dtype, steps, normalizeBy = null }: BatchesOptions,
): Promise<{ x: NDArray; y: NDArray }[]> {
  const loader = new DataLoader(data, { batchSize, dtype });
  const perChannel = (values: readonly number[]): NDArray => array([...values], { dtype }).reshape(-1, 1, 1);
  const batches: { x: NDArray; y: NDArray }[] = [];
  while (batches.length < steps)
    for await (const { x, y } of loader)
      batches.push({
        x: normalizeBy ? x.sub(perChannel(normalizeBy.mean)).div(perChannel(normalizeBy.std)) : x,
        y,
      });
  return batches.slice(0, steps);
}

/** A folder of an export, the number of ranks, and the arguments of its train.py. */
export type Run = readonly [folder: string, ranks: number, ...args: readonly string[]];

/** The most that one training may take. */
const seconds = isExhaustive ? 900 : 100;

/**
 * What torchrun does, for many folders: starts the ranks of each, one folder after the other. PyTorch is
 * imported once, since each import takes seconds. What a folder prints is in its printed.txt.
 */
const launcher = `
import json, os, random, runpy, signal, socket, sys, traceback
import torch, torch._dynamo, torch.distributed, torch.nn.parallel, safetensors.torch

def rank_of(folder, args, **environment):
    signal.alarm(${seconds})
    os.environ.update({key: str(value) for key, value in environment.items()})
    sys.argv, sys.path[0] = ["train.py", *args], folder
    sys.stdout = open(os.path.join(folder, "printed.txt"), "a")
    try:
        runpy.run_path(os.path.join(folder, "train.py"), run_name="__main__")
        sys.stdout.close()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)

def free_port():
    """Below the ports that the system gives to others, so that it stays free until a rank takes it."""
    while True:
        port = random.randrange(10000, 30000)
        with socket.socket() as free:
            if free.connect_ex(("127.0.0.1", port)):
                return port

for folder, world, *args in json.load(sys.stdin):
    address = dict(MASTER_ADDR="127.0.0.1", MASTER_PORT=free_port())
    children = []
    for rank in range(world):
        children.append(os.fork())
        if children[-1] == 0:
            rank_of(folder, args, RANK=rank, LOCAL_RANK=rank, WORLD_SIZE=world, LOCAL_WORLD_SIZE=world, **address)
    while children:
        child, end = os.wait()
        children.remove(child)
        if end:
            for other in children:
                os.kill(other, signal.SIGKILL)  # it waits for the one that has failed
            sys.exit(f"{folder} failed: {end}")
`;

/** Trains in every folder. @throws Error with what Python wrote, if one fails */
export function train(runs: readonly Run[]): void {
  const input = JSON.stringify(runs);
  const { status, stderr, error } = spawnSync(python, ["-c", launcher], {
    input,
    encoding: "utf8",
    timeout: 3 * seconds * 1000,
    env: { ...process.env, OMP_WAIT_POLICY: "passive" }, // threads that wait for others leave them the cores,
  });
  if (status !== 0) throw new Error(`train.py ended with ${status}: ${error?.message ?? stderr}`);
}

/** The losses that a train.py wrote into a file. */
export function lossesIn(path: string): number[] {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line, i) => {
    const { step: number, loss } = JSON.parse(line) as { step: number; loss: number };
    if (number !== i + 1) throw new Error(`${path}: line ${i + 1} is of step ${number}`);
    return loss;
  });
}

/** @throws AssertionError unless there are as many, each within the bound */
export function expectNear(actual: readonly number[], wanted: readonly number[], bound: number): void {
  expect(actual.length).to.equal(wanted.length);
  for (const [i, loss] of wanted.entries())
    expect(actual[i], `step ${i + 1}`).to.be.closeTo(loss, bound * Math.max(1, Math.abs(loss)));
}

/** One step per batch in two parts, as on two ranks: each normalises its own rows. Both trainees end equal but for their statistics. */
export function inParts(
  first: Chalk,
  second: Chalk,
  batches: readonly { readonly x: NDArray; readonly y: NDArray }[],
): number[] {
  return batches.map(({ x, y }) => {
    const [count, middle] = [y.size, Math.floor(y.size / 2)];
    const parts = [
      { trainee: first, rows: [0, middle] as const },
      { trainee: second, rows: [middle, count] as const },
    ];
    const losses = parts.map(({ trainee, rows }) =>
      gradients(trainee, { x: x.slice([...rows]), y: y.slice([...rows]) }),
    );
    const [p, q] = [first.model.parameters(), second.model.parameters()];
    const share = middle / count;
    for (const [i, own] of p.entries()) {
      const other = q[i] as manual.Parameter;
      const g = (own.gradient as NDArray).mul(share).add((other.gradient as NDArray).mul(1 - share));
      [own.gradient, other.gradient] = [g, g.copy()];
    }
    for (const { trainee } of parts) trainee.optimizer.step();
    return share * (losses[0] as number) + (1 - share) * (losses[1] as number);
  });
}

/** Runs a program under torchrun itself. @throws Error with what it wrote, if it fails */
export function torchrun(ranks: number, program: string, args: readonly string[]): void {
  const given = [
    "-m",
    "torch.distributed.run",
    "--standalone",
    `--nproc_per_node=${ranks}`,
    program,
    ...args,
  ];
  const { status, stderr, error } = spawnSync(python, given, { encoding: "utf8", timeout: 120_000 });
  if (status !== 0) throw new Error(`torchrun ended with ${status}: ${error?.message ?? stderr}`);
}
