/** The parser's own process; see parsing.ts. It reads text and runs nothing of it. */
import { compile, NotGradable } from "../../homework/internal.ts";
import { depthOf, essaysIn } from "./essays.ts";
import type { ParserAnswer } from "./parsing.ts";

/** Levels of the syntax tree: far more than a person writes, far less than ends a program that walks it. */
const deepest = 1000;

async function answer(text: string, name: string, essays: readonly string[]): Promise<ParserAnswer> {
  try {
    const depth = await depthOf(text, name); // first: on a flood of brackets it ends at once, and esbuild takes 1 GB
    if (depth > deepest) return { refused: `${name} nests ${depth} levels, expected at most ${deepest}` };
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
