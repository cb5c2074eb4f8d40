import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { engineReports } from "chalk-and-tape/np";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));

/** What `npm start` gives Node: flags can only be given when it starts. */
const { scripts } = JSON.parse(readFileSync(path("../../package.json"), "utf8"));
export const nodeFlags = scripts.start.split(" ").filter((word) => word.startsWith("--"));

/** A side, or np alone, on one engine, in a process of its own, through the package's public entries. */
export function ours(name, engine, settings, kinds) {
  const { available, summary } = engineReports().find((report) => report.name === engine);
  return {
    name: `${name}-${engine}`,
    what: `${name} of chalk-and-tape, engine ${engine}: ${summary}`,
    ours: true,
    absent: available ? null : summary,
    command: ({ kind }) =>
      kinds.includes(kind)
        ? {
            file: process.execPath,
            args: [...nodeFlags, path(`../programs/ours/${kind}.mjs`)],
            settings,
            env: { CHALK_ENGINE: engine },
          }
        : null,
  };
}

const bin = path("../../bin/chalk-and-tape.js");
const commands = {
  help: () => [bin, "--help"],
  import: () => ["--input-type=module", "--eval", 'import "chalk-and-tape/autograd"'],
  gradcheck: ({ model }) => [bin, "gradcheck", model.name],
  loading: () => [path("../programs/ours/loading.mjs")],
};

/** The package as it comes: its command, its entries, the engine that it chooses. */
export const whole = {
  name: "chalk-and-tape",
  what: "the package's command and entries, on the engine that it chooses",
  ours: true,
  absent: null,
  command: (job) =>
    job.kind in commands
      ? {
          file: process.execPath,
          args: commands[job.kind](job),
          settings: job.wall ? undefined : {},
          env: {},
        }
      : null,
};
