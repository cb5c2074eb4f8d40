import type { Command } from "commander";

export function startCommand(command: Command): Command {
  return command;
}
