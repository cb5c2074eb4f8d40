import type { Node } from "oxc-parser";
import { emptied } from "./emptied.ts";
import { type Region, regionsOf } from "./markers.ts";
import { expectNamesKept } from "./names-kept.ts";
import { type Parsed, parsed, problemAt } from "./syntax.ts";

/** The name of a notebook's cell: outside functions, its edition throws too. */
export interface StripOptions {
  readonly cell?: string;
}

/**
 * A source without its solutions. Inside a function an error takes their place, which names the function; among the
 * members of a class or outside functions only a comment; in an object literal its values become empty. The lines
 * `// PROMPT: …` between the markers stay as comments. Everything outside the markers stays, imports too.
 * @throws RangeError with the line, for wrong markers, and for a name that the rest of the file would miss
 */
export function stripSolutions(text: string, path: string, { cell }: StripOptions = {}): string {
  const source = parsed(text, path);
  const regions = regionsOf(source);
  expectNamesKept(source, regions);
  let edition = "";
  let at = 0;
  for (const region of regions) {
    const indent = text.slice(text.lastIndexOf("\n", region.start) + 1, region.start);
    edition += text.slice(at, region.start) + replacement(source, region, cell).join(`\n${indent}`);
    at = region.end;
  }
  return edition + text.slice(at);
}

/** @throws RangeError for a source without a marker */
export function expectMarkers(text: string, path: string): void {
  if (regionsOf(parsed(text, path)).length === 0)
    throw new RangeError(`${path} has no // BEGIN SOLUTION; mark what the students are to write`);
}

function replacement(source: Parsed, region: Region, cell: string | undefined): readonly string[] {
  const { holder, content, prompts } = region;
  const comments = ["// YOUR CODE HERE", ...prompts.map(asComment)];
  if (holder.type === "ObjectExpression")
    return [...comments, ...content.map((property) => emptied(source, property))];
  if (holder.type === "ClassBody") return comments;
  const name = functionAround(source.text, [...region.around, holder]) ?? cell;
  if (name === undefined) {
    const exported = content.find(({ type }) => type.startsWith("Export"));
    if (exported)
      throw problemAt(source, exported.start, "an exported name must stay: move the markers inside of it");
    return comments;
  }
  return [...comments, `throw new Error(${JSON.stringify(`not written yet: ${name}`)});`];
}

function asComment(prompt: string): string {
  return prompt.startsWith("//") ? prompt : `// ${prompt}`.trimEnd();
}

/** The name of the innermost function, with its class: `Net.backward`; undefined outside functions. */
export function functionAround(text: string, around: readonly Node[]): string | undefined {
  const at = around.findLastIndex(({ type }) =>
    ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(type),
  );
  if (at < 0) return undefined;
  for (let i = at; i >= 0; i--) {
    const name = nameOf(text, around[i] as Node);
    if (name === undefined) continue;
    const owner = around.slice(0, i).findLast(({ type }) => /^Class(Declaration|Expression)$/.test(type));
    const className = owner && /^(MethodDefinition|PropertyDefinition)$/.test(around[i]?.type ?? "");
    return className ? `${nameOf(text, owner) ?? "class"}.${name}` : name;
  }
  return "this function";
}

function nameOf(text: string, node: Node): string | undefined {
  const { id, key } = node as unknown as Readonly<Record<"id" | "key", Node | null | undefined>>;
  const name = id ?? key;
  return name ? text.slice(name.start, name.end).replace(/^(\w+)\s*:.*$/s, "$1") : undefined;
}
