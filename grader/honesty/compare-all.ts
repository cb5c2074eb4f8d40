import { order } from "../pages/common-mistakes.ts";
import { type FunctionPrint, functionPrints, type Given, statementsOf } from "./function-prints.ts";

/** Fewer nodes of one's own than this say nothing: two people write `return x.matmul(w).add(b)` alike. */
export const leastSize = 45;
/** Code that more students share than this is the usual way, or a leak: it has a list of its own, and joins nobody. */
const mostSharers = 12;

/** One function in several texts. */
export interface Shared {
  /** Nodes that are not in the given text. */
  readonly size: number;
  /** `student: name (line 12)` of each. */
  readonly places: readonly { readonly owner: string; readonly name: string; readonly line: number }[];
}

/** Students who share code, with what they share, the largest first. */
export interface Cluster {
  readonly students: readonly string[];
  readonly shared: readonly Shared[];
}

export interface HonestyReport {
  readonly clusters: readonly Cluster[];
  /** Functions that many students share. */
  readonly common: readonly Shared[];
  /** What is equal to our own text: `manual/layers/linear.ts`, the reference. */
  readonly copied: readonly Shared[];
  /** Whose text does not parse, so that nothing was compared. */
  readonly unread: readonly string[];
  readonly compared: number;
}

type Place = Shared["places"][number] & { readonly size: number };

/**
 * Finds equal functions. Each text is read once and becomes fingerprints, so 400 texts take seconds.
 * `edition` is the text that all were given; `own` holds our own texts by name.
 */
export function compareAll(
  sources: ReadonlyMap<string, string>,
  edition: string,
  own: ReadonlyMap<string, string>,
): HonestyReport {
  const given = statementsOf(edition);
  const ours = index(own, given).places;
  const { places, unread } = index(sources, given);
  const shared: Shared[] = [];
  const copied: Shared[] = [];
  for (const [print, theirs] of places) {
    const [{ size = 0 } = {}] = theirs;
    const mine = ours.get(print);
    if (mine) copied.push({ size, places: [...mine.slice(0, 1), ...theirs] });
    if (new Set(theirs.map(({ owner }) => owner)).size > 1) shared.push({ size, places: theirs });
  }
  const isCommon = ({ places }: Shared): boolean =>
    new Set(places.map(({ owner }) => owner)).size > mostSharers;
  return {
    clusters: clustersOf(shared.filter((one) => !isCommon(one))),
    common: shared.filter(isCommon).sort(larger),
    copied: copied.sort(larger),
    unread,
    compared: sources.size - unread.length,
  };
}

/** Every large enough function, by its fingerprint. A function within a function that is counted is not counted again. */
function index(
  texts: ReadonlyMap<string, string>,
  given: Given,
): { places: ReadonlyMap<string, readonly Place[]>; unread: readonly string[] } {
  const places = new Map<string, Place[]>();
  const unread: string[] = [];
  for (const [owner, text] of [...texts].sort(([a], [b]) => order(a, b))) {
    const prints = functionPrints(text, given);
    if (!prints) unread.push(owner);
    for (const { print, name, line, size } of [...wholeFile(prints ?? []), ...(prints ?? []).filter(isLarge)])
      places.set(print, [...(places.get(print) ?? []), { owner, name, line, size }]);
  }
  return { places, unread };
}

/** All functions together: small ones that each say nothing say something where all of them are equal. */
function wholeFile(prints: readonly FunctionPrint[]): FunctionPrint[] {
  const own = prints.filter(({ size }) => size > 0);
  const size = own.reduce((sum, one) => sum + one.size, 0);
  if (own.length < 3 || size < 2 * leastSize) return [];
  const print = own
    .map((one) => one.print)
    .sort(order)
    .join();
  return [{ name: "the whole file", line: 1, print, size }];
}

const isLarge = ({ size }: FunctionPrint): boolean => size >= leastSize;

const larger = (a: Shared, b: Shared): number =>
  b.size - a.size || order(JSON.stringify(a.places), JSON.stringify(b.places));

/** Students who are joined by shared functions, each group once. */
function clustersOf(shared: readonly Shared[]): Cluster[] {
  const leader = new Map<string, string>();
  const find = (owner: string): string => {
    const up = leader.get(owner) ?? owner;
    return up === owner ? owner : find(up);
  };
  for (const { places } of shared)
    for (const { owner } of places) leader.set(find(owner), find((places[0] as Place).owner));
  const groups = new Map<string, { students: Set<string>; shared: Shared[] }>();
  for (const one of shared) {
    const root = find((one.places[0] as Place).owner);
    const group = groups.get(root) ?? { students: new Set(), shared: [] };
    for (const { owner } of one.places) group.students.add(owner);
    group.shared.push(one);
    groups.set(root, group);
  }
  const total = ({ shared }: Cluster): number => shared.reduce((sum, { size }) => sum + size, 0);
  return [...groups.values()]
    .map(({ students, shared }) => ({ students: [...students].sort(order), shared: shared.sort(larger) }))
    .sort((a, b) => total(b) - total(a) || order(a.students.join(), b.students.join()));
}
