import { readFileSync } from "node:fs";
import { array, type DType, type NDArray, type PrintOptions } from "chalk-and-tape/np";

/** An array, and how NumPy and PyTorch print it. */
export interface PrintCase {
  readonly x: NDArray;
  readonly options: Partial<PrintOptions>;
  readonly numpy: string;
  /** What stands inside `tensor(…)`. */
  readonly torch: string;
  /** The array and its options, for the message of a failure. */
  readonly title: string;
}

interface Encoded extends Omit<PrintCase, "x"> {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

// From .build/test/np/.
const file = new URL("../../../test/fixtures/print.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Encoded[] };

export const printCases: readonly PrintCase[] = cases.map(
  ({ dtype, shape, data, options, numpy, torch }, i) => ({
    x: array(data.map(Number), { dtype }).reshape(shape),
    options,
    numpy,
    torch,
    title: `case ${i}, ${dtype} [${shape}] ${JSON.stringify(options)} ${JSON.stringify(data.slice(0, 9))}`,
  }),
);
