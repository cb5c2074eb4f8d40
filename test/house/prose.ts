/** Plain English in what people read: pages, comments and messages. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse, type Source } from "./source.ts";

/** Turns of phrase that no native speaker writes, and what to write in their place. */
const oddWords: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bwhat is no\b/i, "name the thing: “anything but a …”, “a value that is not a …”"],
  [/\bso many\b/i, "“at most n”, “this many”, or the number"],
  [/\b(is|are|was|were|be|been) told\b/i, "say who says or receives it: “the message says”, “gets”"],
  [/\bwho computes\b/i, "“which engine runs”"],
  [/\bof which\b/i, "begin a new sentence, or “whose”"],
  [/\bmend(s|ed|ing)?\b/i, "“fix”"],
  [/\bheed(s|ed|ing)?\b/i, "“respect”, “follow”, “check”"],
  [/\bforetold\b/i, "“predicted”"],
  [/\b(thereof|wherein|whence|therein)\b/i, "“of it”, “in which”, “from which”"],
  [/\bhand(s|ed|ing)? over\b/i, "“pass to”, “yield to”"],
  [/\bput(s|ting)? right\b/i, "“fix”, “correct”"],
];

export const longestLine = 180;

interface Line {
  readonly number: number;
  readonly text: string;
}

function withoutCode(text: string): string {
  return text.replace(/`[^`]*`/g, "`…`");
}

/** One sentence for each odd turn of phrase. */
function wordProblems(path: string, lines: readonly Line[]): string[] {
  return lines.flatMap(({ number, text }) =>
    oddWords.flatMap(([pattern, instead]) => {
      const [found] = withoutCode(text).match(pattern) ?? [];
      return found ? [`${path}:${number}: “${found}”; write ${instead}`] : [];
    }),
  );
}

/** The lines of a page outside fenced code, which is what programs print. */
function proseLines(text: string): Line[] {
  let fenced = false;
  return text.split("\n").flatMap((line, i) => {
    const fence = line.trimStart().startsWith("```");
    if (fence) fenced = !fenced;
    return fence || fenced ? [] : [{ number: i + 1, text: line }];
  });
}

/** A full stop, and another sentence after it. An abbreviation's full stop has one letter or a known word before it. */
const twoSentences = /(?<!\b(?:\p{L}|e\.g|i\.e|etc|vs|pp|Fig))[.!?][)”"*]* +(?=[\p{Lu}`*[(“])/u;

/** What a line may begin with: a quote, a heading's or a list's mark, a heading in bold. */
const opening = /^[\s>]*(?:#+ +)?(?:(?:[-*]|\d+\.) +)?(?:\*\*[^*]+\*\* +)?/;

/** Odd words, long lines, and lines with two sentences; tables and HTML may be long, and a table's cell may hold several sentences. */
export function pageProblems({ path, text }: Source): string[] {
  const lines = proseLines(text);
  const plain = lines.filter((line) => !/^\s*[|<]/.test(line.text));
  const long = plain
    .filter((line) => [...line.text].length > longestLine)
    .map((line) => `${path}:${line.number}: ${[...line.text].length} characters; at most ${longestLine}`);
  const crowded = plain
    .filter((line) => twoSentences.test(withoutCode(line.text).replace(opening, "")))
    .map((line) => `${path}:${line.number}: two sentences; write one a line`);
  return [...wordProblems(path, lines), ...long, ...crowded];
}

/** The Markdown cells of a notebook as pages. */
export function cellPages({ path, text }: Source): Source[] {
  const { cells } = JSON.parse(text) as {
    readonly cells: readonly { readonly id: string; readonly cell_type: string; readonly source: string[] }[];
  };
  return cells
    .filter((cell) => cell.cell_type === "markdown")
    .map((cell) => ({ path: `${path}, cell ${cell.id}`, text: cell.source.join("") }));
}

/** Odd words in comments, doc comments, strings and templates. */
export function sourceProblems({ path, text }: Source): string[] {
  const file = parse(text);
  const number = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  const pieces = new Map<number, string>();
  for (const node of descendants(file)) {
    for (const comment of ts.getLeadingCommentRanges(text, node.pos) ?? [])
      pieces.set(comment.pos, text.slice(comment.pos, comment.end));
    for (const comment of ts.getTrailingCommentRanges(text, node.end) ?? [])
      pieces.set(comment.pos, text.slice(comment.pos, comment.end));
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      pieces.set(node.getStart(), node.text);
  }
  return [...pieces].flatMap(([position, piece]) =>
    wordProblems(
      path,
      piece.split("\n").map((line, i) => ({ number: number(position) + i, text: line })),
    ),
  );
}
