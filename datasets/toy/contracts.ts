import {
  argument,
  atLeastZero,
  type Contract,
  count,
  finite,
  integer,
  type None,
  number,
  type OptionTable,
  optional,
  type Required,
} from "../../np/internal.ts";
import { seedOptions } from "../seed-options.ts";
import type { BlobsOptions } from "./blobs.ts";
import type { CirclesOptions } from "./circles.ts";
import type { ToyOptions } from "./points.ts";
import type { SpiralsOptions } from "./spirals.ts";

/** Every set has its own noise. */
function toyOptions(noise: number): OptionTable<ToyOptions> {
  return { n: optional(count(), 200), noise: atLeastZero(noise), ...seedOptions };
}

const isNumber = (x: unknown): boolean => typeof x === "number";
const isPoint = (x: unknown): boolean => Array.isArray(x) && x.length === 2 && x.every(isNumber);

const centers: Required<number | readonly (readonly [x0: number, x1: number])[]> = argument(
  "integer",
  "a whole number >= 1, or a list of [x0, x1]",
  (x) => isNumber(x) || (Array.isArray(x) && x.every(isPoint)),
  (x) => (typeof x === "number" ? Number.isInteger(x) && x >= 1 : x.length >= 1),
  { bounds: { least: 1 } },
);

export const moons: Contract<None, ToyOptions> = { name: "moons", positional: {}, options: toyOptions(0.1) };
export const xor: Contract<None, ToyOptions> = { name: "xor", positional: {}, options: toyOptions(0) };

export const blobs: Contract<None, BlobsOptions> = {
  name: "blobs",
  positional: {},
  options: { ...toyOptions(1), centers: optional(centers, 3) },
};

export const circles: Contract<None, CirclesOptions> = {
  name: "circles",
  positional: {},
  options: { ...toyOptions(0.1), factor: optional(number({ least: 0, below: 1 }), 0.5) },
};

export const spirals: Contract<None, SpiralsOptions> = {
  name: "spirals",
  positional: {},
  options: { ...toyOptions(0.02), classes: optional(integer({ least: 2 }), 2), turns: finite(1) },
};
