import { type LineNames, namesOf } from "./line-names.ts";

/** One line that must stand before another, and the name that says so; "" for a return. */
export interface Rule {
  readonly before: number;
  readonly after: number;
  readonly name: string;
}

/**
 * What the lines of a function say about their order, in whatever order they are given: a line that reads a name
 * stands after the line that writes it, and `return` stands last. Lines are counted from 0.
 */
export function rulesOf(lines: readonly string[]): readonly Rule[] {
  const names = lines.map(namesOf);
  return names.flatMap((writer, before) =>
    names.flatMap((reader, after): Rule[] => {
      if (before === after) return [];
      if (reader.returns) return [{ before, after, name: sharedName(writer, reader) ?? "" }];
      const name = sharedName(writer, reader);
      return name === null ? [] : [{ before, after, name }];
    }),
  );
}

/** The name for which one line must stand before another; null if there is none. */
function sharedName(first: LineNames, then: LineNames): string | null {
  const read = first.writes.find((written) => then.reads.some((name) => overlap(written, name)));
  const opened = first.writes.find((written) => then.opens.some((name) => isPart(name, written)));
  // Two lines that write one name: the declaration is first; without one, each would have to be.
  const rewritten = then.declares
    ? undefined
    : first.writes.find((written) => then.writes.some((name) => overlap(written, name)));
  return read ?? opened ?? rewritten ?? null;
}

/** Whether writing one of two paths changes what reading the other gives: `this` and `this.x`. */
export function overlap(one: string, other: string): boolean {
  return isPart(one, other) || isPart(other, one);
}

/** Whether a path is another one, or lies inside it: `this.x` in `this`. */
export function isPart(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}.`);
}

/** The first rule that an order breaks; null for an order that is right. The order names lines from 0 on. */
export function brokenRule(lines: readonly string[], order: readonly number[]): Rule | null {
  const place = new Map(order.map((line, i) => [line, i]));
  const at = (line: number): number => place.get(line) ?? -1;
  return rulesOf(lines).find(({ before, after }) => at(before) > at(after)) ?? null;
}

/** Whether each line finds what it reads: any order that the reads and writes allow is right. Lines count from 1. */
export function isRightOrder(lines: readonly string[], order: readonly number[]): boolean {
  return (
    isPermutation(order, lines.length) &&
    brokenRule(
      lines,
      order.map((line) => line - 1),
    ) === null
  );
}

/** Whether each of 1 … count stands in it once. */
export function isPermutation(order: readonly number[], count: number): boolean {
  return order.length === count && [...order].sort((a, b) => a - b).every((line, i) => line === i + 1);
}
