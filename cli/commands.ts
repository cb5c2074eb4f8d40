import { Command } from "commander";

/** A command's summary in the program's help, and how to load the rest of it. */
interface Entry {
  readonly description: string;
  /** Adds options and action. The import is lazy because `--help` needs no network, no Vega and no BLAS. */
  readonly complete: (command: Command) => Promise<Command>;
}

/** Every command of the program, in the order of its help. */
const entries: Readonly<Record<string, Entry>> = {
  notebook: {
    description: "copy the lessons into a folder of yours and open them in Jupyter",
    complete: async (command) => (await import("./notebook.ts")).notebookCommand(command),
  },
  new: {
    description: "make a folder to work in: a first layer, its check, a notebook",
    complete: async (command) => (await import("./new.ts")).newCommand(command),
  },
  compare: {
    description: "train a network by hand and by tape on the same batches and compare every number",
    complete: async (command) => (await import("./compare.ts")).compareCommand(command),
  },
  gradcheck: {
    description: "check every gradient: by hand, by tape and by finite differences, in float64",
    complete: async (command) => (await import("./gradcheck.ts")).gradcheckCommand(command),
  },
  summary: {
    description: "list a network's layers with output shapes, parameters, multiply-adds and sizes",
    complete: async (command) => (await import("./summary.ts")).summaryCommand(command),
  },
  export: {
    description: "write a network for PyTorch, with a training script for torchrun, or as ONNX",
    complete: async (command) => (await import("./export.ts")).exportCommand(command),
  },
  study: {
    description: "run an experiment about a claim of the lecture, over several seeds, and say what it shows",
    complete: async (command) => (await import("./study.ts")).studyCommand(command),
  },
  homework: {
    description: "start and check an assignment; for instructors: release and grade it",
    complete: async (command) => (await import("./homework.ts")).homeworkCommand(command),
  },
  data: {
    description: "list, fetch and verify datasets",
    complete: async (command) => (await import("./data.ts")).dataCommand(command),
  },
  names: {
    description: "find what a name of NumPy or PyTorch is called here",
    complete: async (command) => (await import("./names.ts")).namesCommand(command),
  },
  doctor: {
    description: "measure this machine's engines, and say what makes it faster",
    complete: async (command) => (await import("./doctor.ts")).doctorCommand(command),
  },
};

/** All commands. Only those named on the command line are loaded in full: no other can run or print its help. */
export function commandsFor(line: readonly string[]): Promise<Command[]> {
  return Promise.all(
    Object.entries(entries).map(async ([name, { description, complete }]) => {
      const command = new Command(name).description(description);
      return line.includes(name) ? complete(command) : command;
    }),
  );
}
