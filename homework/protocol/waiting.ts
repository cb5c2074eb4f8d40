import { performance } from "node:perf_hooks";

/** A second in which the grader's own process was busy counts as much. */
const busyShare = 1 / 4;

/**
 * Measures how long the grader has waited for a submission. A submission is not to blame for the time in
 * which the grader's own process computes something else, so such a second counts a quarter. It counts
 * that much so that nobody can win time without end by keeping the grader busy.
 */
export class Waiting {
  readonly #began = performance.eventLoopUtilization();

  /** Seconds so far. */
  get seconds(): number {
    const { idle, active } = performance.eventLoopUtilization(this.#began);
    return (idle + busyShare * active) / 1000;
  }

  /**
   * Calls `tooLong` when this many seconds are used up. What has arrived while the grader was busy is
   * read before that.
   * @returns a function that cancels it
   */
  limit(seconds: number, tooLong: () => void): () => void {
    let isDone = false;
    let timer: NodeJS.Timeout;
    const judge = (): void => {
      if (isDone) return;
      const left = seconds - this.seconds;
      if (left <= 0) tooLong();
      else wait(left);
    };
    const wait = (left: number): void => {
      timer = setTimeout(() => setImmediate(judge), Math.max(1, 1000 * left));
    };
    wait(seconds - this.seconds);
    return () => {
      isDone = true;
      clearTimeout(timer);
    };
  }
}
