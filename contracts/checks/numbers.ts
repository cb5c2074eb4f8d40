import { describe } from "../../np/internal.ts";

/** @throws RangeError unless the number is finite and `ok` */
export function expectNumber(
  where: string,
  name: string,
  value: number,
  ok: boolean,
  expected: string,
): void {
  if (ok && Number.isFinite(value)) return;
  throw new RangeError(`${where}: ${name} is ${describe(value)}, expected ${expected}`);
}

/** @throws RangeError unless the word is one of the known ones */
export function expectWord<W extends string>(
  where: string,
  name: string,
  word: W,
  known: readonly W[],
): void {
  if (known.includes(word)) return;
  throw new RangeError(`${where}: ${name} is ${describe(word)}, expected one of ${known.join(", ")}`);
}
