import type { Node } from "oxc-parser";
import { isPart, isRightOrder, type OrderPuzzle, overlap, rulesOf } from "../../homework/internal.ts";
import { random } from "../../np/index.ts";
import { type Region, regionsOf } from "./markers.ts";
import type { Sources } from "./sources.ts";
import { type StatementNames, statementNames } from "./statement-names.ts";
import { functionAround } from "./strip.ts";
import { type Parsed, parsed } from "./syntax.ts";
import { variantSeed } from "./variant-seed.ts";

/** `<!-- ORDER linearBackward -->`, on a line of its own in the notebook's source. */
const directive = /^<!-- ORDER ([\w.]+) -->$/gm;

/**
 * The functions whose lines the notebook offers out of order, each with its lines as the student sees them. The order
 * of the solution is not in it.
 * @throws RangeError for a function that is not between markers, or whose lines do not say by themselves in which
 * orders they work
 */
export function puzzlesIn({
  code,
  codePath,
  notebook,
}: Pick<Sources, "code" | "codePath" | "notebook">): readonly OrderPuzzle[] {
  const names = [...notebook.matchAll(directive)].map(([, name]) => name as string);
  if (names.length === 0) return [];
  const source = parsed(code, codePath);
  const regions = regionsOf(source);
  return names.map((name) => {
    const found = regions.filter(({ around, holder }) => functionAround(code, [...around, holder]) === name);
    if (found.length !== 1)
      throw new RangeError(
        `${codePath}: ${name} has ${found.length} solutions between markers, expected 1 to offer its lines`,
      );
    return puzzleOf(name, source, found[0] as Region);
  });
}

/** The notebook's source with a fold-out in the place of each directive. */
export function withPuzzles(notebook: string, puzzles: readonly OrderPuzzle[], path: string): string {
  return notebook.replace(directive, (_, name: string) => {
    const puzzle = puzzles.find((one) => one.name === name);
    if (!puzzle) throw new RangeError(`${path}: ${name} has no lines to offer`);
    return foldOut(puzzle);
  });
}

function foldOut({ name, lines }: OrderPuzzle): string {
  const numbered = lines.map((line, i) => {
    const number = String(i + 1).padStart(String(lines.length).length);
    return `${number}  ${line.replaceAll("\n", `\n${" ".repeat(number.length + 2)}`)}`;
  });
  return [
    "<details>",
    `<summary>The lines of <code>${name}</code>, out of order</summary>`,
    "",
    "Any order is right in which each line finds what it reads.",
    "",
    "```ts",
    ...numbered,
    "```",
    "",
    "</details>",
  ].join("\n");
}

/** @throws RangeError unless the shuffled lines allow the same orders as the syntax tree of the solution */
export function puzzleOf(name: string, source: Parsed, { content, end }: Region): OrderPuzzle {
  const lines = content.map((node, i) => lineOf(source.text, node, content[i + 1]?.start ?? end));
  const refuse = (why: string): never => {
    throw new RangeError(`${source.path}: the lines of ${name} cannot be offered out of order: ${why}`);
  };
  if (new Set(lines).size < lines.length) refuse("two of them are the same");
  const told = closure(
    lines.length,
    rulesOf(lines).map(({ before, after }) => [before, after] as const),
  );
  const known = closure(lines.length, edgesOf(content.map(statementNames)));
  for (const [i, row] of known.entries())
    for (const [j, must] of row.entries())
      if (must !== told[i]?.[j])
        refuse(
          `whether "${lines[i]}" stands before "${lines[j]}" does not follow from the names that they read and write`,
        );
  return { name, lines: shuffled(lines, name) };
}

/** A statement with the comment at the end of its line. */
function lineOf(text: string, { start, end }: Node, next: number): string {
  const comment = /^[ \t]*(\/\/.*)/.exec(text.slice(end, next))?.[1];
  const indent = text.slice(text.lastIndexOf("\n", start) + 1, start);
  return text.slice(start, end).replaceAll(`\n${indent}`, "\n") + (comment ? ` ${comment}` : "");
}

/** What must stay in its order: a write and a read or a write of one name, and all around a line that may leave. */
function edgesOf(statements: readonly StatementNames[]): readonly (readonly [number, number])[] {
  return statements.flatMap((first, i) =>
    statements.flatMap((then, j): (readonly [number, number])[] => {
      const conflict =
        first.leaves ||
        then.leaves ||
        meet(first.writes, then.reads) ||
        meet(first.reads, then.writes) ||
        meet(first.writes, then.writes) ||
        first.writes.some((written) => then.opens.some((name) => isPart(name, written))) ||
        then.writes.some((written) => first.opens.some((name) => isPart(name, written)));
      return i < j && conflict ? [[i, j]] : [];
    }),
  );
}

function meet(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.some((other) => one === "?" || other === "?" || overlap(one, other)));
}

/** Which line must stand before which, over any number of steps. */
function closure(
  count: number,
  edges: readonly (readonly [number, number])[],
): readonly (readonly boolean[])[] {
  const reach = Array.from({ length: count }, () => new Array<boolean>(count).fill(false));
  for (const [i, j] of edges) (reach[i] as boolean[])[j] = true;
  for (let via = 0; via < count; via++)
    for (const row of reach)
      if (row[via]) for (let j = 0; j < count; j++) row[j] = row[j] || (reach[via]?.[j] ?? false);
  return reach;
}

/** Always the same for one function, and no right order if there is a wrong one. */
function shuffled(lines: readonly string[], name: string): readonly string[] {
  const rng = random(variantSeed("order", name));
  const inOrder = lines.map((_, i) => i + 1);
  for (let tries = 0; tries < 100; tries++) {
    const mixed = [...(rng.permutation(lines.length).toArray() as number[])].map((i) => lines[i] as string);
    if (!isRightOrder(mixed, inOrder)) return mixed;
  }
  return [...lines].sort();
}
