import { Failure } from "./failure.ts";

/**
 * Runs judgements in order. A failure whose cause earns no part of the points ends it. Otherwise the others
 * are judged, too: one right number beside wrong ones must not earn what an honest slip earns.
 * @throws Failure the first one; it is not alone if another one has another cause
 */
export async function together(
  judgements: Iterable<() => void | Promise<void>>,
  credit: readonly string[],
): Promise<void> {
  let first: Failure | undefined;
  for (const judge of judgements) {
    const failure = await failureOf(judge);
    if (!failure) continue;
    if (!first && !credit.includes(failure.cause)) throw failure;
    first ??= failure;
    if (failure.cause !== first.cause || !failure.isAlone)
      throw new Failure(first.cause, first.advice, { isAlone: false });
  }
  if (first) throw first;
}

async function failureOf(judge: () => void | Promise<void>): Promise<Failure | undefined> {
  try {
    await judge();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
