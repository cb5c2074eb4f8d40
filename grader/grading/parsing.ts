import { type ChildProcess, fork } from "node:child_process";
import { NotGradable } from "../../homework/internal.ts";
import { programNamed, tried } from "../walls/programs.ts";
import { WallMissing } from "../walls/wall.ts";
import { MachineError } from "./machine-error.ts";

/** What is read from the text of a student's file before any of it runs. */
export interface ParsedText {
  /** JavaScript. */
  readonly code: string;
  /** The student's own texts, by the id of the essay. */
  readonly essays: Readonly<Record<string, string>>;
}

/** What the process sends back. */
export type ParserAnswer =
  | ParsedText
  | { readonly refused: string }
  | { readonly broken: string }
  /** The process could not be started, or not be reached. */
  | { readonly machine: string };

/**
 * Parses students' files in a process of its own: a text such as a million open brackets ends the
 * process of any parser, and must not end the grader or the next student's turn. One text at a time.
 */
export class Parser {
  readonly #seconds: number;
  #child: ChildProcess | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(seconds = 60) {
    this.#seconds = seconds;
  }

  /** @throws NotGradable for a text that does not parse, or that ends the parser; MachineError without a process */
  parse(text: string, name: string, essays: readonly string[]): Promise<ParsedText> {
    const answer = this.#turn.then(() => this.#parseNow(text, name, essays));
    this.#turn = answer.catch(() => {});
    return answer;
  }

  close(): void {
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  async #parseNow(text: string, name: string, essays: readonly string[]): Promise<ParsedText> {
    const child = this.#child?.connected ? this.#child : start();
    this.#child = child;
    const answer = await this.#answer(child, { text, name, essays });
    if ("code" in answer) return answer;
    if ("refused" in answer) throw new NotGradable(answer.refused);
    this.close(); // the next text gets a new process
    if ("machine" in answer) throw new MachineError(`the parser could not be started: ${answer.machine}`);
    throw new NotGradable(`${name} cannot be parsed: ${answer.broken}`);
  }

  #answer(child: ChildProcess, question: object): Promise<ParserAnswer> {
    return new Promise((resolve) => {
      const end = (answer: ParserAnswer): void => {
        clearTimeout(timer);
        child.removeAllListeners();
        child.on("error", () => {});
        resolve(answer);
      };
      const tooLong = `the parser took more than ${this.#seconds} s`;
      const timer = setTimeout(() => end({ broken: tooLong }), 1000 * this.#seconds);
      child.once("message", (answer) => end(answer as ParserAnswer));
      child.once("exit", () => end({ broken: "it ended the parser; is something nested very deeply?" }));
      child.once("error", ({ message }) => end({ machine: message }));
      child.send(question, (error) => error && end({ machine: error.message }));
    });
  }
}

/** @throws MachineError if this computer starts no process */
function start(): ChildProcess {
  try {
    const child = fork(new URL("./parser-child.js", import.meta.url), [], {
      env: {},
      ...limited(),
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      serialization: "json",
    });
    child.on("error", () => {});
    if (!child.connected) throw new Error("too many files are open");
    child.unref();
    child.channel?.unref();
    return child;
  } catch (error) {
    throw new MachineError(`the parser could not be started: ${(error as Error).message}`);
  }
}

/** Bytes of memory that the parser, and the compiler that it starts, may each have. */
const memory = 2 ** 30;

interface Start {
  readonly execPath: string;
  readonly execArgv: string[];
}

let known: Start | null = null;

/** How Node is started with a limit, where the system has one and lets us set it: on Linux. */
function limited(): Start {
  known ??= triedLimit() ?? { execPath: process.execPath, execArgv: [] };
  return known;
}

function triedLimit(): Start | null {
  try {
    const execPath = programNamed("prlimit", "install util-linux");
    const execArgv = [`--data=${memory}:${memory}`, process.execPath];
    const { ok } = tried(execPath, [...execArgv, "--version"]);
    return ok ? { execPath, execArgv } : null;
  } catch (error) {
    if (error instanceof WallMissing) return null;
    throw error;
  }
}
