import { encodeSafetensors } from "../../training/index.ts";
import { type GivenInputs, inputsIn } from "../trace/given.ts";
import { partsOf } from "../trace/places.ts";
import { attemptTrace, throwProblems } from "../trace/trace.ts";
import type { AnyNetwork } from "../trace/traced.ts";
import { blameWeights } from "./expected-weights.ts";
import { modelSource } from "./model-source.ts";
import { blameNames } from "./python-names.ts";
import { blameWays } from "./ways.ts";

/** A network for PyTorch. */
export interface PyTorchModel {
  /** The text of a Python file with a function `network()`, which makes the network. */
  readonly source: string;
  /** The bytes of a .safetensors file for its `load_state_dict`. */
  readonly weights: Uint8Array;
}

/**
 * Writes a network as a Python class for PyTorch, and its weights: `const { source, weights } = toPyTorch(new Mlp(), [1, 784])`.
 * It may be made of the catalogue's parts, and of classes of one's own that compute add, sub, mul, div, neg, relu,
 * sigmoid, tanh, exp, log and flatten between them. The Python does what happened in one forward in evaluation mode.
 * @param input a batch, or the shape of a batch to draw; for a forward of several inputs a list of batches
 * @throws RangeError that lists everything that cannot be exported; TypeError unless the model is a
 * layer or module; whatever forward throws for such inputs
 * @see PyTorch's `torch.nn.Module.load_state_dict`
 */
export function toPyTorch(model: AnyNetwork, input: GivenInputs): PyTorchModel {
  const { traced, problems } = attemptTrace(model, inputsIn(input));
  if (problems.size === 0) blameWays(traced, problems);
  for (const part of partsOf(model)) {
    blameNames(part, problems);
    blameWeights(part, problems);
  }
  throwProblems(model, problems);
  return { source: modelSource(traced), weights: encodeSafetensors(model.stateDict()) };
}
