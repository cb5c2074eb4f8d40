import type { GradedAssignment } from "../graded.ts";
import { regionsOf } from "./markers.ts";
import { puzzlesIn } from "./parsons-puzzle.ts";
import type { Sources } from "./sources.ts";
import { parsed } from "./syntax.ts";

/** Shorter lines, such as `return y;`, say nothing. */
const shortest = 16;

/**
 * No file may hold a hidden check's id, title or a line of its code, nor a line of the solution. Lines that the author
 * wrote outside the markers, as a prompt or in the notebook's text, are given on purpose.
 * @throws RangeError that names the file and what stands in it
 */
export function expectNothingHidden(
  files: Readonly<Record<string, string>>,
  graded: GradedAssignment,
  sources: Sources,
): void {
  for (const [name, text] of Object.entries(files)) {
    const found = [...hiddenIn(text, graded, sources.hidden), ...solutionIn(text, sources)];
    if (found.length > 0) throw new RangeError(`${name} would give away ${found.slice(0, 3).join(", ")}`);
  }
}

/** What a text gives away of the hidden checks: their ids, titles, and lines of their code. */
export function hiddenIn(
  text: string,
  { hidden, assignment }: Pick<GradedAssignment, "hidden" | "assignment">,
  code: string,
): readonly string[] {
  const plain = plainText(text);
  const lines = linesOf(plain);
  const words = new Set(plain.match(/[\w-]+/g));
  const open = new Set(assignment.checks.flatMap(({ title }) => title));
  return [
    ...hidden.filter(({ id }) => words.has(id)).map(({ id }) => `the hidden check ${id}`),
    ...hidden
      .filter(({ title }) => !open.has(title) && plain.includes(title))
      .map(({ title }) => `the title "${title}"`),
    ...[...linesOf(code)]
      .filter((line) => isTelling(line) && lines.has(line))
      .map((line) => `the hidden line "${line}"`),
  ];
}

/** Whether a line holds values: text, or several numbers. What is drawn at random has none, and public checks draw alike. */
function isTelling(line: string): boolean {
  if (/^(import|export|needs:|\/\*\*|\*)|\brandom\./.test(line)) return false;
  return /["'`][^"'`]{8,}/.test(line) || (line.match(/\d+/g) ?? []).length > 1;
}

/** The lines of the solution that stand in a text, without those that are given on purpose. */
export function solutionIn(text: string, sources: Sources): readonly string[] {
  const lines = linesOf(plainText(text));
  return [...solutionLines(sources)].filter((line) => lines.has(line)).map((line) => `the line "${line}"`);
}

function solutionLines({ code, codePath, notebook, ...rest }: Sources): ReadonlySet<string> {
  const source = parsed(code, codePath);
  const regions = regionsOf(source);
  const solution = new Set(regions.flatMap(({ start, end }) => [...linesOf(code.slice(start, end))]));
  let at = 0;
  const outside = regions.map(({ start, end }) => {
    const before = code.slice(at, start);
    at = end;
    return before;
  });
  const prompts = regions.flatMap((region) => region.prompts);
  const puzzles = puzzlesIn({ code, codePath, notebook, ...rest }).flatMap(({ lines }) => lines);
  const given = [...outside, code.slice(at), ...prompts, ...puzzles, outsideMarkers(notebook)].join("\n");
  for (const line of linesOf(given)) solution.delete(line);
  return solution;
}

/** A notebook's source without what stands between markers. */
function outsideMarkers(notebook: string): string {
  return notebook.replace(/^.*\bBEGIN SOLUTION\b[\s\S]*?\bEND SOLUTION\b.*$/gm, "");
}

/** Lines without indentation and the comment at their end. */
function linesOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .split("\n")
      .map((line) => line.replace(/(?<=\S)\s*\/\/.*$/, "").trim())
      .filter((line) => line.length >= shortest && !line.startsWith("//")),
  );
}

/** JSON with its strings as they read, so that a quote in a cell does not hide a line. */
function plainText(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  const strings = (one: unknown): readonly string[] => {
    if (typeof one === "string") return [one];
    return one && typeof one === "object"
      ? Object.entries(one).flatMap(([key, x]) => [key, ...strings(x)])
      : [];
  };
  return strings(value).join("\n");
}
