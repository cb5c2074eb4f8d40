/** A request to run a cell. */
export interface Job {
  /** Whether the requests behind this one are given up when it fails. */
  readonly stopOnError: boolean;
  /** Returns true if the cell succeeded. */
  run(): Promise<boolean>;
  /** Tells the client how the cell ended. */
  reply(): void;
  /** Tells the client that the cell is not run. */
  abort(): void;
}

/** How long requests that were sent before the failure was known may take to arrive. */
const arrivalMs = 30;

/** Runs one job at a time, in the order in which they came. */
export class ExecutionQueue {
  #waiting: { job: Job; done: () => void }[] = [];
  #isWorking = false;

  /** Resolves when the job's reply is sent. */
  add(job: Job): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ job, done });
      if (!this.#isWorking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const { job, done } = next;
      const succeeded = await job.run();
      const aborted = succeeded || !job.stopOnError ? [] : await this.#takeAll();
      job.reply();
      done();
      for (const behind of aborted) {
        behind.job.abort();
        behind.done();
      }
    }
    this.#isWorking = false;
  }

  /** All that was sent in the hope that the job succeeds: what comes before its client can have read the reply. */
  async #takeAll(): Promise<{ job: Job; done: () => void }[]> {
    await new Promise((resolve) => setTimeout(resolve, arrivalMs));
    return this.#waiting.splice(0);
  }
}
