import type { DType, TypedArray } from "../../dtype.ts";
import type { View } from "../../engine.ts";
import { scope } from "./expressions.ts";
import type { Kind, Layout } from "./layout.ts";

type Loop = (layout: Layout, out: TypedArray, at: number, ...operands: (TypedArray | number)[]) => void;

const dtypes: readonly DType[] = ["float64", "float32", "int32", "uint8"];
const names = ["b", "c", "d", "e", "f", "g"] as const;

/**
 * `out[i] = expression of b to g` over flat memory. Dense results do not need ndarray's general
 * strides, and the machine code is a third faster. One loop is compiled for each combination of
 * dtypes and kinds, as cwise-compiler does, so that each loop meets arrays of one type only. An
 * expression must not branch on the sign of a number: an unpredictable branch costs ten additions.
 */
export class FlatLoops {
  readonly #expression: string;
  readonly #compiled: Map<number, Loop> = new Map();

  constructor(expression: string) {
    this.#expression = expression;
  }

  run(layout: Layout, out: View, operands: readonly (View | number)[]): void {
    const flat: (TypedArray | number)[] = [];
    let key = layout.inner === 1 ? 1 : 0;
    key = key * 4 + dtypes.indexOf(out.dtype);
    for (let i = 0; i < operands.length; i++) {
      const x = operands[i] as View | number;
      if (typeof x === "number") flat.push(x, 0);
      else flat.push(x.data, x.offset);
      const dtype = typeof x === "number" ? 0 : dtypes.indexOf(x.dtype) + 1;
      key = (key * 5 + dtype) * 2 + (layout.kinds[i] === "middle" ? 1 : 0);
    }
    let loop = this.#compiled.get(key);
    if (!loop) {
      loop = compile(this.#expression, layout);
      this.#compiled.set(key, loop);
    }
    loop(layout, out.data, out.offset, ...flat);
  }
}

/** Compiles the loop. Each operand is read in the outermost loop that changes its index. */
function compile(expression: string, { kinds, inner }: Layout): Loop {
  const parameters = kinds.flatMap((kind, i) => [kind === "number" ? names[i] : `x${i}`, `x${i}at`]);
  const read = (wanted: Kind, index: string): string =>
    kinds
      .map((kind, i) => (kind === wanted ? `const ${names[i]} = x${i}[x${i}at + ${index}];` : ""))
      .join("");
  const dense = `${read("dense", "i")} out[at + i] = ${expression};`;
  const flat = `const size = outer * middle * inner; for (let i = 0; i < size; i++) { ${dense} }`;
  const rows = `for (let o = 0, i = 0; o < outer; o++) for (let m = 0; m < middle; m++, i++) { ${read("middle", "m")} ${dense} }`;
  const runs = `for (let o = 0, i = 0; o < outer; o++) for (let m = 0; m < middle; m++) { ${read("middle", "m")}
    for (const end = i + inner; i < end; i++) { ${dense} } }`;
  const body = !kinds.includes("middle") ? flat : inner === 1 ? rows : runs;
  const make = new Function(
    "{ pick, erf }",
    `return function ({ outer, middle, inner }, out, at, ${parameters.join(", ")}) { ${body} };`,
  );
  return make(scope) as Loop;
}
