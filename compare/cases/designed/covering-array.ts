import type { Factors, Level } from "./levels.ts";

/** One level for each factor. */
export type Choice = Readonly<Record<string, Level>>;

/** Levels of two factors, or twice that of a single one. */
export interface Pair {
  /** `padding same × stride a pair` */
  readonly title: string;
  readonly first: readonly [name: string, level: Level];
  readonly second: readonly [name: string, level: Level];
}

/** All pairs of levels of two different factors; of a single factor, all its levels. */
export function pairsOf(factors: Factors): Pair[] {
  const all = Object.entries(factors).map(([name, levels]) => levels.map((level) => [name, level] as const));
  const named = ([name, { label }]: Pair["first"]): string => `${name} ${label}`;
  const [only] = all;
  if (all.length === 1 && only) return only.map((one) => ({ title: named(one), first: one, second: one }));
  return all.flatMap((some, i) =>
    all
      .slice(i + 1)
      .flatMap((others) =>
        some.flatMap((first) =>
          others.map((second) => ({ title: `${named(first)} × ${named(second)}`, first, second })),
        ),
      ),
  );
}

/** The labels of the levels that a row uses. */
export type Labels = Readonly<Record<string, Pick<Level, "label">>>;

/** Whether a choice has both levels of a pair. */
export function covers(choice: Labels, { first: [a, x], second: [b, y] }: Pair): boolean {
  return choice[a]?.label === x.label && choice[b]?.label === y.label;
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
  for (let next = left[0]; next; next = left[0]) {
    const pair = next;
    const start = Object.fromEntries([pair.first, pair.second]);
    const choice = completed(factors, start, left, allows);
    if (choice) choices.push(choice);
    else impossible.push(pair);
    left = left.filter((one) => one !== pair && !(choice && covers(choice, one)));
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
  const about = open.filter(({ first, second }) => first[0] === name || second[0] === name);
  const ranked = (factors[name] ?? []).map((level) => {
    const next: Choice = { ...choice, [name]: level };
    return { next, gain: about.filter((pair) => covers(next, pair)).length };
  });
  for (const { next } of ranked.toSorted((a, b) => b.gain - a.gain)) {
    const found = completed(factors, next, open, allows);
    if (found) return found;
  }
  return null;
}
