/** How the ranks reach each other. Every call but `abort` returns when all ranks have made it. */
export interface Channel {
  readonly rank: number;
  readonly size: number;
  /** `Open MPI 4.1.4` */
  readonly name: string;
  /** Replaces the numbers by their sums over all ranks. */
  sum(numbers: Float64Array | Float32Array): void;
  /** Replaces the bytes by those of rank 0. */
  broadcast(bytes: Uint8Array): void;
  /** Ends the exchange; nothing but this may follow. */
  finalize(): void;
  /** Ends all ranks, this one included. */
  abort(code: number): void;
}

/** The channel of a process that is alone. */
export const alone: Channel = {
  rank: 0,
  size: 1,
  name: "alone",
  sum: () => undefined,
  broadcast: () => undefined,
  finalize: () => undefined,
  abort: () => undefined,
};
