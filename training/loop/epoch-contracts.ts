import {
  anyNumber,
  atLeastZero,
  count,
  having,
  type Option,
  type OptionTable,
  objectWith,
  oneOf,
  optional,
  orNull,
  type Required,
} from "../../np/internal.ts";
import type { EpochReport } from "./history.ts";
import type { Monitored, MonitorOptions } from "./monitor.ts";

const perhaps = orNull(anyNumber);

/** What an epoch's report must hold for a monitor. */
export const epochReport: Required<EpochReport> = objectWith<EpochReport>("the report of an epoch", {
  epoch: anyNumber,
  trainLoss: anyNumber,
  trainAccuracy: perhaps,
  validationLoss: perhaps,
  validationAccuracy: perhaps,
});

const monitored: readonly Monitored[] = [
  "validationLoss",
  "validationAccuracy",
  "trainLoss",
  "trainAccuracy",
];

/** The mode has no default of its own: it follows from the number. */
export const monitorOptions: OptionTable<MonitorOptions> = {
  monitor: optional(oneOf(...monitored), "validationLoss"),
  mode: {
    ...oneOf("min", "max"),
    required: false,
    default: undefined,
    defaultInWords: '"min" for a loss, "max" for an accuracy',
  },
  minDelta: atLeastZero(0),
};

export const wholeNumber: (initial: number) => Option<number> = (initial) => optional(count(), initial);

/** A model as the loop saves and restores it. */
export const savedModel: Required<object> = having(
  "a model with stateDict() and loadStateDict(state)",
  "stateDict",
  "loadStateDict",
);

interface Best {
  readonly epoch: number;
  readonly value: number;
}

/** The best epoch so far, as a state holds it. */
export const bestEpoch: Required<Best | null> = orNull(
  objectWith<Best>("{ epoch, value }", { epoch: anyNumber, value: anyNumber }),
);
