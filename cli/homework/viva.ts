import type { Command } from "commander";

export function vivaCommand(command: Command): Command {
  return command;
}
