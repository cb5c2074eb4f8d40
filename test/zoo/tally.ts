import { type Case, cases, check } from "chalk-and-tape/compare";
import { type Checker, canJudge, checkers, saysWrong } from "./checkers.ts";
import { type ZooEntry, zoo } from "./index.ts";
import { type Mutant, mutate, quantitiesOf } from "./mutate.ts";
import { mutators, stepMutators } from "./mutators.ts";

/** How often wrong programs were tried and caught, and which were missed. */
export interface Tally {
  tried: number;
  caught: number;
  /** `Linear: 5 → 3, weight, seed 7` */
  readonly missed: string[];
}

/** The three tables by key; tallies of several threads can be added. */
export interface Tallies {
  /** `id checker` */
  readonly zoo: Record<string, Tally>;
  /** `mutator checker` */
  readonly mutants: Record<string, Tally>;
  /** Right classes: here `caught` is a false alarm, listed in `missed`. By `checker`, and `checker at a kink`. */
  readonly right: Record<string, Tally>;
  /** The number of mutations that changed nothing, by `mutator: reason`. */
  readonly none: Record<string, number>;
}

export interface TallyOptions {
  readonly seeds: readonly number[];
  /** Whether right large networks, and each of their mutants at one seed, are checked parameter by parameter (seconds). */
  readonly everyParameter: boolean;
  /** Whether each mutant of a large network, along random directions, and of a row drawn by design is tried at each seed; otherwise at one seed only. */
  readonly everyMutantOfLarge: boolean;
  /** The classes whose rows and entries are tried; default all. */
  readonly names?: readonly string[] | undefined;
  /** Whether the zoo's entries are tried; default true. */
  readonly entries?: boolean;
  /** Whether PyTorch's and CS231n's rules are also tried on wrong programs and large networks. Default true. */
  readonly rivals?: boolean;
  /** One in this many mutations of a row is tried, in turn by row and seed; default 1, all. */
  readonly oneIn?: number;
  readonly onSeed?: (seed: number) => void;
}

/** Mutants are shown to the other two checkers at every fifth seed. */
const stride = 5;
/** Each mutant of a large network is tried at one of at least this many seeds, and at most two mutants per seed. */
const spread = 50;

/** Whether a row is too large to try every mutant at every seed, parameter by parameter: networks and their blocks. */
export function isLarge(row: Case): boolean {
  return Boolean(row.large || (row.witnesses?.noSecondDerivatives && !row.drawn));
}
/** The same of a class: whether the first row of its name is. */
export function isLargeClass(name: string): boolean {
  return isLarge(cases.find((row) => row.name === name) as Case);
}

/** Schedules have rows of their own, outside the case table. */
function isSchedule(name: string): boolean {
  return !cases.some((row) => row.name === name);
}

export function emptyTallies(): Tallies {
  return { zoo: {}, mutants: {}, right: {}, none: {} };
}

function count(
  table: Record<string, Tally>,
  key: string,
  caught: boolean,
  told: boolean,
  where: string,
): void {
  table[key] ??= { tried: 0, caught: 0, missed: [] };
  const tally = table[key];
  tally.tried += 1;
  if (caught) tally.caught += 1;
  if (told) tally.missed.push(where);
}

/** Adds b to a. */
export function addTallies(a: Tallies, b: Tallies): void {
  for (const name of ["zoo", "mutants", "right"] as const) {
    for (const [key, { tried, caught, missed }] of Object.entries(b[name])) {
      a[name][key] ??= { tried: 0, caught: 0, missed: [] };
      const sum = a[name][key];
      sum.tried += tried;
      sum.caught += caught;
      sum.missed.push(...missed);
    }
  }
  for (const [key, n] of Object.entries(b.none)) a.none[key] = (a.none[key] ?? 0) + n;
}

