import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Case, cases } from "chalk-and-tape/compare";
import type { Witness } from "chalk-and-tape/gradcheck";
import { checkCase, checkSecondOrder, whyNoSecondDerivatives } from "#internal/compare";
import { exportedClasses, isAbstract, parse, root, sources } from "../house/source.ts";
import { zoo } from "../zoo/index.ts";

/** What proves one class of the catalogue. */
export interface Entry {
  readonly name: string;
  /** The two files, or the one that both sides share. */
  readonly files: { readonly manual?: string; readonly autograd?: string; readonly shared?: string };
  /** Rows of the case table. */
  readonly rows: number;
  /** Gradients that a witness confirmed, chalk and the tape among them. */
  readonly confirmed: Readonly<Record<Witness, number>>;
  /** Second derivatives confirmed by differences. */
  readonly secondOrder: number;
  /** Cases that PyTorch answered. */
  readonly fixtures: number;
  /** Wrong versions in the zoo. */
  readonly zoo: number;
  /** What did not agree; must be empty. */
  readonly failed: readonly string[];
}

/** The folders of the catalogue, by heading. */
export const kinds = ["layers", "activations", "losses", "optimizers", "models", "schedules"] as const;
export type Kind = (typeof kinds)[number];

/** Classes by name, with their file. */
function classesIn(folder: string): Map<string, string> {
  return new Map(
    sources(folder).flatMap(({ path, text }) =>
      exportedClasses(parse(text))
        .filter((node) => !isAbstract(node))
        .map((node): [string, string] => [node.name?.text ?? "default", path]),
    ),
  );
}

/** How many cases of a table PyTorch has answered, by class. */
function fixturesOf(kind: Kind): Readonly<Record<string, number>> {
  const file = join(root, "test/fixtures/torch/answers", `${kind}.json`);
  if (!existsSync(file)) return {};
  const { answers } = JSON.parse(readFileSync(file, "utf8")) as { answers: Record<string, unknown[]> };
  return Object.fromEntries(Object.entries(answers).map(([name, answered]) => [name, answered.length]));
}

const witnesses: readonly Witness[] = ["manual", "autograd", "numerical", "symbolic", "precise"];

/** Large networks are checked along random directions here; parameter by parameter by the gradcheck command. */
function check(row: Case): { confirmed: Record<Witness, number>; secondOrder: number; failed: string[] } {
  const found = checkCase(row, { directional: row.large?.everyParameter !== undefined }).rows;
  const secondOrder = whyNoSecondDerivatives(row) === null ? checkSecondOrder(row) : [];
  const failed = [...found, ...secondOrder].filter(({ verdict }) => verdict !== "agree");
  const spoken = (witness: Witness): number =>
    found.filter(({ verdict, worst }) => verdict === "agree" && worst[witness] !== undefined).length;
  return {
    confirmed: Object.fromEntries(witnesses.map((w) => [w, spoken(w)])) as Record<Witness, number>,
    secondOrder: secondOrder.length,
    failed: failed.map((one) => `${one.case}, ${one.quantity}`),
  };
}

/** Every entry of one kind, with what was checked just now. */
export function entriesOf(kind: Kind): Entry[] {
  const [manual, autograd] = [classesIn(`manual/${kind}`), classesIn(`autograd/${kind}`)];
  const shared = classesIn(`training/${kind}`);
  // The blocks of models are answered as layers.
  const fixtures = { ...(kind === "models" && fixturesOf("layers")), ...fixturesOf(kind) };
  return [...new Set([...manual.keys(), ...autograd.keys(), ...shared.keys()])].sort().map((name) => {
    const rows = cases.filter((row) => row.name === name);
    const found = rows.map(check);
    const sum = (of: (one: ReturnType<typeof check>) => number): number =>
      found.reduce((total, one) => total + of(one), 0);
    const [chalk, tape, both] = [manual.get(name), autograd.get(name), shared.get(name)];
    return {
      name,
      files: {
        ...(chalk && { manual: chalk }),
        ...(tape && { autograd: tape }),
        ...(both && { shared: both }),
      },
      rows: rows.length,
      confirmed: Object.fromEntries(
        witnesses.map((w) => [w, sum((one) => one.confirmed[w])]),
      ) as Entry["confirmed"],
      secondOrder: sum((one) => one.secondOrder),
      fixtures: fixtures[name] ?? 0,
      zoo: zoo.filter((entry) => entry.name === name).length,
      failed: found.flatMap((one) => one.failed),
    };
  });
}
