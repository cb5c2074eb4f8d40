import type { Node } from "oxc-parser";
import { childrenOf, lineAt, type Parsed, problemAt } from "./syntax.ts";

/** What stands between `// BEGIN SOLUTION` and `// END SOLUTION`. */
export interface Region {
  /** From the first letter of the one marker to the last of the other. */
  readonly start: number;
  readonly end: number;
  /** The block, class, object or file that holds both markers directly. */
  readonly holder: Node;
  /** The nodes around the holder, the outermost first. */
  readonly around: readonly Node[];
  /** The statements, members or properties between the markers. */
  readonly content: readonly Node[];
  /** The texts of its `// PROMPT: …` lines. */
  readonly prompts: readonly string[];
}

interface Marker {
  readonly start: number;
  readonly end: number;
  readonly isBegin: boolean;
}

const holders = ["Program", "BlockStatement", "ClassBody", "ObjectExpression"];

/**
 * The regions of a source, in order; none if it has no markers.
 * @throws RangeError with the line, for a marker without its partner, inside another pair, misspelled, beside code, or
 * in another block than its partner, and for two markers with nothing between them
 */
export function regionsOf(source: Parsed): readonly Region[] {
  const regions: Region[] = [];
  let open: Marker | null = null;
  for (const marker of markersOf(source)) {
    if (marker.isBegin && open)
      throw problemAt(
        source,
        marker.start,
        `BEGIN SOLUTION inside the pair that begins on line ${lineAt(source.text, open.start)}; end that one first`,
      );
    if (marker.isBegin) open = marker;
    else if (open) {
      regions.push(regionBetween(source, open, marker));
      open = null;
    } else throw problemAt(source, marker.start, "END SOLUTION without a BEGIN SOLUTION before it");
  }
  if (open) throw problemAt(source, open.start, "BEGIN SOLUTION without an END SOLUTION after it");
  return regions;
}

function markersOf(source: Parsed): readonly Marker[] {
  return source.comments.flatMap(({ type, value, start, end }): Marker[] => {
    if (!/\b(begin|end)[\s_-]*solution/i.test(value)) return [];
    const [, word] = /^\s*(?:### )?(BEGIN|END) SOLUTION\s*$/.exec(value) ?? [];
    if (type !== "Line" || word === undefined)
      throw problemAt(source, start, "write the marker as // BEGIN SOLUTION or // END SOLUTION");
    const before = source.text.slice(source.text.lastIndexOf("\n", start) + 1, start);
    if (before.trim() !== "") throw problemAt(source, start, "a marker needs a line of its own");
    return [{ start, end, isBegin: word === "BEGIN" }];
  });
}

function regionBetween(source: Parsed, begin: Marker, end: Marker): Region {
  const [first, last] = [holderOf(source, begin), holderOf(source, end)];
  if (first.node !== last.node)
    throw problemAt(
      source,
      begin.start,
      `BEGIN SOLUTION stands in another block than END SOLUTION on line ${lineAt(source.text, end.start)}`,
    );
  const { node: holder, around } = first;
  if (!holders.includes(holder.type))
    throw problemAt(source, begin.start, "markers stand between whole statements, members or properties");
  const isInside = (one: { start: number; end: number }): boolean =>
    one.start > begin.end && one.end < end.start;
  const content = childrenOf(holder).filter(isInside);
  if (content.length === 0) throw problemAt(source, begin.start, "nothing stands between the two markers");
  const prompts = source.comments
    .filter(isInside)
    .flatMap(({ value }) => /^ ?PROMPT: ?(.*)$/.exec(value)?.[1] ?? []);
  return { start: begin.start, end: end.end, holder, around, content, prompts };
}

/** The innermost node that holds a marker. */
function holderOf({ nodes }: Parsed, { start, end }: Marker): Parsed["nodes"][number] {
  const [file] = nodes as [Parsed["nodes"][number]];
  // The file's own node may begin after the comments at its top.
  return nodes.findLast(({ node }) => node.start < start && end < node.end) ?? file;
}
