import { erf } from "./precise-erf.ts";

/** What a precise number is combined with: another one, its digits, or an integer. Of 0.1 only the digits that name it would be read. */
export type PreciseOperand = PreciseNumber | string | number;

/** A number of 64 digits: the methods of mathjs's BigNumber that are used here. */
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
  /** Rounded to the nearest double. */
  toNumber(): number;
}

/** A compiled formula of x and t. */
export interface Compiled<N> {
  evaluate(scope: Readonly<Record<string, N>>): N;
}

/** The functions of mathjs that are used here, so that importers need none of mathjs's own types. */
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

/** "x > 0" means x > 0: by default mathjs calls 1e-16 and 0 equal. And log(−1) is NaN, not a complex number. */
const exactly = { absTol: 0, relTol: 1e-300, predictable: true };

let module: Module | null | undefined;
let inDoubles: Mathjs<number> | undefined;
let withDigits: Mathjs<PreciseNumber> | undefined;

/** mathjs as one file, which loads in a tenth of the time of its modules, and only when first asked for; null in a browser. */
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

/** mathjs on numbers of 64 digits; null where it cannot be loaded. */
export function preciseMathjs(): Mathjs<PreciseNumber> | null {
  if (!withDigits) {
    const math = load()?.create({ ...exactly, number: "BigNumber", precision: 64 });
    math?.import({ erf }, { override: true });
    withDigits = math as Mathjs<PreciseNumber> | undefined;
  }
  return withDigits ?? null;
}
