import { createRequire } from "node:module";

const here = createRequire(import.meta.url);

/** The parts of tslab that this kernel stands on: file → exports, and the methods of a class that we call or replace. */
const parts: Readonly<Record<string, readonly string[]>> = {
  "converter.js": ["createConverter"],
  "executor.js": ["createExecutor"],
  "jupyter.js": [
    "JupyterHandlerImpl",
    "ZmqServer",
    ...[
      "handleShellMessage",
      "handleExecute",
      "handleKernelInfo",
      "handleCommInfoRequest",
      "handleShutdown",
    ].map((method) => `ZmqServer.prototype.${method}`),
  ],
};

/**
 * Why this kernel cannot stand on the tslab that is installed, in one sentence; null if it can. It was written for one
 * version's parts, and on others it might fail in ways that nobody has seen.
 * @throws Error if there is no tslab at all
 */
export function tslabProblem(): string | null {
  const wanted: string = here("chalk-and-tape/package.json").optionalDependencies.tslab;
  const consequence = "plain tslab starts instead: errors are plain text, and loops cannot be interrupted";
  const version = installedVersion(wanted);
  if (version !== wanted) return `This kernel needs tslab ${wanted} and found ${version}, so ${consequence}.`;
  const missing = Object.entries(parts).flatMap(([file, names]) => {
    const exported: unknown = here(`tslab/dist/${file}`);
    return names.filter((name) => typeof at(exported, name) !== "function");
  });
  return missing.length > 0 ? `tslab has no ${missing.join(", ")}, so ${consequence}.` : null;
}

function installedVersion(wanted: string): string {
  try {
    return here("tslab/package.json").version;
  } catch (cause) {
    throw new Error(`tslab is not installed; run \`npm install tslab@${wanted}\` in this project`, { cause });
  }
}

/** The value at "A.b.c". */
function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (one, name) => (Object(one) === one ? Reflect.get(Object(one), name) : undefined),
      value,
    );
}
