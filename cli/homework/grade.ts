import type { Command } from "commander";

export function gradeCommand(command: Command): Command {
  return command;
}
