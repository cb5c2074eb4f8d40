import type { BinaryName, FusedName, UnaryName, View } from "../../engine.ts";
import * as expressions from "./expressions.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { FlatLoops } from "./loops.ts";
import { assignStrided, runStrided } from "./strided.ts";

/** One element-wise function: flat loops where the operands allow them, else general strides. */
class ElementWise {
  readonly #name: string;
  readonly #expression: string;
  readonly #loops: FlatLoops;

  constructor(name: string, expression: string) {
    this.#name = name;
    this.#expression = expression;
    this.#loops = new FlatLoops(expression);
  }

  run(out: View, operands: readonly (View | number)[]): void {
    if (out.size === 0) return;
    const layout = layoutOf(out, operands);
    if (layout) this.#loops.run(layout, out, operands);
    else runStrided(this.#name, this.#expression, out, operands);
  }
}

function table<Name extends string>(of: Record<Name, string>): Record<Name, ElementWise> {
  const entries = Object.entries<string>(of).map(([name, expression]) => [
    name,
    new ElementWise(name, expression),
  ]);
  return Object.fromEntries(entries) as Record<Name, ElementWise>;
}

const unaries = table(expressions.unaries);
const binaries = table(expressions.binaries);
const fusions = table(expressions.fusions);
const integerMul = new ElementWise("imul", expressions.integerMul);
const choice = new ElementWise("where", expressions.where);
const copies = new FlatLoops("b");

export function assign(out: View, x: View): void {
  if (out.size === 0) return;
  const layout: Layout | null = layoutOf(out, [x]);
  if (layout?.kinds[0] === "dense" && out.dtype === x.dtype)
    out.data.set(x.data.subarray(x.offset, x.offset + x.size), out.offset);
  else if (layout) copies.run(layout, out, [x]);
  else assignStrided(out, x);
}

export function unary(f: UnaryName, out: View, x: View): void {
  unaries[f].run(out, [x]);
}

export function binary(f: BinaryName, out: View, a: View, b: View | number): void {
  (f === "mul" && out.dtype === "int32" ? integerMul : binaries[f]).run(out, [a, b]);
}

export function where(out: View, condition: View, a: View | number, b: View | number): void {
  choice.run(out, [condition, a, b]);
}

export function fused(f: FusedName, out: View, operands: readonly View[]): void {
  fusions[f].run(out, operands);
}
