import { newest } from "./python.mjs";

/** An interpreter with nothing to do: what every start-up contains. */
const bare = (name, file, args) => ({
  name,
  what: `${name} by itself`,
  absent: file ? null : "not found",
  command: ({ kind }) => (kind === "import" || kind === "help" ? { file, args, env: {} } : null),
});

export const node = bare("node", process.execPath, ["--eval", ""]);
export const python = bare("python", newest("torch")?.path ?? newest("numpy")?.path, ["-c", ""]);
