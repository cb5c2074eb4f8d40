import { orNull, withoutDefault } from "../arguments/argument.ts";
import { settleOptions } from "../arguments/contract.ts";
import { boolean, integer, number } from "../arguments/kinds.ts";

/** How arrays and tensors are printed. */
export interface PrintOptions {
  /** The most digits after the point, 0 … 50; default 4. Arrays take null for as many as a number needs, tensors then print 4. */
  readonly precision: number | null;
  /** Arrays with more elements are shortened; default 1000, and Infinity shows all. */
  readonly threshold: number;
  /** How many elements a shortened axis shows at each end; default 3. */
  readonly edgeItems: number;
  /** The length at which lines break; default 75. */
  readonly lineWidth: number;
  /** Whether small numbers are printed as 0.0000 instead of 1.0000e-05; default false. */
  readonly suppress: boolean;
}

let current: PrintOptions = { precision: 4, threshold: 1000, edgeItems: 3, lineWidth: 75, suppress: false };

const contract = {
  name: "setPrintOptions",
  positional: {},
  options: {
    precision: withoutDefault(orNull(integer({ least: 0, most: 50 }), "as many digits as a number needs")),
    threshold: withoutDefault(number({ least: 0, infinity: true })),
    edgeItems: withoutDefault(integer({ least: 1 })),
    lineWidth: withoutDefault(integer({ least: 1 })),
    suppress: withoutDefault(boolean),
  },
};

/**
 * Changes how arrays and tensors are printed from now on; options that are left out stay as they are. One set serves
 * both: arrays follow NumPy's rules, tensors PyTorch's. The precision is PyTorch's 4, the line NumPy's 75.
 * @throws TypeError, RangeError for an option that does not fit
 * @see NumPy reference, `numpy.set_printoptions`
 * @example
 * setPrintOptions({ precision: 2 });
 * `${array([1 / 3])}`.split("\n")[1] // "[0.33]"
 * setPrintOptions({ precision: 4 });
 */
export function setPrintOptions(options: Partial<PrintOptions>): void {
  const given = settleOptions("setPrintOptions", contract, options);
  const isGiven = ([, value]: [string, unknown]): boolean => value !== undefined;
  current = { ...current, ...Object.fromEntries(Object.entries(given).filter(isGiven)) };
}

/**
 * How arrays and tensors are printed now: a copy.
 * @example getPrintOptions().threshold // 1000
 */
export function getPrintOptions(): PrintOptions {
  return { ...current };
}
