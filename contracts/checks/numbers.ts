/** @throws RangeError unless the number is finite and `ok` */
export function expectNumber(
  where: string,
  name: string,
  value: number,
  ok: boolean,
  expected: string,
): void {
  if (ok && Number.isFinite(value)) return;
  throw new RangeError(`${where}: ${name} is ${shown(value)}, expected ${expected}`);
}

/** What was given in place of a number. */
function shown(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** @throws RangeError for a word that is none of the known ones */
export function expectWord<W extends string>(
  where: string,
  name: string,
  word: W,
  known: readonly W[],
): void {
  if (known.includes(word)) return;
  throw new RangeError(`${where}: ${name} is "${word}", expected one of ${known.join(", ")}`);
}
