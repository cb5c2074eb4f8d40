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

/** A name as it is written in a program: x.sum, rng.normal, Linear, training.StepLR. */
export function written(name: OurName): string {
  const [place = "", word = ""] = name.split(".");
  return `${variables[place] ?? `${place}.`}${word}`;
}

function cell(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `\`${name.replaceAll("|", "\\|")}\``).join(", ");
}

function line({ numpy, np, torch, tape, kind, note }: Row): string {
  const cells = [cell(numpy), cell(np.map(written)), cell(torch), cell(tape.map(written)), signs[kind], note];
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
  const absent = leftOut.map(
    ({ what, reason, names }) => `**${what}**: ${reason}.\n${names.map((name) => `\`${name}\``).join(" ")}\n`,
  );
  return [intro, ...tables, "## Not here\n", ...absent].join("\n");
}
