import { Command } from "commander";

type Complete = (command: Command) => Command;

/** The subcommands: two for students, the others for whoever grades. */
const subcommands: Readonly<Record<string, readonly [description: string, load: () => Promise<Complete>]>> = {
  start: [
    "copy an assignment into a folder of yours",
    async () => (await import("./homework/start.ts")).startCommand,
  ],
  check: [
    "run an assignment's public checks on your file",
    async () => (await import("./homework/check.ts")).checkCommand,
  ],
  release: [
    "for instructors: write the students' edition of an assignment",
    async () => (await import("./homework/release.ts")).releaseCommand,
  ],
  grade: [
    "for instructors: grade a folder of submissions behind walls",
    async () => (await import("./homework/grade.ts")).gradeCommand,
  ],
  merge: [
    "for instructors: put the parts of a sharded run together, with overrides and rubric scores",
    async () => (await import("./homework/merge.ts")).mergeCommand,
  ],
  viva: [
    "for instructors: three questions about a student's own code",
    async () => (await import("./homework/viva.ts")).vivaCommand,
  ],
  rehearse: [
    "for instructors: release, reference, wrong answers and attacks on this machine",
    async () => (await import("./homework/rehearse.ts")).rehearseCommand,
  ],
  gradescope: [
    "for instructors: make the bundle for Gradescope",
    async () => (await import("./homework/gradescope.ts")).gradescopeCommand,
  ],
};

/** `homework …`: assignments for students, and their grading for instructors. */
export async function homeworkCommand(command: Command): Promise<Command> {
  for (const [name, [description, load]] of Object.entries(subcommands))
    command.addCommand((await load())(new Command(name).description(description)));
  return command;
}
