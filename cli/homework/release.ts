import type { Command } from "commander";

export function releaseCommand(command: Command): Command {
  return command;
}
