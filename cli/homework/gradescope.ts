import type { Command } from "commander";

export function gradescopeCommand(command: Command): Command {
  return command;
}
