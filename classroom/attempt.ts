import { describe, expectArgument, objectWith } from "../np/internal.ts";
import type { Markup } from "../plots/internal.ts";
import { brief } from "./brief.ts";
import { Exhibit } from "./exhibit.ts";
import { htmlTable, textTable } from "./table.ts";

/** What one call gave. */
export interface AttemptRow {
  readonly name: string;
  /** What it returned, as text; null if it threw. */
  readonly value: string | null;
  /** The message of the error; null if there was none. */
  readonly error: string | null;
}

/** Named calls, each with its value or its error. */
export class Attempts extends Exhibit {
  readonly rows: readonly AttemptRow[];

  constructor(rows: readonly AttemptRow[]) {
    super();
    this.rows = rows;
  }

  #cells(): string[][] {
    return this.rows.map(({ name, value, error }) => [name, value ?? `✗ ${error}`]);
  }

  override toString(): string {
    return textTable(head, this.#cells());
  }

  override toHtml(): Markup {
    return htmlTable(head, this.#cells());
  }
}

const head = ["call", "value, or ✗ and the error"];

const calls = objectWith<Readonly<Record<string, () => unknown>>>("named functions, { name: () => … }", {});

/**
 * Calls each function and keeps what it returns, or the message of the error that it throws. So a
 * cell can show an error and the notebook runs on.
 * @throws TypeError for what is not a function
 * @example attempt({ digit: () => (255).toString(16), base: () => (255).toString(1) }).rows.map(({ value }) => value) // ["ff", null]
 */
export function attempt(functions: Readonly<Record<string, () => unknown>>): Attempts {
  expectArgument("attempt", "functions", calls, functions);
  return new Attempts(Object.entries(functions).map(([name, call]) => rowOf(name, call)));
}

function rowOf(name: string, call: () => unknown): AttemptRow {
  if (typeof call !== "function")
    throw new TypeError(`attempt: ${name} is ${describe(call)}, expected a function: { ${name}: () => … }`);
  try {
    const value = call();
    return { name, value: typeof value === "number" ? brief(value) : String(value), error: null };
  } catch (error) {
    return { name, value: null, error: error instanceof Error ? error.message : describe(error) };
  }
}
