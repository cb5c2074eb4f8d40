import type { Command } from "commander";

export function rehearseCommand(command: Command): Command {
  return command;
}
