import type { EngineReport } from "../../np/index.ts";
import { installLine } from "../install-line.ts";

/** An engine with its time for the product; null if it is not available. */
export interface MeasuredEngine extends EngineReport {
  readonly productMilliseconds: number | null;
}

/** One thing to do, and what it brings. */
export interface Advice {
  readonly why: string;
  /** What to type; empty if there is no single command. */
  readonly commands: readonly string[];
}

/** What makes computing faster on this machine; empty if the fastest engine runs. */
export function adviceFor(engines: readonly MeasuredEngine[], current: string | null): Advice[] {
  return [...unsetEngine(engines, current), ...installBlas(engines)];
}

function unsetEngine(engines: readonly MeasuredEngine[], current: string | null): Advice[] {
  const { CHALK_ENGINE: asked } = process.env;
  if (!asked || asked === "auto") return [];
  const unset = process.platform === "win32" ? "set CHALK_ENGINE=" : "unset CHALK_ENGINE";
  if (current === null)
    return [{ why: `CHALK_ENGINE asks for ${asked}, which is not available here`, commands: [unset] }];
  const fastest = [...engines].sort((a, b) => time(a) - time(b))[0];
  const here = engines.find(({ name }) => name === current);
  if (!fastest || !here) return [];
  const factor = time(here) / time(fastest);
  // Between measurements of one engine lies less.
  if (!(factor > 1.5)) return [];
  return [
    {
      why: `CHALK_ENGINE asks for ${asked}; ${fastest.name} multiplies ${times(factor)} as fast here`,
      commands: [unset],
    },
  ];
}

function time({ productMilliseconds }: MeasuredEngine): number {
  return productMilliseconds ?? Number.POSITIVE_INFINITY;
}

/** "3.2 times", "27 times" */
export function times(factor: number): string {
  return `${factor < 10 ? factor.toFixed(1) : factor.toFixed(0)} times`;
}

/** What a BLAS brings was measured where there was one: docs/speed.md has the numbers. */
const gain = "multiplies large matrices at least twice as fast as wasm";

function installBlas(engines: readonly MeasuredEngine[]): Advice[] {
  const blas = engines.find(({ name }) => name === "blas");
  if (blas?.missing === "koffi")
    return [
      { why: `with koffi, np calls this machine's BLAS, which ${gain}`, commands: ["npm install koffi"] },
    ];
  if (blas?.missing !== "library") return [];
  const why = `OpenBLAS ${gain}`;
  const line = installLine({
    "apt-get": "libopenblas0-pthread",
    dnf: "openblas-serial", // the one that is called libopenblas.so.0; np brings its own threads
    pacman: "openblas",
    brew: "openblas",
  });
  if (line !== null) return [{ why, commands: [line] }];
  const conda = installLine({ conda: "openblas" });
  if (conda !== null) return [{ why, commands: [conda, ...condaPath()] }];
  return [{ why: `${why}: ${byHand()}`, commands: [] }];
}

/** The dynamic linker does not look into an environment of conda; on Windows PATH has it. */
function condaPath(): string[] {
  const names: Readonly<Record<string, string>> = { linux: "LD_LIBRARY_PATH", darwin: "DYLD_LIBRARY_PATH" };
  const name = names[process.platform];
  return name ? [`export ${name}="$CONDA_PREFIX/lib"`] : [];
}

function byHand(): string {
  if (process.platform === "win32")
    return "download it from https://github.com/OpenMathLib/OpenBLAS/releases and add the folder of libopenblas.dll to PATH";
  return "install it with your system's package manager";
}
