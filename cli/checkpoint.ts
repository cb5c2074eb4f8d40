import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { Checkpoint } from "../training/index.ts";
import { tryToWrite } from "./folder.ts";

/** The options of `compare` for its checkpoint. */
export interface CheckpointFlags {
  readonly checkpoint?: string;
  readonly checkpointEvery?: number;
  readonly resume?: boolean;
}

/**
 * The checkpoint that the options ask for; undefined without one. Only the process that writes it looks at the file.
 * @throws RangeError for options that do not go together, and for a file that cannot be used
 */
export function checkpointOf(
  { checkpoint: path, checkpointEvery, resume }: CheckpointFlags,
  dataset: string | undefined,
  isWriter: boolean,
): Checkpoint | undefined {
  if (path === undefined) {
    const alone = resume ? "--resume" : checkpointEvery === undefined ? null : "--checkpoint-every";
    if (alone) throw new RangeError(`${alone} needs --checkpoint, the file: --checkpoint run.safetensors`);
    return undefined;
  }
  if (dataset === undefined)
    throw new RangeError("--checkpoint needs --dataset: a checkpoint holds one run, and the lecture has two");
  if (isWriter) expectUsable(path, resume ?? false);
  return new Checkpoint(path, { everySteps: checkpointEvery, resume: true });
}

/** Looks at the file, and tries whether it can be written, before any training. @throws RangeError with the reason */
function expectUsable(path: string, resume: boolean): void {
  const folder = dirname(path);
  if (!existsSync(folder))
    throw new RangeError(
      `--checkpoint ${path}: there is no folder ${folder}; make it first, or choose another`,
    );
  try {
    tryToWrite(folder, basename(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new RangeError(
      `--checkpoint ${path}: it cannot be written there (${reason}); choose another folder`,
    );
  }
  if (existsSync(path) && !resume)
    throw new RangeError(
      `--checkpoint ${path} exists already; add --resume to go on from it, or give another file`,
    );
}
