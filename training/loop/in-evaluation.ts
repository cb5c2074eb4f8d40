import type { NamedPart } from "../debugging/parts.ts";

/** Runs something with a network in evaluation mode; afterwards each of its parts is in the mode that it was in, also one that was frozen. */
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
