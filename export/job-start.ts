import { readFile } from "node:fs/promises";
import type { OptimizerState, StateDict } from "../contracts/index.ts";
import type { Layer, Optimizer } from "../manual/index.ts";
import { DataError, NDArray } from "../np/index.ts";
import { describe } from "../np/internal.ts";
import { decodeSafetensors, loadState } from "../training/index.ts";
import { decodeSnapshot, isSnapshot } from "../training/internal.ts";

/** The weights of a file and, from a checkpoint, the state of the optimizer. */
export interface Start {
  readonly weights: StateDict;
  readonly optimizer: OptimizerState | null;
  /** The settings of the run, by name: a checkpoint of `compare` holds them. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What is read of a checkpoint: of `train`, or of `compare`, which has one such part for each side. */
interface Saved {
  readonly model?: StateDict;
  readonly optimizer?: OptimizerState;
  readonly job?: Readonly<Record<string, unknown>>;
  readonly manual?: { readonly model?: StateDict; readonly optimizer?: OptimizerState };
}

/**
 * Reads a file of `saveState`, or a checkpoint of `train` or `compare`; of the latter chalk's side.
 * @throws DataError for a missing or damaged file, RangeError for an extension that is unknown
 */
export async function readStart(path: string): Promise<Start> {
  const weights = await loadState(path);
  const bytes = path.endsWith(".safetensors") ? await readFile(path) : null;
  if (bytes === null || !isSnapshot(decodeSafetensors(bytes).metadata))
    return { weights, optimizer: null, settings: {} };
  const saved = decodeSnapshot<Saved>(bytes);
  const { model, optimizer = null } = saved.manual ?? saved;
  if (!model || !Object.values(model).every((x) => x instanceof NDArray))
    throw new DataError(
      `${path}: it is a checkpoint whose model is ${describe(model)}, expected one of \`train\` or \`compare\``,
    );
  return { weights: model, optimizer, settings: settingsOf(saved.job ?? {}) };
}

/** The names of the settings that an export depends on. */
const exported = ["dataset", "model", "batchSize", "lr", "optimizer", "dtype", "seed", "limit"];

function settingsOf(job: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(job).filter(([name, value]) => exported.includes(name) && value !== null),
  );
}

/** The element type of the weights; undefined without them. */
export function dtypeOf(start: Start | null): "float64" | "float32" | undefined {
  const dtypes = Object.values(start?.weights ?? {}).map(({ dtype }) => dtype);
  return dtypes.find((dtype) => dtype === "float64" || dtype === "float32") as "float64" | "float32";
}

/** @throws RangeError that names the file, for weights of another network */
export function loadWeights(path: string, model: Layer, { weights }: Start): void {
  try {
    model.loadStateDict(weights);
  } catch (error) {
    throw new RangeError(
      `export: ${path} holds the weights of another network than ${model.constructor.name}: ${(error as Error).message}. Choose its model and dataset`,
      { cause: error },
    );
  }
}

/** @throws RangeError that names the file, for the state of another optimizer */
export function loadOptimizer(path: string, optimizer: Optimizer, state: OptimizerState): void {
  try {
    optimizer.loadStateDict(state);
  } catch (error) {
    throw new RangeError(
      `export: ${path} is not of this optimizer: ${(error as Error).message}. Choose the optimizer of that run, or leave it out`,
      { cause: error },
    );
  }
}
