/** The parser's own process; see parsing.ts. It reads text and runs nothing of it. */
import { compile, NotGradable, noEnums } from "../../homework/internal.ts";
import { essaysIn } from "./essays.ts";
import type { ParserAnswer } from "./parsing.ts";
import { treeShape } from "./tree-shape.ts";

/** Levels of the syntax tree: far more than a person writes, far less than ends a program that walks it. */
const deepest = 1000;

async function answer(text: string, name: string, essays: readonly string[]): Promise<ParserAnswer> {
  try {
    // First: on a flood of brackets it ends at once, and esbuild takes 1 GB; an enum of 325 bytes can take more.
    const { depth, enumAt } = await treeShape(text, name);
    if (depth > deepest) return { refused: `${name} nests ${depth} levels, expected at most ${deepest}` };
    if (enumAt !== null) return { refused: `${name}, line ${enumAt}: it ${noEnums}` };
    const code = await compile(text, name);
    return { code, essays: essays.length > 0 ? await essaysIn(text, name, essays) : {} };
  } catch (error) {
    const { message } = error as Error;
    return error instanceof NotGradable ? { refused: message } : { broken: message };
  }
}

process.on(
  "message",
  async ({ text, name, essays }: { text: string; name: string; essays: readonly string[] }) => {
    process.send?.(await answer(text, name, essays));
  },
);
process.on("disconnect", () => process.exit());
