import type { Command } from "commander";
import { folder } from "../folder.ts";
import { loadGrader } from "./grading-parts.ts";

/** `homework viva ID --out DIR`: three questions about a student's own code, with answers. */
export function vivaCommand(command: Command): Command {
  return command
    .argument("<student>", "the student's id, as the class table writes it")
    .requiredOption("--out <dir>", "the folder that `homework grade` wrote", folder)
    .action(run);
}

async function run(student: string, { out }: { readonly out: string }): Promise<void> {
  const { vivaOf } = await loadGrader();
  process.stdout.write(vivaOf(student, out));
}
