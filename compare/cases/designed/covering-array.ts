import type { Factors, Level } from "./levels.ts";

/** One level for each factor. */
export type Choice = Readonly<Record<string, Level>>;

/** Levels of two factors, `padding same × stride a pair`. */
export interface Pair {
  readonly title: string;
  readonly choice: Choice;
}

/** All pairs of levels of two different factors. */
export function pairsOf(factors: Factors): Pair[] {
  const names = Object.keys(factors);
  return names.flatMap((a, i) =>
    names
      .slice(i + 1)
      .flatMap((b) => levels(factors, a).flatMap((x) => levels(factors, b).map((y) => pair(a, x, b, y)))),
  );
}

function levels(factors: Factors, name: string): readonly Level[] {
  return factors[name] ?? [];
}

function pair(a: string, x: Level, b: string, y: Level): Pair {
  return { title: `${a} ${x.label} × ${b} ${y.label}`, choice: { [a]: x, [b]: y } };
}

/** Whether a choice has both levels of a pair. */
export function covers(
  choice: Readonly<Record<string, { readonly label: string }>>,
  { choice: wanted }: Pair,
): boolean {
  return Object.entries(wanted).every(([name, { label }]) => choice[name]?.label === label);
}

/**
 * Choices that cover all these pairs, and the pairs that no allowed choice has. Greedy: each choice starts from
 * the first pair still open and takes, factor by factor, the level that covers most open pairs, the default if
 * none does better, so that rows differ from the default in few options.
 */
export function coveringArray(
  factors: Factors,
  open: readonly Pair[],
  allows: (choice: Choice) => boolean,
): { readonly choices: readonly Choice[]; readonly impossible: readonly Pair[] } {
  const [choices, impossible]: [Choice[], Pair[]] = [[], []];
  let left = open;
  for (let first = left[0]; first; first = left[0]) {
    const choice = completed(factors, first.choice, left, allows);
    if (choice) choices.push(choice);
    else impossible.push(first);
    left = left.filter((one) => one !== first && !(choice && covers(choice, one)));
  }
  return { choices, impossible };
}

/** The choice with levels for all other factors, the most useful first; null if none is allowed. */
function completed(
  factors: Factors,
  choice: Choice,
  open: readonly Pair[],
  allows: (choice: Choice) => boolean,
): Choice | null {
  const name = Object.keys(factors).find((one) => !(one in choice));
  if (name === undefined) return allows(choice) ? choice : null;
  const next = levels(factors, name).map((level) => ({ ...choice, [name]: level }));
  const gain = (one: Choice): number =>
    open.filter((each) => name in each.choice && covers(one, each)).length;
  for (const one of next.toSorted((a, b) => gain(b) - gain(a))) {
    const found = completed(factors, one, open, allows);
    if (found) return found;
  }
  return null;
}
