import { type Comment, type Node, parseSync } from "oxc-parser";
import { type Edit, operators } from "./operators.ts";

/** The reference with one small mistake between its solution markers. */
export interface Mutant {
  /** `line 87: sum → mean`; two edits on a line can have one name. */
  readonly name: string;
  /** The operator that made it. */
  readonly operator: string;
  readonly text: string;
}

/**
 * All mutants of a reference: each operator at each place between the markers, without doubles.
 * @throws Error for a text that does not parse, or has no marker
 */
export function mutantsOf(reference: string, file: string): readonly Mutant[] {
  const { program, comments, errors } = parseSync(file, reference);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  const regions = solutionRegions(comments);
  if (regions.length === 0) throw new Error(`${file} has no BEGIN SOLUTION, so there is nothing to change`);
  const isInside = ({ start, end }: { start: number; end: number }): boolean =>
    regions.some((region) => start >= region.start && end <= region.end);
  const mutants = new Map<string, Mutant>();
  for (const node of nodesOf(program)) {
    if (!isInside(node)) continue;
    for (const [operator, editsOf] of Object.entries(operators))
      for (const edit of editsOf(node, reference)) {
        const text = reference.slice(0, edit.start) + edit.to + reference.slice(edit.end);
        if (text === reference || mutants.has(text)) continue;
        mutants.set(text, { name: nameOf(reference, edit), operator, text });
      }
  }
  return [...mutants.values()];
}

function solutionRegions(comments: readonly Comment[]): { start: number; end: number }[] {
  const marks = (what: string): Comment[] => comments.filter(({ value }) => value.trim() === what);
  const ends = marks("END SOLUTION");
  return marks("BEGIN SOLUTION").map(({ end: start }, i) => ({ start, end: ends[i]?.start ?? start }));
}

function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if (typeof (value as { type?: unknown }).type === "string") yield value as Node;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

function nameOf(reference: string, { start, end, what }: Edit): string {
  const line = reference.slice(0, start).split("\n").length;
  return `line ${line}: ${what ?? `${reference.slice(start, end)} removed`}`;
}
