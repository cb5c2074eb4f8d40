import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Failure } from "../checks/failure.ts";
import { type Arrays, decode, encode, type Frame, largestFrame } from "./frame.ts";

/** A program and how to start it: the child itself, or the wall around it. */
export interface BoxCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Seconds. */
export interface TimeLimits {
  /** Until the submission is loaded. */
  readonly load: number;
  /** For one answer. */
  readonly answer: number;
}

/** What the grader answers while a submission works on a question: hw4's layers live outside the box. */
export type Replies = Readonly<Record<string, (inputs: Arrays) => Arrays>>;

const mostRequests = 10_000;
const mostNoise = 64 * 1024;

/**
 * A conversation with one submission in a process of its own. The grader asks, the child answers with
 * numbers, on descriptors 3 and 4. A child that ends or takes too long is killed with all that it
 * started; the next question gets a new one.
 */
export class Conversation {
  readonly #command: BoxCommand;
  readonly #limits: TimeLimits;
  readonly #dead: Promise<void>[] = [];
  #child: Child | null = null;
  /** What the submission wrote to stdout and stderr, the first 64 kB. */
  noise = "";

  constructor(command: BoxCommand, limits: TimeLimits = { load: 10, answer: 10 }) {
    this.#command = command;
    this.#limits = limits;
  }

  /**
   * Starts the submission and waits until it is loaded.
   * @returns the names that it exports
   * @throws Failure with cause "not loaded", "time" or "ended"
   */
  async load(): Promise<readonly string[]> {
    this.close();
    const child = new Child(this.#command, (text) => {
      if (this.noise.length < mostNoise) this.noise += text.slice(0, mostNoise - this.noise.length);
    });
    this.#child = child;
    this.#dead.push(child.dead);
    const frame = await this.#next(child, this.#limits.load, "loading your file");
    if (frame.kind === "loaded") return frame.text === "" ? [] : frame.text.split(" ");
    this.close();
    throw new Failure("not loaded", { where: `your file could not be loaded: ${shortened(frame.text)}` });
  }

  /** @throws Failure with cause "thrown", "time", "ended" or "answer" */
  async ask(call: string, inputs: Arrays, replies: Replies = {}): Promise<Arrays> {
    if (!this.#child) await this.load();
    const child = this.#child as Child;
    child.write({ kind: "ask", text: call, arrays: inputs });
    for (let requests = 0; requests <= mostRequests; requests++) {
      const frame = await this.#next(child, this.#limits.answer, call);
      if (frame.kind === "values") return frame.arrays;
      if (frame.kind === "thrown") throw new Failure("thrown", { where: shortened(frame.text) });
      const reply =
        frame.kind === "request" && Object.hasOwn(replies, frame.text) ? replies[frame.text] : null;
      if (!reply) break;
      child.write(replied(reply, frame.arrays));
    }
    this.close();
    throw new Failure("answer", { where: `${call} answered with something else than numbers` });
  }

  /** Kills the child and all that it started. */
  close(): void {
    this.#child?.kill();
    this.#child = null;
  }

  /** Closes the conversation and waits until every process that it started has ended. */
  async ended(): Promise<void> {
    this.close();
    await Promise.all(this.#dead);
  }

  async #next(child: Child, seconds: number, during: string): Promise<Frame> {
    try {
      return await child.next(seconds);
    } catch (error) {
      this.close();
      if (error instanceof Failure)
        throw new Failure(error.cause, { where: `${during}: ${error.advice.where}` });
      throw error;
    }
  }
}

/** A request that the grader cannot serve is the submission's mistake: it hears the message. */
function replied(reply: (inputs: Arrays) => Arrays, inputs: Arrays): Frame {
  try {
    return { kind: "reply", text: "", arrays: reply(inputs) };
  } catch (error) {
    return { kind: "refused", text: (error as Error).message, arrays: {} };
  }
}

function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)} …` : text;
}

/** The process, and the frames that come out of it. */
class Child {
  readonly #process: ChildProcess;
  readonly #frames: (Frame | Failure)[] = [];
  /** Settles when the process has ended, or could not be started. */
  readonly dead: Promise<void>;
  #wake: (() => void) | null = null;
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor({ file, args, env, cwd }: BoxCommand, onNoise: (text: string) => void) {
    this.#process = spawn(file, args, {
      env,
      cwd,
      detached: process.platform !== "win32",
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    });
    this.dead = new Promise((resolve) => {
      this.#process.once("exit", () => resolve());
      this.#process.once("error", () => resolve());
    });
    const [, stdout, stderr, to, from] = this.#process.stdio as unknown as [
      null,
      Readable,
      Readable,
      Writable,
      Readable,
    ];
    for (const stream of [stdout, stderr]) stream.setEncoding("utf8").on("data", onNoise);
    to.on("error", () => {}); // a child that has ended: `close` tells
    from.on("error", () => {});
    from.on("data", (piece: Buffer) => this.#read(piece));
    this.#process.on("error", ({ message }) => this.#fail("ended", `could not be started: ${message}`));
    this.#process.on("close", () => this.#fail("ended", "your code ended its process"));
  }

  write(frame: Frame): void {
    (this.#process.stdio[3] as Writable).write(encode(frame));
  }

  /** @throws Failure */
  async next(seconds: number): Promise<Frame> {
    if (this.#frames.length === 0) {
      const tooLong = (): void => {
        if (this.#frames.length === 0) this.#fail("time", `took more than ${seconds} s and was stopped`);
      };
      // An answer may have arrived while the grader was busy: it is read before the time is judged.
      const timer = setTimeout(() => setImmediate(tooLong), 1000 * seconds);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      clearTimeout(timer);
    }
    const first = this.#frames.shift() as Frame | Failure;
    if (first instanceof Failure) throw first;
    return first;
  }

  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    for (const stream of this.#process.stdio) stream?.destroy();
  }

  #read(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size > largestFrame) {
      this.#fail("answer", "the answer is too long");
      return;
    }
    let bytes = Buffer.concat(this.#pieces);
    while (bytes.length >= 4) {
      const length = bytes.readUInt32LE(0);
      if (length > largestFrame) {
        this.#fail("answer", "the answer is too long");
        return;
      }
      if (bytes.length < 4 + length) break;
      try {
        this.#add(decode(bytes.subarray(4, 4 + length)));
      } catch (error) {
        this.#fail("answer", `the answer is not made of numbers: ${(error as Error).message}`);
        return;
      }
      bytes = bytes.subarray(4 + length);
    }
    this.#pieces = [bytes];
    this.#size = bytes.length;
  }

  #fail(cause: string, where: string): void {
    this.#add(new Failure(cause, { where }));
  }

  #add(frame: Frame | Failure): void {
    this.#frames.push(frame);
    this.#wake?.();
    this.#wake = null;
  }
}
