import type { Arithmetic, Traced, Value } from "../trace/traced.ts";
import { pythonNumber } from "./python-text.ts";

/** The lines of `forward` after its head, `x = self.layer1(x)`; `access` is how a part is reached, `self.layer1`. */
export function forwardLines(
  { inputs, steps, output }: Traced,
  access: (name: string) => string,
): { readonly parameters: readonly string[]; readonly lines: readonly string[] } {
  const parameters = inputs.map((_, i) => (inputs.length === 1 ? "x" : `x${i + 1}`));
  const names = new Map<Value, string>();
  for (const [i, value] of inputs.entries()) if (!names.has(value)) names.set(value, parameters[i] as string);
  const textOf = (x: Value | number): string =>
    typeof x === "number" ? pythonNumber(x) : (names.get(x) as string);
  const lastUse = lastUses({ inputs, steps, output });
  const lines: string[] = [];
  for (const [i, step] of steps.entries()) {
    const read: readonly (Value | number)[] = step.inputs;
    const operands = read.map(textOf);
    const text =
      step.kind === "call" ? `${access(step.name)}(${operands.join(", ")})` : formula(step.op, operands);
    if (i === steps.length - 1 && step.output === output)
      return { parameters, lines: [...lines, `return ${text}`] };
    const arrays = read.filter((x) => typeof x === "object");
    const free = arrays.filter((x) => lastUse.get(x) === i);
    const [reused] = free.map((x) => names.get(x));
    for (const value of free) names.delete(value);
    const name = reused ?? unused([...names.values(), ...parameters]);
    names.set(step.output, name);
    lines.push(`${name} = ${text}`);
  }
  return { parameters, lines: [...lines, `return ${names.get(output)}`] };
}

/** The last step that reads each array; the output is read after all steps. */
function lastUses({ steps, output }: Pick<Traced, "inputs" | "steps" | "output">): Map<Value, number> {
  const last = new Map<Value, number>();
  for (const [i, { inputs }] of steps.entries())
    for (const value of inputs) if (typeof value === "object") last.set(value, i);
  return last.set(output, steps.length);
}

/** y, z, y2, z2 … */
function unused(taken: readonly string[]): string {
  for (let i = 1; ; i++) {
    const name = ["y", "z"]
      .map((letter) => (i === 1 ? letter : letter + i))
      .find((one) => !taken.includes(one));
    if (name) return name;
  }
}

const signs: Readonly<Record<string, string>> = { add: "+", sub: "-", mul: "*", div: "/" };

function formula(op: Arithmetic["op"], operands: readonly string[]): string {
  const [x, y] = operands;
  if (op === "neg") return `-${x}`;
  if (op === "flatten") return `torch.flatten(${x}, 1)`;
  return op in signs ? `${x} ${signs[op]} ${y}` : `torch.${op}(${x})`;
}
