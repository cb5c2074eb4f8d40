import type { StateDict } from "../../contracts/index.ts";
import { formatShape } from "../../np/index.ts";
import type { Checkpoint, Ranks } from "../../training/index.ts";
import { expectSameFacts, factsOfLoader, ranksOf } from "../../training/internal.ts";
import type { ParityRow } from "./differences.ts";
import type { JobIdentity } from "./saved-comparison.ts";

/** What of a comparison must be the same on every rank. */
interface Facts {
  readonly manual: StateDict;
  readonly autograd: StateDict;
  readonly train: object;
  readonly test: object;
  readonly checkpoint: Checkpoint | undefined;
  readonly job: JobIdentity;
  readonly epochs: number;
  readonly steps: number;
}

/**
 * Checks that every rank runs the same comparison, as far as can be seen at its start. All ranks
 * must call it.
 * @throws RangeError on every rank, with what differs
 */
export function expectSameComparison(ranks: Ranks, facts: Facts): void {
  const { manual, autograd, train, test, checkpoint, job, epochs, steps } = facts;
  expectSameFacts("compare", ranks, {
    "chalk's model": shapesOf(manual),
    "the tape's model": shapesOf(autograd),
    "the number of epochs": epochs,
    "the number of steps": Number.isFinite(steps) ? steps : null,
    "the job": job,
    "the checkpoint's options": checkpoint ? [checkpoint.everySteps, checkpoint.everyEpochs] : null,
    "the loader": factsOfLoader(train),
    "the test loader": factsOfLoader(test),
  });
}

/** @throws RangeError for a test loader that is divided in another way than the one for training */
export function expectDividedAlike(train: object, test: object): void {
  const [a, b] = [train, test].map((loader) => ranksOf(loader)?.size ?? 1);
  if (b === 1 || a === b) return;
  throw new RangeError(
    `compare: the test loader divides its batches among ${b} ranks, and the loader for training among ${a}; pass both the same ranks`,
  );
}

function shapesOf(state: StateDict): string {
  const arrays = Object.entries(state);
  return arrays.map(([name, x]) => `${name} ${formatShape(x.shape)} ${x.dtype}`).join(", ");
}

/** The largest of each number over all ranks; NaN if one is NaN. All ranks must call it. */
export function largestOverRanks<Name extends string>(
  ranks: Ranks | null,
  numbers: Readonly<Record<Name, number>>,
): Readonly<Record<Name, number>> {
  if (ranks === null) return numbers;
  const names = Object.keys(numbers) as Name[];
  const all = new Float64Array(ranks.size * names.length); // each rank fills its own places; the others add 0
  for (const [i, name] of names.entries()) all[ranks.rank * names.length + i] = numbers[name];
  ranks.sum(all);
  const largest = names.map((name, i) => [name, Math.max(...all.filter((_, at) => at % names.length === i))]);
  return Object.fromEntries(largest) as Record<Name, number>;
}

/** The rows with the largest differences over all ranks. All ranks must call it. */
export function parityOverRanks(ranks: Ranks | null, rows: readonly ParityRow[]): ParityRow[] {
  const absolute = largestOverRanks(ranks, byQuantity(rows, "maxAbsolute"));
  const relative = largestOverRanks(ranks, byQuantity(rows, "maxRelative"));
  return rows.map((row) => {
    const maxAbsolute = absolute[row.quantity] as number;
    const maxRelative = relative[row.quantity] as number;
    return { ...row, maxAbsolute, maxRelative, agrees: maxAbsolute <= row.bound };
  });
}

function byQuantity(rows: readonly ParityRow[], key: "maxAbsolute" | "maxRelative"): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [row.quantity, row[key]]));
}
