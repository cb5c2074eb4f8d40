import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StateDict } from "chalk-and-tape/contracts";
import type { PyTorchModel } from "chalk-and-tape/export";
import type { NDArray } from "chalk-and-tape/np";
import { encodeSafetensors, loadState } from "chalk-and-tape/training";
import { runPython } from "./python.ts";

/** A network as it was exported, and the inputs of each of its forwards. */
export interface Question {
  readonly model: PyTorchModel;
  readonly batches: readonly (readonly NDArray[])[];
}

/** What PyTorch made of it, in float64 and in evaluation mode. */
export interface Answer {
  /** The output of each batch. */
  readonly outputs: readonly NDArray[];
  readonly state: StateDict;
  /** The names of the parameters in PyTorch's order. */
  readonly parameters: readonly string[];
}

/** Runs each model.py, loads its weights strictly, and evaluates its batches. */
const program = `
import json, os, sys
import torch
from safetensors.torch import load_file, save_file

torch.set_num_threads(1)
told = {}
for name in sorted(os.listdir(sys.argv[1])):
    folder = os.path.join(sys.argv[1], name)
    names = {}
    try:
        with open(os.path.join(folder, "model.py"), encoding="utf-8") as file:
            exec(compile(file.read(), "model.py", "exec"), names)
        model = names["network"]().double()
        model.load_state_dict(load_file(os.path.join(folder, "weights.safetensors")), strict=True)
        model.eval()
        batches = load_file(os.path.join(folder, "batches.safetensors"))
        count = 1 + max(int(key.split(".")[0]) for key in batches)
        with torch.no_grad():
            outputs = [
                model(*[batches[key] for key in sorted(batches) if key.startswith(f"{i}.")])
                for i in range(count)
            ]
        save_file({f"{i}": y.contiguous() for i, y in enumerate(outputs)}, os.path.join(folder, "outputs.safetensors"))
        state = {key: value.clone() for key, value in model.state_dict().items()}
        save_file(state, os.path.join(folder, "state.safetensors"))
        told[name] = {"parameters": [key for key, _ in model.named_parameters()]}
    except Exception as error:
        told[name] = {"error": repr(error)}
print(json.dumps(told))
`;

type Told = Readonly<Record<string, { readonly error?: string; readonly parameters?: readonly string[] }>>;

/** Asks one Python process about all of these models. @throws Error that lists those that PyTorch refused */
export async function inPyTorch(questions: readonly Question[]): Promise<Answer[]> {
  const root = mkdtempSync(join(tmpdir(), "to-pytorch-"));
  try {
    const folders = questions.map(({ model, batches }, i) => {
      const folder = join(root, `${i}`.padStart(4, "0"));
      mkdirSync(folder);
      const named = batches.flatMap((inputs, batch) => inputs.map((x, k) => [`${batch}.${k}`, x] as const));
      writeFileSync(join(folder, "model.py"), model.source);
      writeFileSync(join(folder, "weights.safetensors"), model.weights);
      writeFileSync(join(folder, "batches.safetensors"), encodeSafetensors(Object.fromEntries(named)));
      return folder;
    });
    const told = Object.values(JSON.parse(runPython(program, root)) as Told);
    const refused = told.flatMap(({ error }, i) =>
      error ? [`${error} in\n${questions[i]?.model.source}`] : [],
    );
    if (refused.length > 0) throw new Error(refused.join("\n"));
    return await Promise.all(
      folders.map(async (folder, i) => ({
        outputs: Object.values(await loadState(join(folder, "outputs.safetensors"))),
        state: await loadState(join(folder, "state.safetensors")),
        parameters: told[i]?.parameters ?? [],
      })),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The largest difference, relative to the largest number. */
export function relativeDifference(a: NDArray, b: NDArray): number {
  if (`${a.shape}` !== `${b.shape}`) return Number.NaN;
  const others = b.flat();
  let [largest, difference] = [0, 0];
  for (const [i, x] of a.flat().entries()) {
    const other = others[i] as number;
    largest = Math.max(largest, Math.abs(x));
    if (!Object.is(x, other)) difference = Math.max(difference, Math.abs(x - other));
  }
  return largest === 0 ? difference : difference / largest;
}
