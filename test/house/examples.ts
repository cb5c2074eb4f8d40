/** Finds the `@example`s of doc comments, and runs them. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse, type Source } from "./source.ts";

/** One `@example`: JavaScript, in which a line that ends in `// …` is an expression whose value the comment gives. */
export interface Example {
  readonly path: string;
  /** What it stands above: a function, a class, a method. */
  readonly name: string;
  readonly lines: readonly string[];
}

export function examplesOf({ path, text }: Source): Example[] {
  return descendants(parse(text)).flatMap((node) =>
    node
      .getChildren()
      .filter(ts.isJSDoc)
      .flatMap((comment) => examplesIn(comment.getText()))
      .map((lines) => ({ path, name: (node as { name?: ts.Node }).name?.getText() ?? "?", lines })),
  );
}

/** The lines of every `@example` of a comment, each up to the next tag or the end. */
function examplesIn(comment: string): string[][] {
  const lines = comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd());
  const found: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    if (line.startsWith("@")) open = null;
    if (line.startsWith("@example")) {
      open = [];
      found.push(open);
    }
    const code = line.replace(/^@example\s*/, "");
    if (open && code !== "") open.push(code);
  }
  return found.filter((code) => code.length > 0);
}

/** What is wrong with an example: one sentence for each line whose value is not what its comment says. */
export async function exampleProblems(
  { path, name, lines }: Example,
  names: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const problems: string[] = [];
  const expectValue = (value: unknown, expected: string): void => {
    const given = shown(value);
    if (given !== expected) problems.push(`${path}: the example of ${name} gives ${given}, not ${expected}`);
  };
  let checked = 0;
  const code = lines.map((line) => {
    const [, expression, expected] = /^(.*?);? \/\/ (.*)$/.exec(line) ?? [];
    if (expression === undefined || expected === undefined) return line;
    checked++;
    return `expectValue(${expression}, ${JSON.stringify(expected)});`;
  });
  if (checked === 0) return [`${path}: the example of ${name} gives no value: end a line in // value`];
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  try {
    const usable = Object.entries(names).filter(([key]) => key !== "var"); // a word of the language, so only np.var(x) can be written
    const run = new AsyncFunction("expectValue", ...usable.map(([key]) => key), `{\n${code.join("\n")}\n}`); // in a block, so that its names may be those of np
    await run(expectValue, ...usable.map(([, value]) => value));
  } catch (error) {
    problems.push(`${path}: the example of ${name} fails: ${String(error)}`);
  }
  return problems;
}

/** A value as a comment gives it: arrays and tensors as nested lists, numbers to 4 decimals. */
function shown(value: unknown): string {
  const plain = (x: unknown): unknown => {
    if (typeof x === "number") return Number.isFinite(x) ? Number(x.toFixed(4)) : String(x);
    if (Array.isArray(x)) return x.map(plain);
    const { toArray } = (x ?? {}) as { readonly toArray?: () => unknown };
    return typeof toArray === "function" ? plain(toArray.call(x)) : x;
  };
  return JSON.stringify(plain(value))?.replaceAll(",", ", ") ?? "undefined";
}
