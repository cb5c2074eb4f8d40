import { formatShape, Operators } from "../../np/index.ts";
import { type AnyArgument, describe } from "../../np/internal.ts";
import { givenArguments } from "./given-arguments.ts";

/**
 * The arguments that an object was made with, `inFeatures=2, outFeatures=10, bias=true`: those passed by position, the
 * bias, and the options that differ from their defaults.
 */
export function argumentsText(part: object): string {
  const given = givenArguments(part);
  if (!given) return "";
  const { contract, values } = given;
  const text = (name: string): string => `${name}=${valueText(values[name])}`;
  const isShown = ([name, argument]: [string, AnyArgument]): boolean =>
    values[name] !== undefined && argument.type !== "rng" && argument.type !== "layer";
  const differs = ([name, argument]: [string, AnyArgument]): boolean =>
    name === "bias" || valueText(values[name]) !== valueText(argument.default);
  return [
    ...Object.entries(contract.positional).filter(isShown),
    ...Object.entries(contract.options).filter((entry) => isShown(entry) && differs(entry)),
  ]
    .map(([name]) => text(name))
    .join(", ");
}

/** `2`, `"mean"`, `[3, 3]`, `NDArray(10,)`. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (value instanceof Operators) return `${value.constructor.name}${formatShape(value.shape)}`;
  return describe(value);
}
