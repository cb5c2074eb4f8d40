import type { StateDict } from "../../contracts/index.ts";
import { formatShape, NDArray } from "../../np/index.ts";
import { gather } from "./from-rank-zero.ts";
import type { Ranks } from "./ranks.ts";
import type { LoopOptions } from "./train-options.ts";

/**
 * Checks that every rank trains the same model on the same data with the same options, as far as
 * can be seen at the start; otherwise they would wait for each other forever, or drift apart. Only
 * the values of the weights may differ: rank 0's count. All ranks must call it.
 * @throws RangeError on every rank, which names what differs
 */
export function expectSameProgram(
  ranks: Ranks,
  model: { stateDict(): StateDict },
  loader: object,
  options: LoopOptions,
): void {
  expectSameFacts("train", ranks, factsOf(model, loader, options));
}

/** Checks that every rank has the same facts, by name. All ranks must call it. @throws RangeError on every rank */
export function expectSameFacts(where: string, ranks: Ranks, facts: Readonly<Record<string, unknown>>): void {
  const texts = gather(ranks, JSON.stringify(facts));
  const all = texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  for (const [rank, theirs] of all.entries()) {
    const other = Object.keys(all[0] ?? {}).find(
      (name) => JSON.stringify(theirs[name]) !== JSON.stringify(all[0]?.[name]),
    );
    if (other === undefined) continue;
    throw new RangeError(
      `${where}: rank ${rank} differs from rank 0 in ${other}: ${brief(theirs[other])}, rank 0 has ${brief(all[0]?.[other])}; every rank must run the same program, with the same seeds and options, checkpoint included`,
    );
  }
}

function factsOf(
  model: { stateDict(): StateDict },
  loader: object,
  options: LoopOptions,
): Record<string, unknown> {
  const { optimizer, epochs, scheduleEvery, validation, checkpoint } = options;
  const arrays = Object.entries(model.stateDict());
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return {
    "the model": arrays.map(([name, x]) => `${name} ${formatShape(x.shape)} ${x.dtype}`).join(", "),
    "the options of train": given.map(([name]) => name).sort().join(", "), // biome-ignore format: one line
    "the number of epochs": epochs ?? 1,
    "the optimizer": `${optimizer.constructor.name}, ${optimizer.groups?.map(numbersOf).join("; ") ?? ""}`,
    scheduleEvery: scheduleEvery ?? "epoch",
    "the checkpoint's options": checkpoint ? [checkpoint.everySteps, checkpoint.everyEpochs] : null,
    "the loader": factsOfLoader(loader),
    "the validation loader": validation ? factsOfLoader(validation) : null,
  };
}

/** What of a loader must be the same: sizes, and the random order. */
export function factsOfLoader(loader: object): unknown {
  const { batchSize, length, state, dataset, ranks } = loader as Record<string, unknown>;
  const { x } = (dataset ?? {}) as { readonly x?: unknown };
  const shape = x instanceof NDArray ? x.shape : null;
  const size = (ranks as Ranks | null | undefined)?.size ?? 1;
  return { batchSize, length, state, shape, ranks: size };
}

/** `lr 0.1, momentum 0.9`. */
function numbersOf(group: object): string {
  const numbers = Object.entries(group).filter(([, value]) => typeof value === "number");
  return numbers.map(([name, value]) => `${name} ${value}`).join(", ");
}

function brief(fact: unknown): string {
  const text = typeof fact === "string" ? fact : JSON.stringify(fact);
  return text.length > 200 ? `${text.slice(0, 200)} …` : text;
}
