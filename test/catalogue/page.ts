import { type Entry, entriesOf, type Kind, kinds } from "./entries.ts";

const intro = `# The catalogue

Everything that exists on both sides, and what proves it.
\`npm run catalogue\` makes this page from the case table and checks every entry while it does: a ✓ was seen, and the number says how often.

| column | what was seen |
|---|---|
| chalk, tape | the two files; all their gradients agree with each other and with every witness to the right |
| numerical | gradients confirmed by finite differences |
| symbolic, 64 digits | gradients confirmed by mathjs's derivative of the formula, and by the formula in 64 digits, for rows that have one |
| second order | second derivatives of the tape confirmed by finite differences |
| PyTorch | cases that both sides answer as PyTorch does, to 1e-9: values, every gradient, buffers; for optimizers 20 steps |
| zoo | wrong programs for this entry, all rejected by the checker |
`;

/** Why an entry has no answer of PyTorch's. */
export const withoutFixture: Readonly<Record<string, string>> = {
  NonlinearClassifier: "the lecture's own class",
};

const headings: Readonly<Record<Kind, string>> = {
  layers: "Layers",
  activations: "Activations",
  losses: "Losses",
  optimizers: "Optimizers",
  models: "Models",
  schedules: "Schedules",
};

function seen(count: number): string {
  return count > 0 ? `✓ ${count}` : "–";
}

function pytorch({ name, fixtures }: Entry): string {
  return fixtures > 0 ? `✓ ${fixtures}` : `– ${withoutFixture[name] ?? ""}`.trim();
}

function row(entry: Entry): string {
  const { name, files, confirmed, secondOrder, zoo } = entry;
  const link = (path: string | undefined, count: number): string =>
    path && entry.failed.length === 0 ? `[${seen(count)}](../${path})` : "✗";
  const cells = [
    `\`${name}\``,
    link(files.manual, confirmed.manual),
    link(files.autograd, confirmed.autograd),
    seen(confirmed.numerical),
    seen(confirmed.symbolic),
    seen(confirmed.precise),
    seen(secondOrder),
    pytorch(entry),
    seen(zoo),
  ];
  return `| ${cells.join(" | ")} |`;
}

function table(kind: Kind, entries: readonly Entry[]): string {
  const heading = `## ${headings[kind]}\n`;
  if (kind === "schedules") {
    const rows = entries.map(
      (entry) => `| [\`${entry.name}\`](../${entry.files.shared}) | ${pytorch(entry)} |`,
    );
    return [
      heading,
      "Both sides share them, since they have no gradient.\n",
      "| | PyTorch |",
      "|---|---|",
      ...rows,
      "",
    ].join("\n");
  }
  const columns = "| | chalk | tape | numerical | symbolic | 64 digits | second order | PyTorch | zoo |";
  return [heading, columns, "|---|---|---|---|---|---|---|---|---|", ...entries.map(row), ""].join("\n");
}

/** The page, and the entries it was made of. */
export function cataloguePage(): { readonly text: string; readonly entries: readonly Entry[] } {
  const found = kinds.map((kind) => [kind, entriesOf(kind)] as const).filter(([, { length }]) => length > 0);
  return {
    text: [intro, ...found.map(([kind, entries]) => table(kind, entries))].join("\n"),
    entries: found.flatMap(([, entries]) => entries),
  };
}
