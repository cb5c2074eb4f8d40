import { expectCount } from "../../contracts/internal.ts";
import { DataError, type Random } from "../../np/index.ts";
import { nodeFiles } from "../files/node-files.ts";
import { writeAtomically } from "../files/write-atomically.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";

export interface CheckpointOptions {
  /** Also within an epoch, after so many steps; default: after each epoch only. */
  readonly everySteps?: number;
  /** After every so many epochs, and after the last; default 1. */
  readonly everyEpochs?: number;
  /** True: go on from the file, if it is there. False: start anew, and replace it. Default: a file that is there is an error. */
  readonly resume?: boolean;
  /** Random streams of the training program that neither model nor loader holds in a field: `{ noise: rng }`. */
  readonly rngs?: Readonly<Record<string, Random>>;
}

/**
 * A file from which `train` goes on after a crash, to the last bit: `train(…, { checkpoint: new Checkpoint("run.safetensors", { resume: true }) })`.
 * It holds weights, optimizer, schedule, random streams, place in the data, history, the best model. It is replaced atomically: whenever the
 * process is killed, the file is the old one or the new one. Its arrays can be read with `loadState`, and by PyTorch, as `model.layer1.weight` ….
 * @throws RangeError for another ending than .safetensors, or an option outside its range
 */
export class Checkpoint {
  readonly path: string;
  readonly everySteps: number | null;
  readonly everyEpochs: number;
  readonly rngs: Readonly<Record<string, Random>>;
  readonly #resume: boolean | undefined;

  constructor(path: string, { everySteps, everyEpochs = 1, resume, rngs = {} }: CheckpointOptions = {}) {
    if (!path.endsWith(".safetensors"))
      throw new RangeError(`Checkpoint: "${path}" does not end in .safetensors; name the file so`);
    if (everySteps !== undefined) expectCount("Checkpoint", "everySteps", everySteps);
    expectCount("Checkpoint", "everyEpochs", everyEpochs);
    this.path = path;
    this.everySteps = everySteps ?? null;
    this.everyEpochs = everyEpochs;
    this.rngs = rngs;
    this.#resume = resume;
  }

  /** What to go on from; null to start anew. @throws RangeError for a file that is there, unless `resume` says what to do with it */
  async load<Saved extends object>(): Promise<Saved | null> {
    const { readFile } = nodeFiles("Checkpoint", "train without a checkpoint");
    let bytes: Uint8Array;
    try {
      bytes = await readFile(this.path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
    if (this.#resume === false) return null;
    if (this.#resume === undefined) {
      throw new RangeError(
        `Checkpoint: ${this.path} is there already; pass { resume: true } to go on from it, { resume: false } to start anew and replace it`,
      );
    }
    try {
      return decodeSnapshot<Saved>(bytes);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      throw new DataError(`Checkpoint: ${this.path}: ${error.message}`, { cause: error });
    }
  }

  /** @throws TypeError for what is neither an array nor plain data, with its path */
  async save(state: object): Promise<void> {
    await writeAtomically(this.path, encodeSnapshot(state));
  }
}
