import {
  flag,
  functionOf,
  integer,
  listWith,
  number,
  type Option,
  type OptionTable,
  objectWith,
  oneOf,
  optional,
  type Required,
  text,
  withoutDefault,
} from "../np/internal.ts";
import type { Tolerance } from "./agreement.ts";
import type { Hints } from "./diagnosis/advice.ts";
import type { GradcheckOptions } from "./gradcheck.ts";
import type { Preset, PresetOptions } from "./presets/judge-with-preset.ts";
import type { FormatOptions } from "./report/format-report.ts";
import type { CheckReport } from "./report/report.ts";
import type { Subject } from "./subject.ts";

export const preset: Required<Preset> = oneOf("torch", "cs231n");

const tolerance = objectWith<Tolerance>("{ absolute, relative }", {
  absolute: number({ least: 0 }),
  relative: number({ least: 0 }),
});
const texts = listWith("a list of names", text);
const hints: Required<Hints> = oneOf("where", "what", "cure");
const entries = number({ least: 1, infinity: true });

export const seed: Option<number> = optional(integer({ least: 0, most: 2 ** 32 - 1 }), 0);

export const gradcheckOptions: OptionTable<GradcheckOptions> = {
  seed,
  name: withoutDefault(text),
  names: withoutDefault(texts),
  tolerance: withoutDefault(tolerance),
  entries: optional(entries, Number.POSITIVE_INFINITY),
  directional: flag(false),
  preset: withoutDefault(preset),
  hints: optional(hints, "cure"),
  quiet: flag(false),
};

export const formatOptions: OptionTable<FormatOptions> = {
  table: flag(false),
  brief: optional(texts, []),
  hints: optional(hints, "cure"),
};

export const presetOptions: OptionTable<PresetOptions> = {
  quantities: withoutDefault(texts),
  entries: optional(entries, Number.POSITIVE_INFINITY),
};

/** What a preset judges. */
export const subject: Required<Subject> = objectWith<Subject>("{ parameters, forward, gradients }", {
  forward: functionOf("a function"),
  gradients: functionOf("a function"),
});

export const checkReport: Required<CheckReport> = objectWith<CheckReport>("the report of a check", {
  rows: listWith(
    "the rows of a report",
    objectWith<CheckReport["rows"][number]>("a row", {
      quantity: text,
      shape: listWith("a shape", number()),
    }),
  ),
  seed: number(),
  repeat: text,
});
