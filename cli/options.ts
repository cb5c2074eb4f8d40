import { InvalidArgumentError } from "commander";
import type { JobSettings } from "../compare/index.ts";
import type { NumberRange } from "../compare/internal.ts";

/** Decimal, perhaps with an exponent: no "0x10", no "Infinity". */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a number of this range, for commander; anything else ends with a message and status 2. */
export function numberIn({ expected, fits }: NumberRange): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const underflows = value === 0 && /^[^e]*[1-9]/i.test(text);
    if (decimal.test(text.trim()) && !underflows && fits(value)) return value;
    throw new InvalidArgumentError(`expected ${expected}.`);
  };
}

/** The flag of a setting of `compare`: `--batch-size` for batchSize. */
export function flagOf(name: keyof JobSettings): string {
  if (name === "root") return "--data";
  return `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
