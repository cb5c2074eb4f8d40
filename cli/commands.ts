import { Command } from "commander";

/** One line of the program's help, and what loads the options and the action. */
interface Entry {
  readonly description: string;
  /** Adds options and action. An import of its own: `--help` needs no network, no Vega and no BLAS. */
  readonly complete: (command: Command) => Promise<Command>;
}

/** Every command of the program, in the order of its help. */
const entries: Readonly<Record<string, Entry>> = {
  compare: {
    description: "train a network by hand and by tape on the same batches, and compare every number",
    complete: async (command) => (await import("./compare.ts")).compareCommand(command),
  },
  gradcheck: {
    description: "check every gradient: by hand, by tape, and by finite differences in float64",
    complete: async (command) => (await import("./gradcheck.ts")).gradcheckCommand(command),
  },
  summary: {
    description: "the parts of a network: output shapes, parameters, multiply-adds and sizes",
    complete: async (command) => (await import("./summary.ts")).summaryCommand(command),
  },
  data: {
    description: "what data are here; fetch and check files",
    complete: async (command) => (await import("./data.ts")).dataCommand(command),
  },
  doctor: {
    description: "what this machine offers: engines, cores, data; and what is missing",
    complete: async (command) => (await import("./doctor.ts")).doctorCommand(command),
  },
};

/** The commands, of which only those that the command line names have their options: no other can run or be asked for help. */
export function commandsFor(line: readonly string[]): Promise<Command[]> {
  return Promise.all(
    Object.entries(entries).map(async ([name, { description, complete }]) => {
      const command = new Command(name).description(description);
      return line.includes(name) ? complete(command) : command;
    }),
  );
}
