import { DataError, type RandomState } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import type { AverageState } from "./average.ts";
import type { EpochReport } from "./history.ts";

/** The progress of a run, as plain data. */
export interface Progress {
  /** The finished epochs. */
  readonly epochs: readonly EpochReport[];
  /** Steps taken in the current epoch. */
  readonly step: number;
  readonly average: AverageState;
}

/**
 * A run as a checkpoint stores it: besides these fields, the state of every stateful part, by name.
 */
export interface SavedRun {
  readonly streams: Record<string, RandomState>;
  readonly progress: Progress;
  readonly [part: string]: object;
}

/**
 * Checks what a checkpoint holds, as far as every run has it; each part checks its own state.
 * @throws DataError that names the field
 */
export function expectSavedRun(where: string, saved: object): SavedRun {
  const expectThat = (isRight: boolean, path: string, value: unknown, expected: string): void => {
    if (!isRight)
      throw new DataError(
        `${where}: ${path} is ${describe(value)}, expected ${expected}; copy the file again`,
      );
  };
  for (const [name, value] of Object.entries({ streams: undefined, progress: undefined, ...saved }))
    expectThat(isRecord(value), name, value, "an object");
  const { streams, progress } = saved as {
    streams: Record<string, unknown>;
    progress: Record<string, unknown>;
  };
  for (const [name, state] of Object.entries(streams))
    expectThat(
      Array.isArray(state) && state.length === 4 && state.every((word) => word === (word | 0)),
      `streams["${name}"]`,
      state,
      "the four words of a random stream",
    );
  const { epochs, step, average } = progress;
  expectThat(Array.isArray(epochs), "progress.epochs", epochs, "a list");
  for (const [i, report] of (epochs as unknown[]).entries()) {
    const path = `progress.epochs[${i}]`;
    expectThat(
      isRecord(report) && Number.isSafeInteger(report.epoch),
      path,
      report,
      "the report of an epoch",
    );
    for (const [key, value] of Object.entries(report as object))
      expectThat(value === null || typeof value === "number", `${path}.${key}`, value, "a number or null");
  }
  expectThat(
    Number.isSafeInteger(step) && (step as number) >= 0,
    "progress.step",
    step,
    "a whole number >= 0",
  );
  expectThat(isRecord(average), "progress.average", average, "an object");
  for (const [key, value] of Object.entries(average as object))
    expectThat(
      value === null || typeof value === "number",
      `progress.average.${key}`,
      value,
      "a number or null",
    );
  return saved as SavedRun;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
