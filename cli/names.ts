import type { Command } from "commander";
import { type Found, findNames, nearName, type Row, writtenIn } from "../names/internal.ts";
import { describe } from "../np/internal.ts";

interface Options {
  readonly json?: boolean;
}

/** `names WORD`: what a name of NumPy or PyTorch is called here. */
export function namesCommand(command: Command): Command {
  return command
    .argument("<word>", "a name of NumPy, PyTorch or this package, such as unsqueeze or np.newaxis")
    .option("--json", "print one JSON document")
    .action(run);
}

function run(word: string, { json }: Options): void {
  const found = findNames(word);
  if (!found) {
    const near = nearName(word);
    const cure = near ? `Did you mean "${near}"?` : "docs/names.md lists all names.";
    throw new RangeError(`no name of NumPy, PyTorch or this package holds ${describe(word)}. ${cure}`);
  }
  console.log(json ? JSON.stringify({ word, ...found }, null, 2) : text(found));
}

function text({ match, rows, leftOut }: Found): string {
  const absent = leftOut.map(({ name, reason }) => `${name} is not here\n  ${reason.replaceAll("`", "")}`);
  const blocks = [...rows.map(block), ...absent];
  if (match === "exact") return blocks.join("\n\n");
  return [
    `${blocks.length} ${blocks.length === 1 ? "name holds" : "names hold"} these letters:`,
    ...blocks,
  ].join("\n\n");
}

/** One row: what NumPy and PyTorch write, what is written here, and what differs. */
function block(row: Row): string {
  const { numpy, torch, kind, note } = row;
  const [arrays, tensors] = [writtenIn("np", row), writtenIn("tape", row)];
  const side = (who: string, theirs: readonly string[], ours: readonly string[]): string[] => {
    const here = ours.join(", ");
    if (theirs.length === 0) return here ? [`  here     ${here}`] : [];
    return [`  ${who}  ${theirs.join(", ")}${here ? `  →  ${here}` : ""}`];
  };
  return [
    `${numpy[0] ?? torch[0] ?? [...arrays, ...tensors][0]}${kind === "other" ? "" : ` (${kind})`}`,
    ...side("NumPy  ", numpy, arrays),
    ...side("PyTorch", torch, tensors),
    ...(note ? [`  ${note.replaceAll("`", "")}`] : []),
  ].join("\n");
}
