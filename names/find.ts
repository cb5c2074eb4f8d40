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

/** Every name of a row, in both vocabularies and here. */
function namesOf({ numpy, np, torch, tape }: Row): string[] {
  return [...numpy, ...np, ...torch, ...tape];
}

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

/** What a word means, exactly or as part of a name; null if no name holds it. */
export function findNames(word: string): Found | null {
  const whole = plain(word);
  const [name, short] = [last(word), whole.replace(prefixes, "").replace(/\(.*$/, "") || whole];
  const tests: readonly (readonly ["exact" | "partial", (known: string) => boolean])[] = [
    ["exact", (known) => plain(known) === whole],
    ["exact", (known) => last(known) === name],
    ["partial", (known) => short.length > 1 && plain(known).includes(short)],
  ];
  for (const [match, fits] of tests) {
    const rows = allRows.filter((row) => namesOf(row).some(fits));
    const absent = leftOut.flatMap((group) => absentIn(group, fits));
    if (rows.length + absent.length > 0) return { match, rows, leftOut: absent };
  }
  return null;
}

function absentIn({ names, what, reason }: LeftOut, fits: (known: string) => boolean): Found["leftOut"] {
  return names.filter(fits).map((name) => ({ name, reason: `${what}: ${reason}` }));
}

/** The known name that a mistyped one most likely means; null if none is near. */
export function nearName(word: string): string | null {
  const known = [...allRows.flatMap(namesOf), ...leftOut.flatMap(({ names }) => names)];
  return nearestName(last(word), [...new Set(known.map((name) => name.split(".").at(-1) as string))]);
}
