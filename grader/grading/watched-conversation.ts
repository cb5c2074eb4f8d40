import {
  type Arrays,
  type BoxCommand,
  Conversation,
  Failure,
  type Replies,
  type TimeLimits,
  Waiting,
} from "../../homework/internal.ts";
import { formatShape } from "../../np/index.ts";

/** A file that could not be loaded so often is not loaded again for the other checks. */
const mostFailedLoads = 2;

/**
 * A conversation that adds up the time that the submission takes, and may keep a log for the instructor.
 * Time in which the grader is busy with something else counts a quarter; see `Waiting`.
 */
export class WatchedConversation extends Conversation {
  readonly #seconds: number;
  readonly #log: ((line: string) => void) | undefined;
  #isOver = false;
  #failedLoads = 0;
  #lastFailure: Failure | null = null;
  /** Seconds that the submission took for its answers so far. */
  answering = 0;
  /** Seconds that it took to start and load. */
  loading = 0;

  /** `seconds` is what all answers and starts together may take. */
  constructor(command: BoxCommand, limits: TimeLimits, seconds: number, log?: (line: string) => void) {
    super(command, limits);
    this.#seconds = seconds;
    this.#log = log;
  }

  override async load(): Promise<readonly string[]> {
    if (this.#lastFailure && this.#failedLoads >= mostFailedLoads) throw this.#lastFailure;
    const waiting = new Waiting();
    try {
      return await this.#inTime(() => super.load(), "load");
    } catch (error) {
      this.#failedLoads++;
      if (error instanceof Failure) this.#lastFailure = error;
      throw error;
    } finally {
      this.loading += waiting.seconds;
    }
  }

  override async ask(call: string, inputs: Arrays, replies: Replies = {}): Promise<Arrays> {
    const [waiting, loadedBefore] = [new Waiting(), this.loading];
    try {
      return await this.#inTime(
        () => super.ask(call, inputs, replies),
        `${call}(${shapesOf(inputs)})`,
        shapesOf,
      );
    } finally {
      this.answering += waiting.seconds - (this.loading - loadedBefore);
    }
  }

  async #inTime<T>(run: () => Promise<T>, what: string, show = (_: T): string => "done"): Promise<T> {
    const began = performance.now();
    const told = (result: string): void =>
      this.#log?.(`${what} → ${result}, ${Math.round(performance.now() - began)} ms`);
    const left = this.#seconds - this.answering - this.loading;
    const tooLong = new Failure("time", { where: `all checks together took more than ${this.#seconds} s` });
    if (this.#isOver || left <= 0) throw tooLong;
    const cancel = new Waiting().limit(left, () => {
      this.#isOver = true;
      this.close();
    });
    try {
      const result = await run();
      told(show(result));
      return result;
    } catch (error) {
      const shown = this.#isOver ? tooLong : error;
      told(shown instanceof Failure ? `${shown.cause}: ${shown.advice.where}` : String(shown));
      throw shown;
    } finally {
      cancel();
    }
  }
}

function shapesOf(arrays: Arrays): string {
  return Object.entries(arrays)
    .map(([name, x]) => `${name} ${x.size === 1 ? x.item() : formatShape(x.shape)}`)
    .join(", ");
}
