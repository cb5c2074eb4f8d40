/** Compiles snippets that must not compile, and says where the compiler let one pass or complained about something else. */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./installed.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

export const snippets: string = join(root, "test", "package", "must-not-compile");

/**
 * Each snippet's error stands on the line after `// @ts-expect-error: message`. That comment hides any error, so a copy is compiled
 * in which it is an ordinary one, and the messages are compared. The copy lies inside the project, to see the package under its name.
 */
export async function wrongErrors(folder: string): Promise<string[]> {
  const copy = join(root, ".build", "must-not-compile");
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  const files = readdirSync(copy).filter((name) => name.endsWith(".ts"));
  const texts = new Map(files.map((name) => [name, readFileSync(join(copy, name), "utf8")]));
  for (const [name, text] of texts) writeFileSync(join(copy, name), text.replaceAll("@ts-expect-error", ""));
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = await run(copy, process.execPath, compiler, "--pretty", "false", "-p", copy);
  return judge(texts, stdout);
}

/** Compares what the snippets expect with what the compiler printed. */
export function judge(texts: ReadonlyMap<string, string>, printed: string): string[] {
  const errors = printed.split(/\n(?=\S)/).flatMap((block) => {
    const match = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/s.exec(block.trim());
    return match ? [{ at: `${match[1]}:${match[2]}`, message: (match[3] ?? "").replace(/\s+/g, " ") }] : [];
  });
  const expected = [...texts].flatMap(([name, text]) =>
    text.split("\n").flatMap((line, i) => {
      const message = /^\s*\/\/ @ts-expect-error:? ?(.*)$/.exec(line)?.[1];
      return message === undefined ? [] : [{ at: `${name}:${i + 2}`, message }];
    }),
  );
  return [
    ...expected.flatMap(({ at, message }) => {
      if (message === "") return [`${at}: says no message to expect`];
      const here = errors.filter((error) => error.at === at);
      if (here.some((error) => error.message.includes(message))) return [];
      return [`${at}: expected "${message}", ${here.map((e) => e.message).join("; ") || "but it compiles"}`];
    }),
    ...errors
      .filter(({ at }) => !expected.some((one) => one.at === at))
      .map(({ at, message }) => `${at}: ${message}`),
    ...(expected.length === 0 ? ["no snippet expects an error"] : []),
  ];
}
