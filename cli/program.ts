import { Command } from "commander";
import { commandsFor } from "./commands.ts";
import { otherName } from "./near-commands.ts";
import { manifest } from "./package-folder.ts";

/**
 * Runs a command line: the words after the program's name.
 * @throws CommanderError for wrong words, and after it has printed the help that was asked for; RangeError, DataError and errors of files for what the user can correct
 */
export async function runLine(line: readonly string[]): Promise<void> {
  const program = new Command("chalk-and-tape")
    .description("The same neural networks twice, by hand and by tape, with numbers that show they agree.")
    .version(manifest().version)
    .configureOutput({ outputError: () => {} }) // reportError prints it
    .exitOverride()
    .hook("preAction", async () => (await import("./environment.ts")).expectEnvironment());
  const other = otherName(line[0]);
  if (other !== null) program.error(other);
  for (const command of await commandsFor(line)) program.addCommand(strict(command, program));
  await program.parseAsync(line, { from: "user" });
}

/** A wrong option of a subcommand is reported like one of the program itself, and so is one that is given twice. */
function strict(command: Command, program: Command): Command {
  command.copyInheritedSettings(program);
  refuseRepeats(command);
  for (const sub of command.commands) strict(sub, program);
  return command;
}

/** Without this the last one would count, and the others be ignored. */
function refuseRepeats(command: Command): void {
  const given = new Map<string, string>();
  for (const option of command.options) {
    command.on(`option:${option.name()}`, () => {
      const before = given.get(option.attributeName());
      given.set(option.attributeName(), option.flags);
      if (before === option.flags) command.error(`error: option '${before}' is given twice`);
      if (before) command.error(`error: options '${before}' and '${option.flags}' contradict each other`);
    });
  }
}
