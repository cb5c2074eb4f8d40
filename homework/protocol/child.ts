/** Runs beside a submission, in its process: `node child.js hw1 /path/to/hw1.mjs`. It reads questions on descriptor 3 and answers on 4. */
import { readSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { array, NDArray } from "../../np/index.ts";
import type { Calls, Submission } from "./calls.ts";
import { describePlainly } from "./describe-plainly.ts";
import { type Arrays, decode, encode, type Frame } from "./frame.ts";

const [, , assignment = "", file = ""] = process.argv;

function read(): Frame {
  const length = Buffer.from(exactly(4)).readUInt32LE(0);
  return decode(exactly(length));
}

function exactly(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const got = readSync(3, bytes, at, count - at, null);
    if (got === 0) process.exit(0); // the grader has closed its end
    at += got;
  }
  return bytes;
}

function write(kind: string, text: string, arrays: Arrays = {}): void {
  const bytes = encode({ kind, text: text.slice(0, 4000), arrays });
  for (let at = 0; at < bytes.length; ) at += writeSync(4, bytes, at);
}

function request(what: string, inputs: Arrays): Arrays {
  write("request", what, inputs);
  const { kind, text, arrays } = read();
  if (kind === "refused") throw new Error(text);
  return arrays;
}

/** Message and place: the last line of the submission that the stack names. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${typeof error}, not an Error`;
  const line = String(error.stack).match(new RegExp(`${assignment}\\.[cm]?[jt]s:(\\d+)`))?.[1];
  return `${error.name}: ${error.message}${line ? ` (line ${line} of ${assignment}.ts)` : ""}`;
}

/** Node's words for an import that is not there say neither what may be imported nor why. */
function toldOfLoading(error: unknown): string {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const [, missing] = /^Cannot find (?:package|module) '([^']+)'/.exec(String(message)) ?? [];
  const [, part] = /^Package subpath '\.([^']+)'/.exec(String(message)) ?? [];
  const name =
    code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ? `chalk-and-tape${part ?? ""}` : missing?.split("/").at(-1);
  return name === undefined
    ? told(error)
    : `it imports ${name}; import from chalk-and-tape/np only, because nothing else is there when your work is graded`;
}

/** Numbers and arrays only, whatever the submission returned. */
function plain(values: Arrays): Arrays {
  const entries = Object.entries(values).map(([name, x]) => {
    if (x instanceof NDArray) return [name, x];
    if (typeof x === "number" || typeof x === "boolean") return [name, array(Number(x))];
    throw new TypeError(`${name} is ${describePlainly(x)}, expected an NDArray`);
  });
  return Object.fromEntries(entries);
}

/**
 * Asks the grader before anything of the submission runs. A grader that was killed while the walls were
 * being built does not answer: then this process ends here, because no wall may have noticed.
 */
async function load(): Promise<{ calls: Calls; submission: Submission }> {
  request("load", {});
  const { calls } = await import(new URL(`../${assignment}/calls.js`, import.meta.url).href);
  return { calls, submission: await import(pathToFileURL(file).href) };
}

/** Answers questions until the grader closes its end. */
function answer({ calls, submission }: { calls: Calls; submission: Submission }): never {
  write("loaded", Object.keys(submission).join(" "));
  while (true) {
    const { text, arrays } = read();
    try {
      const call = calls[text];
      if (!call) throw new Error(`there is no call ${text}`);
      write("values", "", plain(call(submission, arrays, request)));
    } catch (error) {
      write("thrown", told(error));
    }
  }
}

void load().then(answer, (error: unknown) => {
  write("not loaded", toldOfLoading(error));
  process.exit(1);
});
