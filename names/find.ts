import { nearestName } from "../np/internal.ts";
import { type LeftOut, leftOut } from "./left-out.ts";
import type { Row } from "./row.ts";
import { sections } from "./table/index.ts";

/** What the table says about a word. */
export interface Found {
  /** `exact`: a name, with or without what stands before the last dot. `partial`: the word is part of a name. */
  readonly match: "exact" | "partial";
  readonly rows: readonly Row[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** Every row of the table. */
export const allRows: readonly Row[] = sections.flatMap(({ rows }) => rows);

type Fits = (name: string) => boolean;

const theirs = ({ numpy, torch }: Row): readonly string[] => [...numpy, ...torch];
const ours = ({ np, tape }: Row): readonly string[] => [...np, ...tape];
const both = (row: Row): readonly string[] => [...theirs(row), ...ours(row)];

/** Capitals, underscores and spaces do not count: `mask_fill` is `maskFill`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[_\s]|\(\)$/g, "");
}

const prefixes = /^(?:numpy|np|torch|nn|f|x|rng|self)\.(?=.)/;

/** The name alone: sum of np.sum, unsqueeze of x.unsqueeze(1). */
function last(name: string): string {
  const word = plain(name).replace(/\(.*$/, "");
  return /^[\w.]+$/.test(word) ? (word.split(".").at(-1) as string) : plain(name);
}

/**
 * What a word means: a name as it is given; else that name alone, of NumPy or PyTorch, else of this
 * package; else names that it is part of. Null if no name holds it.
 */
export function findNames(word: string): Found | null {
  const [whole, name] = [plain(word), last(word)];
  const short = whole.replace(prefixes, "").replace(/\(.*$/, "") || whole;
  const steps: readonly (readonly ["exact" | "partial", typeof both, Fits])[] = [
    ["exact", theirs, (known) => plain(known) === whole],
    ["exact", ours, (known) => plain(known) === whole],
    ["exact", theirs, (known) => last(known) === name],
    ["exact", ours, (known) => last(known) === name],
    ["partial", both, (known) => short.length > 1 && plain(known).includes(short)],
  ];
  for (const [match, namesOf, fits] of steps) {
    const isName = (row: Row): boolean => theirs(row).some((known) => fits(known) && /^[\w.]+$/.test(known));
    const found = allRows.filter((row) => namesOf(row).some(fits));
    const rows = [...found.filter(isName), ...found.filter((row) => !isName(row))]; // names before whole expressions
    const absent = leftOut.flatMap((group) => absentIn(group, fits));
    if (rows.length + absent.length > 0) return { match, rows, leftOut: absent };
  }
  return null;
}

function absentIn({ names, what, reason }: LeftOut, fits: Fits): Found["leftOut"] {
  return names.filter(fits).map((name) => ({ name, reason: `${what}: ${reason}` }));
}

/** The known name that a mistyped one most likely means; null if none is near. */
export function nearName(word: string): string | null {
  const known = [...allRows.flatMap(both), ...leftOut.flatMap(({ names }) => names)];
  return nearestName(last(word), [...new Set(known.map((name) => name.split(".").at(-1) as string))]);
}
