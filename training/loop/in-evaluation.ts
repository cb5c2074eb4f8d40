import type { NamedPart } from "../debugging/parts.ts";

/**
 * Runs a function with a network in evaluation mode, then restores the mode of each part, frozen
 * ones included.
 */
export async function inEvaluation<T>(
  model: { eval(): unknown },
  parts: readonly NamedPart<{ training: boolean }>[],
  run: () => Promise<T>,
): Promise<T> {
  const modes = parts.map(({ part }) => part.training);
  model.eval();
  try {
    return await run();
  } finally {
    for (const [i, { part }] of parts.entries()) part.training = modes[i] as boolean;
  }
}
