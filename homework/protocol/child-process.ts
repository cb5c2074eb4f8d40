import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Failure } from "../checks/failure.ts";
import { decode, encode, type Frame, largestFrame } from "./frame.ts";
import { Waiting } from "./waiting.ts";

/** A program and how to start it: the child itself, or the wall around it. */
export interface BoxCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** The cause of a Failure for which no submission is to blame: this computer starts no process. */
export const machineCause = "machine";

/** A submission's process, and the frames that come out of it: one for its start, one for each frame written. */
export class SubmissionProcess {
  readonly #process: ChildProcess | null;
  readonly #frames: (Frame | Failure)[] = [];
  /** Settles when the process has ended, or could not be started. */
  readonly dead: Promise<void>;
  /** Whether it may send a frame now. */
  #isAsked = true;
  #wake: (() => void) | null = null;
  #pieces: Uint8Array[] = [];
  #size = 0;
  /** Bytes of the next frame with its length, as far as they are known. */
  #needed = 4;

  /** Never throws: `next` says why a process could not be started. */
  constructor(command: BoxCommand, onNoise: (text: string) => void) {
    this.#process = this.#started(command);
    this.dead = new Promise((resolve) => {
      if (!this.#process) resolve();
      this.#process?.once("exit", () => resolve());
      this.#process?.once("error", () => resolve());
    });
    this.#process?.on("error", ({ message }) => this.#failToStart(message));
    this.#process?.on("close", () =>
      this.#fail("ended", "your code ended its process: it called process.exit(), or crashed"),
    );
    // Without a free descriptor there is a process object, but it has no streams.
    const streams = (this.#process?.stdio ?? []) as unknown as (Readable | Writable | null)[];
    const [, stdout, stderr, , from] = streams as readonly (Readable | undefined)[];
    for (const stream of [stdout, stderr]) stream?.setEncoding("utf8").on("data", onNoise);
    streams[3]?.on("error", () => {}); // a child that has ended: `close` tells
    from?.on("error", () => {});
    from?.on("data", (piece: Buffer) => this.#read(piece));
  }

  /** Sends a frame, which the process may answer with one frame. */
  write(frame: Frame): void {
    this.#isAsked = true;
    (this.#process?.stdio?.[3] as Writable | undefined)?.write(encode(frame));
  }

  /** @throws Failure */
  async next(seconds: number): Promise<Frame> {
    if (this.#frames.length === 0) {
      const tooLong = (): void =>
        this.#fail("time", `took more than ${seconds} s and was stopped; is there a loop that never ends?`);
      const cancel = new Waiting().limit(seconds, tooLong);
      await new Promise<void>((resolve) => {
        this.#wake = () => {
          cancel(); // at once: the limit may pass before whoever waits here goes on
          resolve();
        };
      });
    }
    const first = this.#frames.shift() as Frame | Failure;
    if (first instanceof Failure) throw first;
    return first;
  }

  kill(): void {
    const pid = this.#process?.pid;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
    for (const stream of this.#process?.stdio ?? []) stream?.destroy();
  }

  #started({ file, args, env, cwd }: BoxCommand): ChildProcess | null {
    try {
      return spawn(file, args, {
        env,
        cwd,
        detached: process.platform !== "win32",
        stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      });
    } catch (error) {
      this.#failToStart((error as Error).message);
      return null;
    }
  }

  #failToStart(message: string): void {
    this.#fail(machineCause, `the process could not be started: ${message}`);
  }

  #read(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#needed) return; // joined once, not for each piece
    try {
      const rest = this.#take(Buffer.concat(this.#pieces));
      this.#pieces = [rest];
      this.#size = rest.length;
    } catch (error) {
      this.#refuse((error as Error).message);
    }
  }

  /**
   * Adds the whole frames that the bytes begin with; returns the rest.
   * @throws RangeError for bytes that are not a frame, and for a frame that nobody has asked for
   */
  #take(bytes: Buffer): Buffer {
    this.#needed = 4;
    if (bytes.length > 0 && !this.#isAsked) throw new RangeError("it answers what was not asked");
    if (bytes.length < 4) return bytes;
    this.#needed = 4 + bytes.readUInt32LE(0);
    if (this.#needed > largestFrame) throw new RangeError("the answer is too long");
    if (bytes.length < this.#needed) return bytes;
    this.#isAsked = false;
    this.#add(whole(bytes.subarray(4, this.#needed)));
    return this.#take(bytes.subarray(this.#needed));
  }

  /** Reads no further: what follows has no meaning, and a flood would fill the grader's memory. */
  #refuse(where: string): void {
    this.#fail("answer", where);
    this.#pieces = [];
    this.kill();
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

/** @throws RangeError for bytes that are not a frame */
function whole(bytes: Uint8Array): Frame {
  try {
    return decode(bytes);
  } catch (error) {
    throw new RangeError(`the answer is not made of numbers: ${(error as Error).message}`);
  }
}
