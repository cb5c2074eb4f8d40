import { Failure } from "../checks/failure.ts";
import { type BoxCommand, SubmissionProcess } from "./child-process.ts";
import type { Arrays, Frame } from "./frame.ts";

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
  #child: SubmissionProcess | null = null;
  /** What the submission wrote to stdout and stderr, the first 64 kB. */
  noise = "";

  constructor(command: BoxCommand, limits: TimeLimits = { load: 10, answer: 10 }) {
    this.#command = command;
    this.#limits = limits;
  }

  /**
   * Starts the submission and waits until it is loaded.
   * @returns the names that it exports
   * @throws Failure with cause "not loaded", "time" or "ended"; "machine" if no process could be started
   */
  async load(): Promise<readonly string[]> {
    this.close();
    const child = new SubmissionProcess(this.#command, (text) => {
      if (this.noise.length < mostNoise) this.noise += text.slice(0, mostNoise - this.noise.length);
    });
    this.#child = child;
    this.#dead.push(child.dead);
    const load = (): Promise<Frame> => this.#next(child, this.#limits.load, "loading your file");
    const started = await load();
    if (started.kind === "request") child.write({ kind: "reply", text: "", arrays: {} });
    const frame = started.kind === "request" ? await load() : started;
    if (frame.kind === "loaded") return frame.text === "" ? [] : frame.text.split(" ");
    this.close();
    throw new Failure("not loaded", { where: `your file could not be loaded: ${shortened(frame.text)}` });
  }

  /** @throws Failure with cause "thrown", "time", "ended" or "answer"; as `load` where it has to start */
  async ask(call: string, inputs: Arrays, replies: Replies = {}): Promise<Arrays> {
    if (!this.#child) await this.load();
    const child = this.#child as SubmissionProcess;
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
    throw new Failure("answer", { where: `${call} answered with something other than numbers` });
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

  async #next(child: SubmissionProcess, seconds: number, during: string): Promise<Frame> {
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
