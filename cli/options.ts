import { InvalidArgumentError } from "commander";

/** A parser of whole numbers ≥ `least` for commander; anything else ends with a message and status 2. */
export function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && text.trim() !== "") return value;
    throw new InvalidArgumentError(`expected a whole number >= ${least}.`);
  };
}

/** A finite number > 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("expected a number > 0.");
}

/** A seed: a whole number below 2³². */
export function seed(text: string): number {
  const value = whole(0)(text);
  if (value < 2 ** 32) return value;
  throw new InvalidArgumentError("expected a whole number below 4294967296.");
}
