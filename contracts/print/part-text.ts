import { entriesOf, held } from "../../np/internal.ts";
import { argumentsText } from "./arguments-text.ts";

/** A part, list, object or Map in a network, and the name of its place. */
interface Child {
  readonly name: string | number;
  readonly text: string;
}

/**
 * A network as PyTorch prints a module: its class with its arguments, or with its parts, one a line. Equal neighbours in
 * a list share a line, `(0-3): 4 x Block(…)`, as in PyTorch's `ModuleList`.
 */
export function partText<Part extends object>(
  part: Part,
  isPart: (value: unknown) => value is Part,
  around: readonly object[] = [],
): string {
  const inside = [...around, part];
  const textOf = (value: unknown): string | null => {
    if (typeof value !== "object" || value === null || inside.includes(value as Part)) return null;
    if (isPart(value)) return partText(value, isPart, inside);
    if (![...held(value)].some((one) => isPart(one.value) && !inside.includes(one.value))) return null;
    return withChildren(value.constructor.name, contentsOf(value));
  };
  const contentsOf = (container: unknown): Child[] =>
    joined(
      (entriesOf(container) ?? []).flatMap(([name, , value]): Child[] => {
        const text = textOf(value);
        return text === null ? [] : [{ name, text }];
      }),
    );
  const unnamed = "unnamedList" in part ? part.unnamedList : null;
  const children = Object.entries(part).flatMap(([name, value]): Child[] => {
    if (name === unnamed) return contentsOf(value);
    const text = textOf(value);
    return text === null ? [] : [{ name, text }];
  });
  return children.length === 0
    ? `${part.constructor.name}(${argumentsText(part)})`
    : withChildren(part.constructor.name, children);
}

function withChildren(name: string, children: readonly Child[]): string {
  const lines = children.map((child) => `  (${child.name}): ${child.text.replaceAll("\n", "\n  ")}\n`);
  return `${name}(\n${lines.join("")})`;
}

/** Joins equal neighbours of a list. */
function joined(children: readonly Child[]): Child[] {
  const runs: Child[][] = [];
  for (const child of children) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run && first && typeof child.name === "number" && first.text === child.text) run.push(child);
    else runs.push([child]);
  }
  return runs.flatMap(([first, ...more]): Child[] => {
    if (!first) return [];
    const last = more.at(-1);
    if (!last) return [first];
    return [{ name: `${first.name}-${last.name}`, text: `${more.length + 1} x ${first.text}` }];
  });
}
