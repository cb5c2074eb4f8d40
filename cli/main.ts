import { readFileSync } from "node:fs";
import { type Command, CommanderError, program } from "commander";
import { commandsFor } from "./commands.ts";
import { exitOnSignals, statusOf } from "./exit.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

exitOnSignals();
// Whoever reads stdout may close it early (`| head`).
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});
program
  .name("chalk-and-tape")
  .description("The same neural networks twice, by hand and by tape, with numbers that show they agree.")
  .version(version)
  .configureOutput({
    outputError: (text, write) => write(`${text.trim().replaceAll("\n", " ")} See --help.\n`),
  })
  .exitOverride();

async function run(line: readonly string[]): Promise<void> {
  for (const command of await commandsFor(line)) program.addCommand(inherit(command));
  await program.parseAsync(line, { from: "user" });
}

/** A wrong option of a subcommand is reported like one of the program itself. */
function inherit(command: Command): Command {
  command.copyInheritedSettings(program);
  for (const sub of command.commands) inherit(sub);
  return command;
}

run(process.argv.slice(2)).catch(async (error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2; // it has printed its message, or the help that was asked for
    return;
  }
  const status = await statusOf(error);
  console.error(status === 2 ? `error: ${(error as Error).message}` : error);
  process.exitCode = status;
});
