import type { Command } from "commander";

export function mergeCommand(command: Command): Command {
  return command;
}
