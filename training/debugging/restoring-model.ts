import type { StateDict } from "../../contracts/index.ts";
import { restoreStreams, streamStates, streamsOf } from "../loop/streams.ts";
import type { NamedPart } from "./parts.ts";

/** A part of a network, on either side. */
export interface ModalPart {
  training: boolean;
}

interface Model {
  stateDict(): StateDict;
  loadStateDict(state: StateDict): void;
  zeroGrad(): void;
}

/**
 * Runs an experiment on a model, then restores everything: weights, buffers, modes, random streams.
 * Gradients are cleared.
 */
export async function restoringModel<T>(
  model: Model,
  parts: readonly NamedPart<ModalPart>[],
  experiment: () => Promise<T>,
): Promise<T> {
  const state = Object.fromEntries(Object.entries(model.stateDict()).map(([key, x]) => [key, x.copy()]));
  const modes = parts.map(({ part }) => part.training);
  const streams = streamsOf(model);
  const at = streamStates(streams);
  try {
    return await experiment();
  } finally {
    model.loadStateDict(state);
    for (const [i, { part }] of parts.entries()) part.training = modes[i] as boolean;
    restoreStreams("restoringModel", streams, at);
    model.zeroGrad();
  }
}
