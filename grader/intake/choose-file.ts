import type { HandedFile } from "./tree.ts";

/** The one file that is graded, and what the instructor should know about the choice. */
export interface Choice {
  readonly file: HandedFile | null;
  /** Why there is none; "" if there is one. */
  readonly refused: string;
  readonly notes: readonly string[];
}

const nameOf = (file: HandedFile): string => file.path.slice(file.path.lastIndexOf("/") + 1);
const depthOf = (file: HandedFile): number => file.path.split("/").length;
const isPlain = (name: string): boolean => /^[\x20-\x7e]+$/.test(name);

/**
 * Finds `hw1.ts`. Another name is accepted when it is the only `.ts` file, with a note. A name with
 * letters outside ASCII is refused: it may look like `hw1.ts` and be another file.
 */
export function chooseFile(files: readonly HandedFile[], wanted: string): Choice {
  const all = files.filter(({ path }) => path.endsWith(".ts") && !path.endsWith(".d.ts"));
  const strange = all.filter((file) => !isPlain(nameOf(file)));
  const notes = strange.map(
    (file) => `${JSON.stringify(nameOf(file))} has letters that only look like plain ones: refused`,
  );
  const plain = files.filter((file) => isPlain(nameOf(file)));
  const typescript = plain.filter(({ path }) => /\.ts$/i.test(path) && !/\.d\.ts$/i.test(path));
  const refuse = (refused: string): Choice => ({ file: null, refused, notes });
  const take = (file: HandedFile, note: string[]): Choice => ({
    file,
    refused: "",
    notes: [...notes, ...note],
  });

  const exact = typescript.filter((file) => nameOf(file) === wanted);
  const shallowest = Math.min(...exact.map(depthOf));
  const [first, second] = exact.filter((file) => depthOf(file) === shallowest);
  if (first && second) return refuse(`${wanted} is there more than once: ${first.path} and ${second.path}`);
  if (first) {
    const others = typescript.filter((file) => file !== first).map(({ path }) => path);
    return take(first, others.length > 0 ? [`not used: ${listed(others)}`] : []);
  }
  const [only, another] = typescript;
  if (only && another)
    return refuse(
      `${wanted} is missing, and there are several others: ${listed(typescript.map((f) => f.path))}`,
    );
  if (only) return take(only, [`${only.path} was taken for ${wanted}: it is the only .ts file`]);
  if (strange.length > 0) return refuse(`${wanted} is missing; ${notes.join("; ")}; rename it to ${wanted}`);
  return refuse(files.length === 0 ? "nothing was handed in" : `${wanted} is missing: there is no .ts file`);
}

/** The first five, quoted where a name has control characters. */
function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map((path) => (isPlain(path) ? path : JSON.stringify(path)));
  return paths.length > 5 ? `${shown.join(", ")} and ${paths.length - 5} more` : shown.join(", ");
}
