import { cases } from "../compare/index.ts";
import { opCases } from "../compare/internal.ts";

const width = 78;

/** Every name that `gradcheck` takes: the classes, and the ops, which it takes with --ops. */
export function listNames(json: boolean): string {
  const classes = [...new Set(cases.map((row) => row.name))];
  const ops = Object.keys(opCases);
  if (json) return JSON.stringify({ classes, ops }, null, 2);
  return ["classes", ...lines(classes), "", "ops, with --ops", ...lines(ops)].join("\n");
}

/** Names in the order of the table, as many on a line as fit. */
function lines(names: readonly string[]): string[] {
  const found: string[] = [];
  let line = " ";
  for (const name of names) {
    if (line.length + 1 + name.length > width) {
      found.push(line);
      line = " ";
    }
    line += ` ${name}`;
  }
  return [...found, line];
}
