import { leftOut } from "./left-out.ts";
import type { OurName, Row } from "./row.ts";
import { sections } from "./table/index.ts";

const intro = `# Names

What you know from NumPy or PyTorch, and what it is called here.
Names are NumPy's and PyTorch's in camelCase: \`expand_dims\` is \`expandDims\`.
\`np\` has NumPy's names as functions, for arrays and for tensors; \`Tensor\` has PyTorch's as methods.
\`npx chalk-and-tape names WORD\` finds a line of this page.

\`np.sum\` stands for the method \`ndarray.sum\` too, and \`Tensor.sum\` for the function \`torch.sum\`.
Here \`x.sum\` is a method, of an array in the second column and of a tensor in the fourth; \`rng\` is what \`np.random(seed)\` makes.
Classes without a room come from \`chalk-and-tape/manual\` (chalk) and \`chalk-and-tape/autograd\` (tape).

| kind | what it means |
|---|---|
| ∂ | has a gradient on tape |
| 0 | its derivative is 0 wherever it exists, so it gives a constant |
| new | makes a new array |
| class | a layer, a loss, an optimizer, a schedule or a model |
`;

const signs: Readonly<Record<Row["kind"], string>> = {
  differentiable: "∂",
  constant: "0",
  creation: "new",
  class: "class",
  other: "",
};

const variables: Readonly<Record<string, string>> = {
  NDArray: "x.",
  Tensor: "x.",
  Random: "rng.",
  Module: "model.",
  Optimizer: "optimizer.",
  autograd: "",
  manual: "",
};

/** A name as a program writes it, in the column for arrays or for tensors: x.sum, rng.normal, Linear, training.StepLR. */
function written(name: OurName, column: "np" | "tape"): string {
  const [place = "", word = ""] = name.split(".");
  if (column === "tape" && place === "NDArray") return `x.data.${word}`;
  return `${variables[place] ?? `${place}.`}${word}`;
}

/** A row's own names as programs write them. */
export function writtenIn(column: "np" | "tape", row: Row): string[] {
  return [...new Set(row[column].map((name) => written(name, column)))];
}

function cell(names: readonly string[]): string {
  return names.map((name) => `\`${name.replaceAll("|", "\\|")}\``).join(", ");
}

function line(row: Row): string {
  const { numpy, torch, kind, note } = row;
  const cells = [
    cell(numpy),
    cell(writtenIn("np", row)),
    cell(torch),
    cell(writtenIn("tape", row)),
    signs[kind],
    note,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** docs/names.md. */
export function namesPage(): string {
  const tables = sections.map(({ title, rows }) =>
    [
      `## ${title}\n`,
      "| NumPy | here | PyTorch | here | kind | what differs, or what to write |",
      "|---|---|---|---|---|---|",
      ...rows.map(line),
      "",
    ].join("\n"),
  );
  const absent = leftOut.map(({ what, reason, names }) => `| ${what} | ${reason} | ${cell(names)} |`);
  const heading = "## Not here\n\n| what | why, and what to do instead | names |\n|---|---|---|";
  return [intro, ...tables, heading, ...absent, ""].join("\n");
}