/** The key of a checker's tally; rows on a kink are counted separately, because the other two cannot judge them. */
function keyOf(checker: Checker, row: Case): string {
  return canJudge(checker, row) ? checker : `${checker} at a kink`;
}

/** All tallies for some seeds. */
export function tally(options: TallyOptions): Tallies {
  const all = emptyTallies();
  const isChosen = ({ name }: { readonly name: string }): boolean => options.names?.includes(name) ?? true;
  const [rows, entries] = [cases.filter(isChosen), options.entries === false ? [] : zoo.filter(isChosen)];
  for (const seed of options.seeds) {
    for (const row of rows) tallyRight(all, row, seed, options);
    for (const entry of entries) tallyEntry(all, entry, seed, options);
    for (const row of rows) tallyMutants(all, row, seed, options);
    options.onSeed?.(seed);
  }
  return all;
}

function tallyRight(all: Tallies, row: Case, seed: number, options: TallyOptions): void {
  const { everyParameter, rivals = true } = options;
  for (const checker of checkers) {
    const costly = row.large?.directional || (!rivals && isLarge(row));
    if (checker !== "ours" && (row.optimizer || costly)) continue;
    const wrong = saysWrong(checker, row, { seed, directional: !everyParameter && isLarge(row) });
    count(all.right, keyOf(checker, row), wrong, wrong, `${row.name}: ${row.what}, seed ${seed}`);
  }
}

/** Caught when any row of its name is called wrong, as `check(name, student)` does. */
function tallyEntry(all: Tallies, entry: ZooEntry, seed: number, { rivals = true }: TallyOptions): void {
  const { id, name, student } = entry;
  if (isSchedule(name)) {
    const { failed } = check(name, student, { seed, rows: "all", quiet: true });
    count(all.zoo, `${id} ours`, failed > 0, failed === 0, `seed ${seed}`);
    return;
  }
  for (const checker of rivals ? checkers : checkers.slice(0, 1)) {
    const rows = cases.filter((row) => row.name === name && canJudge(checker, row));
    if (rows.length === 0) continue;
    const trial = { seed, student, directional: seed > 0 && isLargeClass(name) };
    const caught = rows.some((row) => saysWrong(checker, row, trial));
    count(all.zoo, `${id} ${checker}`, caught, !caught, `seed ${seed}`);
  }
}

function tallyMutants(all: Tallies, row: Case, seed: number, options: TallyOptions): void {
  const chosen = row.optimizer ? stepMutators : mutators;
  const pairs = quantitiesOf(row).flatMap((quantity) => chosen.map((mutator) => ({ quantity, mutator })));
  const large = isLarge(row);
  const inTurns = large || row.drawn !== undefined;
  const { rivals = true, oneIn = 1 } = options;
  const turns = Math.max(spread, Math.ceil(pairs.length / 2));
  for (const [i, { quantity, mutator }] of pairs.entries()) {
    const turn = i % turns === seed % turns;
    if (inTurns && !options.everyMutantOfLarge && !turn) continue;
    if (!inTurns && (i + cases.indexOf(row) + seed) % oneIn > 0) continue;
    for (const checker of checkers) {
      if (!canJudge(checker, row) || (checker !== "ours" && (!rivals || large || seed % stride > 0)))
        continue;
      const mutant: Mutant = mutate(row, quantity, mutator);
      const directional = large && !(options.everyParameter && turn);
      const caught = saysWrong(checker, mutant.row, { seed, directional });
      const where = `${row.name}: ${row.what}, ${quantity}, seed ${seed}`;
      if (mutant.changed()) count(all.mutants, `${mutator.id} ${checker}`, caught, !caught, where);
      else if (checker === "ours") noMutation(all, mutator.id, mutant.skipped() ?? "changes nothing");
    }
  }
}

function noMutation(all: Tallies, id: string, reason: string): void {
  const key = `${id}: ${reason}`;
  all.none[key] = (all.none[key] ?? 0) + 1;
}
