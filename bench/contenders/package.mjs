import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const at = (path) => fileURLToPath(new URL(path, root));
const program = (name) => ({ args: [at(`bench/programs/ours/${name}.mjs`)] });
const commands = {
  help: { args: [at("bin/chalk-and-tape.js"), "--help"], settings: null },
  import: { ...program("startup"), settings: null },
  loading: program("loading"),
  gradcheck: program("gradcheck"),
};

/** What belongs to neither side: the command line, files; as it comes, on the engine that it chooses. */
export const whole = {
  name: "package",
  what: `chalk-and-tape ${version}, Node ${process.versions.node}`,
  ours: true,
  absent: null,
  command({ kind, what }) {
    const command = commands[what ?? kind];
    return command ? { file: process.execPath, ...command } : null;
  },
};

/** What no program in Node goes below. */
export const node = {
  name: "node",
  what: `Node ${process.versions.node}, an empty program`,
  absent: null,
  command: ({ kind }) =>
    kind === "startup" ? { file: process.execPath, args: ["-e", ""], settings: null } : null,
};
