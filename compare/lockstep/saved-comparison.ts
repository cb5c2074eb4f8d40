import type { StateDict } from "../../contracts/index.ts";
import { DataError, type RandomState } from "../../np/index.ts";
import { describe } from "../../np/internal.ts";
import type { AverageState } from "../../training/internal.ts";
import type { EpochRecord } from "./compare.ts";
import type { JudgeState } from "./judge.ts";

/** One side in a checkpoint. */
export interface SavedSide {
  readonly model: StateDict;
  readonly optimizer: object;
  /** The random streams in the model's fields, for example of dropout masks. */
  readonly streams: Record<string, RandomState>;
  /** The loss and accuracy of this epoch up to here. */
  readonly average: AverageState;
  /** The times of this epoch up to here. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** How far a comparison is. */
export interface Place {
  /** The finished epochs. */
  readonly epochs: EpochRecord[];
  /** Steps taken in the current epoch. */
  step: number;
  /** Steps taken in all. */
  count: number;
  /** The largest difference of gradients in the current epoch. */
  gradients: number;
  /** The largest difference of weights in the current epoch. */
  weights: number;
}

/** The settings that make the weights of a job what they are, by name. */
export type JobIdentity = Readonly<Record<string, string | number | null>>;

/** A comparison as its checkpoint stores it: nested arrays and plain data. */
export interface SavedComparison {
  readonly job: JobIdentity;
  readonly manual: SavedSide;
  readonly autograd: SavedSide;
  /** The loader's position in the data. */
  readonly loader: object;
  readonly judge: JudgeState;
  readonly place: Place;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isStream = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 4 && value.every((word) => word === (word | 0));

/**
 * Checks that a file holds a comparison; both models, the optimizers and the loader check their own
 * states.
 * @throws DataError that names the field
 */
export function expectSavedComparison(where: string, saved: object): SavedComparison {
  const given = saved as Record<string, unknown>;
  if (!("manual" in given && "autograd" in given && "job" in given))
    throw new DataError(
      `${where} holds ${Object.keys(given).join(", ") || "nothing"}, but no comparison: another program wrote it; give the checkpoint of a comparison`,
    );
  const expectThat = (isRight: boolean, path: string, value: unknown, expected: string): void => {
    if (!isRight)
      throw new DataError(
        `${where}: ${path} is ${describe(value)}, expected ${expected}; copy the file again`,
      );
  };
  const expectNumbers = (path: string, value: unknown): void => {
    expectThat(isRecord(value), path, value, "an object");
    for (const [key, one] of Object.entries(value as object))
      expectThat(one === null || typeof one === "number", `${path}.${key}`, one, "a number or null");
  };
  for (const name of ["job", "manual", "autograd", "loader", "judge", "place"])
    expectThat(isRecord(given[name]), name, given[name], "an object");
  for (const name of ["manual", "autograd"]) {
    const side = given[name] as Record<string, unknown>;
    for (const part of ["model", "optimizer", "streams"])
      expectThat(isRecord(side[part]), `${name}.${part}`, side[part], "an object");
    for (const [key, state] of Object.entries(side.streams as object))
      expectThat(isStream(state), `${name}.streams["${key}"]`, state, "the four words of a random stream");
    for (const part of ["average", "milliseconds"]) expectNumbers(`${name}.${part}`, side[part]);
  }
  const { judge, place } = given as { judge: Record<string, unknown>; place: Record<string, unknown> };
  expectNumbers("judge.largest", judge.largest);
  expectThat(typeof judge.problem === "string", "judge.problem", judge.problem, "text");
  expectThat(
    typeof judge.hasSeenGradients === "boolean",
    "judge.hasSeenGradients",
    judge.hasSeenGradients,
    "true or false",
  );
  for (const name of ["step", "count"])
    expectThat(isCount(place[name]), `place.${name}`, place[name], "a whole number >= 0");
  for (const name of ["gradients", "weights"])
    expectThat(typeof place[name] === "number", `place.${name}`, place[name], "a number");
  expectThat(Array.isArray(place.epochs), "place.epochs", place.epochs, "a list");
  for (const [i, record] of (place.epochs as unknown[]).entries()) {
    const path = `place.epochs[${i}]`;
    expectThat(isRecord(record) && record.epoch === i + 1, path, record, `the record of epoch ${i + 1}`);
    const { manual, autograd, ...numbers } = record as Record<string, unknown>;
    for (const [name, part] of Object.entries({ manual, autograd })) expectNumbers(`${path}.${name}`, part);
    expectNumbers(path, numbers);
  }
  return saved as SavedComparison;
}
