import { describe } from "../arguments/describe.ts";
import { ShapeError } from "../errors.ts";
import { formatShape } from "../shape.ts";

/** The labels of einsum's operands and of its output, one per axis; those of `...` are "...0", "...1", … from the last axis on. */
export interface Subscripts {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/** Reads "ij,jk->ik" for operands of these shapes. @throws RangeError, or ShapeError if they do not fit */
export function readSubscripts(text: string, shapes: readonly (readonly number[])[]): Subscripts {
  const where = `einsum: "${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
  const [given, wanted, ...more] = text.replaceAll(" ", "").split("->");
  const terms = (given as string).split(",");
  if (more.length > 0) throw new RangeError(`${where} has "->" twice; expected inputs->output`);
  for (const term of [...terms, wanted ?? ""]) checkTerm(where, term);
  if (terms.length !== shapes.length)
    throw new ShapeError(
      `${where} names ${terms.length} operand(s), got ${shapes.length}; one part per operand, with commas between them`,
    );
  const inputs = terms.map((term, i) => labelsOf(where, term, shapes[i] as readonly number[], i));
  const all = inputs.flat();
  const dots = [...new Set(all.filter((label) => label.length > 1))].sort((a, b) => placeOf(b) - placeOf(a));
  return { inputs, output: wanted === undefined ? implied(all, dots) : explicit(where, wanted, all, dots) };
}

function checkTerm(where: string, term: string): void {
  const letters = term.replace("...", "");
  const wrong = [...letters].find((letter) => !/[A-Za-z]/.test(letter));
  if (wrong !== undefined)
    throw new RangeError(
      `${where}: ${describe(wrong)} in ${describe(term)} is not a letter; expected letters and at most one "..." in each part, as in "ij,jk->ik"`,
    );
}

function labelsOf(where: string, term: string, shape: readonly number[], i: number): string[] {
  const letters = term.replace("...", "").length;
  const hasDots = term.includes("...");
  if (hasDots ? letters > shape.length : letters !== shape.length)
    throw new ShapeError(
      `${where}: "${term}" names ${letters} axes${hasDots ? " besides ..." : ""}, but operand ${i} has shape ${formatShape(shape)}`,
    );
  const [before, after] = term.split("...") as [string, string | undefined];
  const others = Array.from(
    { length: shape.length - letters },
    (_, axis) => `...${shape.length - letters - 1 - axis}`,
  );
  return [...before, ...others, ...(after ?? "")];
}

function placeOf(dots: string): number {
  return Number(dots.slice(3));
}

/** The axes of ... first, then the letters that occur once, in alphabetical order. */
function implied(all: readonly string[], dots: readonly string[]): string[] {
  const letters = all.filter((label) => label.length === 1);
  const once = letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label));
  return [...dots, ...once.sort()];
}

function explicit(where: string, term: string, all: readonly string[], dots: readonly string[]): string[] {
  const [before, after] = term.split("...") as [string, string | undefined];
  const labels = [...before, ...(after === undefined ? [] : dots), ...(after ?? "")];
  const unknown = labels.find((label) => !all.includes(label));
  if (unknown !== undefined)
    throw new RangeError(
      `${where}: "${unknown}" of the output is in no operand; every output letter names an axis of one`,
    );
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined)
    throw new RangeError(`${where}: "${twice}" is twice in the output; each letter can stand there once`);
  if (after === undefined && dots.length > 0)
    throw new RangeError(
      `${where}: the operands have "...", the output does not; write ->...${term}, or sum over them first`,
    );
  return labels;
}
