import { Random, type RandomState } from "../../np/index.ts";
import { gather } from "./from-rank-zero.ts";
import type { Ranks } from "./ranks.ts";
import { restoreStreams, type Streams, streamStates } from "./streams.ts";

/** A step of training: the finished epochs, and the steps taken in this one. */
export interface Place {
  readonly epoch: number;
  readonly step: number;
}

/**
 * The random streams of a divided run, dropout's for example. For every step they are derived anew
 * from where they stood at its start, so that they depend on neither earlier steps nor other ranks:
 * a stream `base` is `base.foldIn(epoch, step, rank)` while rank computes the gradients of its part,
 * and `base.foldIn(epoch, step)`, the same on every rank, from then to the end of the step.
 */
export class RankStreams {
  readonly #ranks: Ranks;
  readonly #streams: Streams;
  readonly #bases: ReadonlyMap<string, Random>;

  /** Begins where the streams of rank 0 stand. All ranks must call it. */
  constructor(ranks: Ranks, streams: Streams) {
    const [first = "{}"] = gather(ranks, JSON.stringify(streamStates(streams)));
    restoreStreams("train", streams, JSON.parse(first) as Record<string, RandomState>);
    this.#ranks = ranks;
    this.#streams = streams;
    this.#bases = new Map([...streams].map(([name, rng]) => [name, new Random(null, rng.state)]));
  }

  /** What a checkpoint stores: where the run began. */
  get states(): Record<string, RandomState> {
    return streamStates(this.#bases);
  }

  /** Each rank gets streams of its own. */
  part({ epoch, step }: Place): void {
    for (const [name, rng] of this.#streams)
      rng.state = (this.#bases.get(name) as Random).foldIn(epoch, step, this.#ranks.rank).state;
  }

  /** All ranks get the same streams. */
  share({ epoch, step }: Place): void {
    for (const [name, rng] of this.#streams)
      rng.state = (this.#bases.get(name) as Random).foldIn(epoch, step).state;
  }
}
