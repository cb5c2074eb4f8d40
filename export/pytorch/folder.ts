import type { StateDict } from "../../contracts/index.ts";
import type { Samples } from "../../datasets/index.ts";
import { formatShape, type NDArray } from "../../np/index.ts";
import { expectArgument, objectWith, settle } from "../../np/internal.ts";
import { encodeSafetensors } from "../../training/index.ts";
import { type ExportPyTorchOptions, exportContract } from "./export-options.ts";
import { lossSource, whyNoTorchLoss } from "./loss-source.ts";
import { namesOf, optimizerSource, whyNoTorchOptimizer } from "./optimizer-source.ts";
import { torchState } from "./optimizer-state.ts";
import { readmeSource } from "./readme.ts";
import { toPyTorch } from "./to-pytorch.ts";
import { trainSource } from "./train-source.ts";
import { expectRoom, writeFolder } from "./write-folder.ts";

/**
 * Writes a folder in which PyTorch goes on with the training: `model.py` and `train.py`, weights,
 * the optimizer's state and the data, and `README.md` with the commands. `python train.py` runs it
 * on one process, `torchrun` on several, which divide each batch among them. Its result,
 * `trained.safetensors`, is read by `loadState`. All files are written or none; those of an earlier
 * export are replaced. Returns the names of the files.
 * @throws RangeError for a folder that holds something else, and for what PyTorch has no counterpart
 * of, before anything is written
 */
export async function exportPyTorch(
  folder: string,
  options: ExportPyTorchOptions,
): Promise<readonly string[]> {
  const where = "exportPyTorch";
  expectArgument(where, "options", objectWith("{ model, loss, optimizer, train }", {}), options);
  const { model, loss, optimizer, train, ...rest } = options;
  const needed = Object.entries({ model, loss, optimizer, train });
  const missing = needed.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0)
    throw new TypeError(
      `${where}: without ${missing.join(", ")}; write ${where}(folder, { model, loss, optimizer, train })`,
    );
  const given = settle(exportContract, { folder, model, loss, optimizer, train }, rest);
  const { test } = given;
  const problems = [
    whyNoTorchLoss(loss, train),
    whyNoTorchOptimizer(model, optimizer),
    ...[train, test].map((data) => data && whyNoData(data === train ? "train" : "test", data, train)),
  ].filter((problem) => problem !== null);
  if (problems.length > 0)
    throw new RangeError(`${where}: this cannot be exported:\n  ${problems.join("\n  ")}`);
  expectRoom(folder);
  const { source, weights } = toPyTorch(model, given.input ?? [1, ...train.x.shape.slice(1)]);
  const state = torchState(optimizer.stateDict(), namesOf(model, optimizer) as string[]);
  const isFloat32 = Object.values(model.stateDict())[0]?.dtype === "float32";
  const isOwnTarget = [train, test].every((data) => data === null || data.x === data.y);
  const files = {
    "README.md": readmeSource(model.constructor.name),
    "model.py": source,
    "weights.safetensors": weights,
    "optimizer.safetensors": encodeSafetensors(state, {
      format: "pt",
      optimizer: optimizer.constructor.name,
    }),
    "data.safetensors": encodeSafetensors(dataOf(train, test, isOwnTarget), { format: "pt" }),
    "train.py": trainSource({
      ...given,
      optimizer: optimizerSource(model, optimizer),
      loss: lossSource(loss, train),
      dtype: isFloat32 ? "float32" : "float64",
      inputs: kindOf(train.x, source),
      hasTest: test !== null,
      isOwnTarget,
    }),
  };
  await writeFolder(folder, files);
  return Object.keys(files);
}

/** Why this data cannot be used; null if it can. */
function whyNoData(name: string, { x, y }: Samples, train: Samples): string | null {
  const [rows, targets] = [x.shape[0] ?? 0, y.shape[0] ?? 0];
  if (rows === 0 || rows !== targets)
    return `${name} has ${rows} inputs and ${targets} targets; expected one row of x and one of y for every item`;
  const item = (array: NDArray): string => `${array.dtype} ${formatShape(array.shape.slice(1))}`;
  for (const [key, own, others] of [
    ["x", x, train.x],
    ["y", y, train.y],
  ] as const)
    if (item(own) !== item(others))
      return `${name}.${key} has items ${item(own)}, but train.${key} ${item(others)}`;
  return null;
}

function dataOf(train: Samples, test: Samples | null, isOwnTarget: boolean): StateDict {
  const named = (name: string, { x, y }: Samples): StateDict =>
    isOwnTarget ? { [`${name}.x`]: x } : { [`${name}.x`]: x, [`${name}.y`]: y };
  return { ...named("train", train), ...(test ? named("test", test) : {}) };
}

function kindOf(x: NDArray, source: string): "bytes" | "floats" | "indices" {
  if (x.dtype === "int32" && source.includes("nn.Embedding(")) return "indices";
  return x.dtype === "uint8" ? "bytes" : "floats";
}
