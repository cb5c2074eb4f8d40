import { mkdirSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";
import { type Command, Option } from "commander";
import { kernelspec } from "../kernel/index.ts";
import { folder } from "./folder.ts";
import { findJupyter } from "./jupyter/find-jupyter.ts";
import { userDataFolder, writeKernelspec } from "./jupyter/kernelspec-file.ts";
import { copyLessons, lessonsFolder } from "./jupyter/lessons.ts";
import { commandFor, lessonLines, missing, startLines } from "./jupyter/notebook-text.ts";
import { runJupyter } from "./jupyter/server.ts";
import { manifest } from "./package-folder.ts";

interface Options {
  readonly kernelOnly?: boolean;
  readonly print?: boolean;
  readonly start: boolean;
  readonly json?: boolean;
}

/** Where Jupyter's data is in the student's folder: what JUPYTER_PATH names. */
const dataFolder = ".jupyter";

/** `notebook [DIR]`: copies the lessons and opens them in Jupyter. */
export function notebookCommand(command: Command): Command {
  return command
    .usage("[options] [dir] [-- arguments for Jupyter...]")
    .argument("[dir]", "folder for your copies of the lessons; default: lessons", folder)
    .argument("[arguments...]", "after --: for Jupyter, such as --no-browser")
    .addOption(
      new Option(
        "--kernel-only",
        "install the kernel for VS Code and JupyterHub, in your own account; start nothing",
      ).conflicts(["print", "start"]),
    )
    .option("--print", "print the kernelspec as JSON; write nothing and start nothing")
    .option("--no-start", "prepare the folder, and print how to start Jupyter yourself")
    .option("--json", "with --kernel-only or --no-start: print one JSON document")
    .action((_dir: string | undefined, _more: string[], options: Options) => run(command, options));
}

async function run(command: Command, options: Options): Promise<void> {
  const dashes = process.argv.indexOf("--");
  const forJupyter = dashes < 0 ? [] : process.argv.slice(dashes + 1);
  const [dir, ...more] = command.args.slice(0, command.args.length - forJupyter.length);
  if (more.length > 0)
    command.error(`error: too many arguments: ${more.join(" ")}; what Jupyter should get comes after --.`);
  if ((options.kernelOnly || options.print) && dir !== undefined)
    command.error(
      `error: ${options.print ? "--print" : "--kernel-only"} copies no lessons, so it takes no folder.`,
    );
  if (options.print) return console.log(JSON.stringify(kernelspec(), null, 2));
  if (options.json && options.start && !options.kernelOnly)
    command.error("error: --json needs --no-start or --kernel-only: Jupyter prints its own lines.");
  expectTslab();
  if (options.kernelOnly) return installKernel(options);
  await openLessons(dir ?? "lessons", forJupyter, options);
}

/** The kernel runs on tslab, an optional dependency. @throws RangeError if that is missing */
function expectTslab(): void {
  try {
    createRequire(import.meta.url).resolve("tslab/package.json");
  } catch {
    const { tslab } = manifest().optionalDependencies;
    throw new RangeError(`the kernel needs tslab, which is not installed: npm install tslab@${tslab}`);
  }
}

function installKernel({ json }: Options): void {
  const { path, replaced } = writeKernelspec(userDataFolder());
  const lines = [
    `The kernel "TypeScript" is installed: ${path}`,
    ...(replaced === null ? [] : [`It replaces the one that was there: ${argvOf(replaced)}`]),
    "In VS Code or JupyterHub, open a notebook and select it; jupyter kernelspec remove tslab removes it.",
  ];
  console.log(json ? JSON.stringify({ path, replaced: replaced !== null }, null, 2) : lines.join("\n"));
}

function argvOf(kernelJson: string): string {
  try {
    return JSON.parse(kernelJson).argv.join(" ");
  } catch {
    return "it could not be read";
  }
}

async function openLessons(dir: string, forJupyter: readonly string[], options: Options): Promise<void> {
  const home = resolve(dir);
  mkdirSync(home, { recursive: true });
  if (realpathSync(home) === realpathSync(lessonsFolder))
    throw new RangeError(`${dir} holds the package's own lessons; choose another folder for your copies`);
  const data = join(home, dataFolder);
  const lessons = copyLessons(home, join(data, "lessons.json"));
  const kernel = writeKernelspec(data).path;
  const JUPYTER_PATH = [data, process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
  const prepared = { folder: home, lessons, kernelspec: kernel, environment: { JUPYTER_PATH } };
  if (options.json) console.log(JSON.stringify(prepared, null, 2));
  else console.log(lessonLines(dir, lessons).join("\n"));
  if (!options.start) {
    if (!options.json) console.log(startLines(dir, JUPYTER_PATH).join("\n"));
    return;
  }
  const jupyter = await findJupyter();
  if (jupyter === null) throw new RangeError(missing(dir));
  console.log(`Starting ${jupyter.join(" ")} in ${dir}. Ctrl-C here ends it and its kernels.\n`);
  const env = { ...process.env, JUPYTER_PATH };
  if (await runJupyter([...jupyter, ...forJupyter], home, env)) return;
  process.exitCode = 1;
  if (process.getuid?.() === 0 && !forJupyter.includes("--allow-root"))
    console.error(`As root, Jupyter needs --allow-root: ${commandFor(dir)} -- --allow-root`);
}
