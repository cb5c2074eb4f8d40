import type { Contract, LinearOptions } from "chalk-and-tape/contracts";
import { count, flag, floatType, oneOf, optional, rng } from "#internal/np";

type Sizes = { inFeatures: number; outFeatures: number };
const positional = { inFeatures: count(), outFeatures: count() };
const options = { bias: flag(true), rng, dtype: floatType() };

export const complete: Contract<Sizes, LinearOptions> = { name: "Linear", positional, options };

export const withoutOption: Contract<Sizes, LinearOptions> = {
  name: "Linear",
  positional,
  // @ts-expect-error: Property 'bias' is missing
  options: { rng, dtype: floatType() },
};

export const withoutArgument: Contract<Sizes, LinearOptions> = {
  name: "Linear",
  // @ts-expect-error: Property 'outFeatures' is missing
  positional: { inFeatures: count() },
  options,
};

export const oneOptionTooMany: Contract<Sizes, LinearOptions> = {
  name: "Linear",
  positional,
  // @ts-expect-error: 'biass' does not exist in type
  options: { ...options, biass: flag(true) },
};

// @ts-expect-error: not assignable to parameter of type 'boolean'
export const wrongDefault: unknown = flag("true");

// @ts-expect-error: not assignable to parameter of type 'number'
export const otherDefault: unknown = optional(count(), "1");

export const wrongType: Contract<Sizes, LinearOptions> = {
  name: "Linear",
  positional,
  // @ts-expect-error: Type 'Option<number>' is not assignable to type 'Option<boolean>'
  options: { ...options, bias: optional(count(), 1) },
};

export const defaultForRequired: Contract<Sizes, LinearOptions> = {
  name: "Linear",
  // @ts-expect-error: Type 'false' is not assignable to type 'true'
  positional: { inFeatures: optional(count(), 1), outFeatures: count() },
  options,
};

export const wordForgotten: Contract<
  Record<never, never>,
  { readonly reduction?: "mean" | "sum" | "none" }
> = {
  name: "MSELoss",
  positional: {},
  // @ts-expect-error: Type '"none"' is not assignable to type '"mean" | "sum"'
  options: { reduction: optional(oneOf("mean", "sum"), "mean") },
};
