import { type Checker, checkers } from "./checkers.ts";
import { zoo } from "./index.ts";
import { mutators } from "./mutators.ts";
import type { Tallies, Tally } from "./tally.ts";

/** The tallies, and how they were made. */
export interface Score extends Tallies {
  readonly seeds: number;
  readonly seconds: number;
  readonly threads: number;
}

const names: Readonly<Record<Checker, string>> = { ours: "ours", torch: "torch", cs231n: "CS231n" };

function table(rows: readonly (readonly string[])[], text: number): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i < text ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  const [head, ...body] = rows.map(line);
  return [head, "-".repeat((head ?? "").length), ...body].join("\n");
}

function of(tally: Tally | undefined): string {
  return tally ? `${tally.caught}/${tally.tried}` : "–";
}

/** 99.96 % is not 100 %. */
function percent(tallies: readonly Tally[]): string {
  const [caught, tried] = tallies.reduce(([c, n], t) => [c + t.caught, n + t.tried], [0, 0] as [
    number,
    number,
  ]);
  if (tried === 0) return "–";
  const rounded = Math.floor((caught / tried) * 1000) / 10;
  return `${rounded} %`;
}

/** One line for each key, one column for each checker, and the total of the lines that all three can judge. */
function caughtTable(
  head: string[],
  keys: readonly (readonly string[])[],
  tallies: Record<string, Tally>,
): string {
  const cell = (key: string, checker: Checker): Tally | undefined => tallies[`${key} ${checker}`];
  const rows = keys.map(([key, ...text]) => [
    key as string,
    ...text,
    ...checkers.map((checker) => of(cell(key as string, checker))),
  ]);
  const total = (label: string, chosen: readonly (readonly string[])[]): string[] => [
    label,
    ...head.slice(1).map(() => ""),
    ...checkers.map((checker) => percent(chosen.flatMap(([key]) => cell(key as string, checker) ?? []))),
  ];
  const judged = keys.filter(([key]) => checkers.every((checker) => cell(key as string, checker)));
  const totals = [total("all", keys), total("all that torch and CS231n can judge", judged)];
  const body = [[...head, ...checkers.map((checker) => names[checker])], ...rows];
  return table([...body, ...(judged.length < keys.length ? totals : totals.slice(0, 1))], head.length);
}

/** Zoo, mutators, false alarms, and every miss of ours. */
export function formatScore({ seeds, seconds, threads, zoo: entries, mutants, right, none }: Score): string {
  const kinds = zoo.filter(({ id }) => entries[`${id} ours`]).map(({ id, name, cause }) => [id, name, cause]);
  const alarms = Object.entries(right).map(([key, t]) => [key, of(t)]);
  const nothing = Object.entries(none).map(([key, n]) => `  ${key} (${n})`);
  const missed = [...Object.entries(entries), ...Object.entries(mutants)].filter(
    ([key, t]) => key.endsWith(" ours") && t.missed.length > 0,
  );
  const misses = missed.map(([key, t]) => `  ${key}: ${t.missed.slice(0, 10).join("; ")}`);
  const alarmed = right.ours?.missed.map((where) => `  false alarm: ${where}`) ?? [];
  return [
    `Wrong programs caught, out of ${seeds} seeds each`,
    caughtTable(["entry", "class", "cause"], kinds, entries),
    "",
    "Mutations caught, one gradient of one row at a time (torch and CS231n: every fifth seed, without large networks)",
    caughtTable(
      ["mutator", "what"],
      mutators.map(({ id, what }) => [id, what]),
      mutants,
    ),
    "Not counted, because the mutation changes nothing or does not apply:",
    ...nothing,
    "",
    "False alarms on right classes",
    table([["checker", "alarms/checks"], ...alarms], 1),
    "",
    misses.length + alarmed.length > 0
      ? "Our check is wrong here:"
      : "Our check missed nothing and raised no false alarm.",
    ...misses,
    ...alarmed,
    `${seconds} s on ${threads} threads`,
  ].join("\n");
}

/** The sum of our check's tallies. */
function total(tallies: Readonly<Record<string, Tally>>): {
  readonly caught: number;
  readonly tried: number;
} {
  const ours = Object.entries(tallies).filter(([key]) => key.endsWith("ours"));
  return ours.reduce((sum, [, t]) => ({ caught: sum.caught + t.caught, tried: sum.tried + t.tried }), {
    caught: 0,
    tried: 0,
  });
}

/** docs/zoo.md. */
export function zooPage(score: Score): string {
  const count = (n: number): string => n.toLocaleString("en");
  const [programs, mutations, right] = [score.zoo, score.mutants, score.right].map(total) as [
    ReturnType<typeof total>,
    ReturnType<typeof total>,
    ReturnType<typeof total>,
  ];
  return `# The zoo's score

Made by \`npm run zoo -- --seeds ${score.seeds} --write\`.
Every wrong program of [\`test/zoo\`](../test/zoo/index.ts) and every mutation of every gradient of the case table was shown to our check, to PyTorch's rule and to CS231n's.

| our check | |
|---|---|
| wrong programs | ${count(zoo.length)}, each at ${score.seeds} seeds: ${count(programs.caught)} of ${count(programs.tried)} caught |
| mutations | ${count(mutations.caught)} of ${count(mutations.tried)} caught |
| false alarms | ${count(right.caught)} in ${count(right.tried)} checks of right classes |

Without \`--large\`, each mutation of a large network is tried at one seed only.

\`\`\`
${formatScore(score)}
\`\`\`
`;
}
