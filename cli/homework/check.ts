import type { Command } from "commander";

export function checkCommand(command: Command): Command {
  return command;
}
