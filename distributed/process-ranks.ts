import { describe, printsItsText } from "../np/internal.ts";
import type { Ranks } from "../training/index.ts";
import { type Act, disagreement, mark } from "./meeting.ts";
import type { Channel } from "./mpi/channel.ts";

/** The ranks of a program that mpirun started, one process each; `distributed()` makes it. */
export class ProcessRanks implements Ranks {
  readonly #channel: Channel;
  #isFinished = false;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** This process, in 0 … size − 1. */
  get rank(): number {
    return this.#channel.rank;
  }

  /** The number of processes; 1 for one alone. */
  get size(): number {
    return this.#channel.size;
  }

  /** Whether `finish` was called. */
  get isFinished(): boolean {
    return this.#isFinished;
  }

  /**
   * Replaces the numbers by their sums over all ranks, the same bits on every rank. All ranks must
   * call it, with as many numbers of the same type.
   * @throws TypeError for anything else than a Float64Array or Float32Array
   * @throws RangeError if the ranks do not all call it alike, if one has ended, and after `finish`
   * @example
   * const ranks = distributed();
   * const counts = Float64Array.of(1);
   * ranks.sum(counts);
   * counts[0] === ranks.size // true
   */
  sum(numbers: Float64Array | Float32Array): void {
    const type = typeOf(numbers);
    if (type !== "float64" && type !== "float32")
      throw new TypeError(
        `ranks.sum: numbers is ${describe(numbers)}, expected a Float64Array or a Float32Array`,
      );
    this.#meet("sum", `sum of ${type}`, numbers.length);
    this.#channel.sum(numbers);
  }

  /**
   * Replaces the contents by those of rank 0. All ranks must call it, with as many bytes.
   * @throws TypeError for anything else than a Float64Array, Float32Array or Uint8Array
   * @throws RangeError as `sum` does
   */
  broadcast(contents: Float64Array | Float32Array | Uint8Array): void {
    if (typeOf(contents) === null)
      throw new TypeError(
        `ranks.broadcast: contents is ${describe(contents)}, expected a Float64Array, a Float32Array or a Uint8Array`,
      );
    this.#meet("broadcast", "broadcast", contents.byteLength);
    this.#channel.broadcast(new Uint8Array(contents.buffer, contents.byteOffset, contents.byteLength));
  }

  /**
   * Returns when all ranks have called it.
   * @throws RangeError as `sum` does
   */
  barrier(): void {
    this.#meet("barrier", "barrier", 0);
  }

  /**
   * Ends the exchange, when all ranks have called it; a process that ends without an error does so
   * by itself. Call it before a deliberate exit code other than 0: until then such a code means
   * that something failed, and stops all ranks. A second call does nothing.
   * @throws RangeError if other ranks still expect a sum or a broadcast
   */
  finish(): void {
    if (this.#isFinished) return;
    this.#meet("finish", "leave", 0);
    this.#isFinished = true;
    this.#channel.finalize();
  }

  /** `rank 2 of 4 (Open MPI 4.1.4)` */
  toString(): string {
    return `rank ${this.rank} of ${this.size} (${this.#channel.name})`;
  }

  /** @throws RangeError unless all ranks are about to do the same */
  #meet(where: string, act: Act, amount: number): void {
    if (this.#isFinished)
      throw new RangeError(
        `ranks.${where}: finish() has ended the exchange; call finish() after the last ${where}()`,
      );
    if (this.size === 1) return;
    const marks = new Float64Array(this.size);
    marks[this.rank] = mark(act, amount);
    this.#channel.sum(marks);
    const problem = disagreement(marks);
    if (problem) throw new RangeError(`ranks.${where}: ${problem}`);
  }
}

printsItsText(ProcessRanks.prototype);

/** By the name of the class, so that arrays of another realm fit too. */
function typeOf(x: unknown): "float64" | "float32" | "uint8" | null {
  if (!ArrayBuffer.isView(x)) return null;
  const types = { Float64Array: "float64", Float32Array: "float32", Uint8Array: "uint8" } as const;
  const name = Object.prototype.toString.call(x).slice(8, -1);
  return name in types ? types[name as keyof typeof types] : null;
}
