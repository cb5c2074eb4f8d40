import { DataError, type Random } from "../../np/index.ts";
import { boolean, type Contract, count, objectWith, settle, stream, text } from "../../np/internal.ts";
import { otherContent, stateFormat } from "../files/content.ts";
import { readWhole } from "../files/read-whole.ts";
import { removeAbandoned } from "../files/temporary-files.ts";
import { folderOf, writeAtomically } from "../files/write-atomically.ts";
import { wholeNumber } from "./epoch-contracts.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";

export interface CheckpointOptions {
  /** Also saves within an epoch, every this many steps; default: only after epochs. */
  readonly everySteps?: number;
  /** Saves every this many epochs, and after the last; default 1. */
  readonly everyEpochs?: number;
  /**
   * True: resume from the file if it exists. False: start over and replace it. Default: an existing
   * file is an error.
   */
  readonly resume?: boolean;
  /**
   * Random streams that neither a field of the model nor of the loader holds: `{ noise: rng }`. With ranks each rank
   * has its own in forward, and all have the same in `beforeStep` and `onEpoch`.
   */
  readonly rngs?: Readonly<Record<string, Random>>;
}

const streams = objectWith<Readonly<Record<string, Random>>>("an object of streams: { noise: rng }", {});

const contract: Contract<{ path: string }, CheckpointOptions> = {
  name: "Checkpoint",
  positional: { path: text },
  options: {
    everySteps: { ...count(), required: false, default: undefined },
    everyEpochs: wholeNumber(1),
    resume: { ...boolean, required: false, default: undefined },
    rngs: {
      ...streams,
      required: false,
      default: {},
      refuse: (name, value) => {
        const wrong = Object.entries(Object(value)).find(([, rng]) => stream.refuse(name, rng));
        return streams.refuse(name, value) ?? (wrong ? stream.refuse(`${name}.${wrong[0]}`, wrong[1]) : null);
      },
    },
  },
};

/**
 * A file from which `train` resumes after a crash, bit for bit: `train(…, { checkpoint: new
 * Checkpoint("run.safetensors", { resume: true }) })`. It holds weights, optimizer, schedule,
 * random streams, position in the data, history and best model.
 * It is replaced atomically: if the process is killed, the file is either the old or the new one.
 * `loadState` and PyTorch read its arrays as `model.layer1.weight` …. Of several ranks only rank 0
 * reads and writes it, and what fails there fails on all; another number of ranks can resume from it.
 * @throws RangeError for an extension other than .safetensors, or an option outside its range
 */
export class Checkpoint {
  readonly path: string;
  readonly everySteps: number | null;
  readonly everyEpochs: number;
  readonly rngs: Readonly<Record<string, Random>>;
  readonly #resume: boolean | undefined;

  constructor(path: string, options: CheckpointOptions = {}) {
    const { everySteps, everyEpochs, resume, rngs } = settle(contract, { path }, options);
    if (!path.endsWith(".safetensors"))
      throw new RangeError(
        `Checkpoint: "${path}" does not end in .safetensors; give the file that extension`,
      );
    this.path = path;
    this.everySteps = everySteps ?? null;
    this.everyEpochs = everyEpochs;
    this.rngs = rngs;
    this.#resume = resume;
  }

  /**
   * Returns the state to resume from; null to start from the beginning. Removes temporary files
   * that killed runs left in the folder.
   * @throws RangeError when the file exists and `resume` is not given
   */
  async load<Saved extends object>(): Promise<Saved | null> {
    const bytes = await readWhole("Checkpoint", this.path, "train without a checkpoint");
    await removeAbandoned(folderOf(this.path));
    if (bytes === null) return null;
    if (this.#resume === false) return null;
    if (this.#resume === undefined) {
      throw new RangeError(
        `Checkpoint: ${this.path} exists already; pass { resume: true } to resume from it, { resume: false } to start over and replace it`,
      );
    }
    const other = stateFormat(bytes) ? null : otherContent(bytes);
    if (other) throw new DataError(`Checkpoint: ${this.path} is ${other}`);
    try {
      return decodeSnapshot<Saved>(bytes);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      throw new DataError(`Checkpoint: ${this.path}: ${error.message}`, { cause: error });
    }
  }

  /**
   * Writes the state.
   * @throws TypeError with the path of a value that is neither array nor plain data
   */
  async save(state: object): Promise<void> {
    await writeAtomically(this.path, encodeSnapshot(state));
  }
}
