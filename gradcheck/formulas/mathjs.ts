import { erf } from "./precise-erf.ts";

/**
 * An operand of a precise number: another one, its digits, or an integer. Of a fraction such as
 * 0.1, only the short decimal form would be read.
 */
export type PreciseOperand = PreciseNumber | string | number;

/** A 64-digit number: the part of mathjs's BigNumber that is used here. */
export interface PreciseNumber {
  plus(other: PreciseOperand): PreciseNumber;
  minus(other: PreciseOperand): PreciseNumber;
  times(other: PreciseOperand): PreciseNumber;
  div(other: PreciseOperand): PreciseNumber;
  neg(): PreciseNumber;
  abs(): PreciseNumber;
  sqrt(): PreciseNumber;
  exp(): PreciseNumber;
  /** The natural logarithm. */
  ln(): PreciseNumber;
  /** Rounds to the nearest double. */
  toNumber(): number;
}

/** A compiled formula of x and t. */
export interface Compiled<N> {
  evaluate(scope: Readonly<Record<string, N>>): N;
}

/** The part of mathjs that is used here, so that importers do not need its types. */
export interface Mathjs<N> {
  derivative(formula: string, variable: string): { toString(): string; compile(): Compiled<N> };
  compile(formula: string): Compiled<N>;
  bignumber(digits: string): PreciseNumber;
}

interface Module {
  create(settings: Readonly<Record<string, unknown>>): Mathjs<never> & {
    import(functions: object, options: { override: boolean }): void;
  };
}

/**
 * Makes "x > 0" exact: by default mathjs treats 1e-16 and 0 as equal. Makes log(−1) NaN instead of
 * complex.
 */
const exactly = { absTol: 0, relTol: 1e-300, predictable: true };

let module: Module | null | undefined;
let inDoubles: Mathjs<number> | undefined;
let withDigits: Mathjs<PreciseNumber> | undefined;

/**
 * Loads mathjs on first use, as one file, which takes a tenth of the time of its modules; null in a
 * browser.
 */
function load(): Module | null {
  if (module !== undefined) return module;
  try {
    const createRequire = globalThis.process?.getBuiltinModule?.("node:module")?.createRequire;
    module = createRequire ? (createRequire(import.meta.url)("mathjs/lib/browser/math.js") as Module) : null;
  } catch {
    module = null;
  }
  return module;
}

/** mathjs on doubles; null where it cannot be loaded. */
export function mathjs(): Mathjs<number> | null {
  inDoubles ??= load()?.create(exactly) as Mathjs<number> | undefined;
  return inDoubles ?? null;
}

/** mathjs on 64-digit numbers; null where it cannot be loaded. */
export function preciseMathjs(): Mathjs<PreciseNumber> | null {
  if (!withDigits) {
    const math = load()?.create({ ...exactly, number: "BigNumber", precision: 64 });
    math?.import({ erf }, { override: true });
    withDigits = math as Mathjs<PreciseNumber> | undefined;
  }
  return withDigits ?? null;
}
