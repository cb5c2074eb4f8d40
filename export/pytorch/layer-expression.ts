import { givenArguments, torchKey } from "../../contracts/internal.ts";
import type { AnyArgument } from "../../np/internal.ts";
import { type LeafName, leafName } from "../trace/catalogue.ts";
import type { AnyNetwork } from "../trace/traced.ts";
import { type Bracketed, call, pythonValue } from "./python-text.ts";

/** The classes that PyTorch does not have; the file defines them itself. */
const ownClasses: readonly LeafName[] = ["NonlinearClassifier", "PadShortcut"];

/** `nn.Linear(784, 256)`: a layer of the catalogue with the arguments that differ from the defaults. */
export function layerExpression(part: AnyNetwork, name: LeafName): Bracketed {
  if (name === "NonlinearClassifier") return call(name, lectureSizes(part));
  return call(ownClasses.includes(name) ? name : `nn.${name}`, argumentsOf(part));
}

/** The arguments of a part of the catalogue, `16, 32, stride=2`. */
export function argumentsOf(part: AnyNetwork): string[] {
  const given = givenArguments(part);
  if (!given) return [];
  const { contract, values } = given;
  const positional = Object.entries(contract.positional).map(([name, argument]) =>
    isRequired(argument, name) ? pythonValue(values[name]) : keyword(name, argument, values[name]),
  );
  const options = Object.entries(contract.options).map(([name, argument]) =>
    notExported.includes(name) ? null : keyword(name, argument, values[name]),
  );
  return [...positional, ...options].filter((text) => text !== null);
}

/** They matter for the first weights only, which are loaded. */
const notExported: readonly string[] = ["rng", "dtype"];

/** By position, except for the axis of a softmax, which reads better by its name. */
function isRequired(argument: AnyArgument, name: string): boolean {
  return argument.required && name !== "dim";
}

/** `stride=2`; null for the default. */
function keyword(name: string, argument: AnyArgument, value: unknown): string | null {
  const isDefault = !argument.required && pythonValue(value) === pythonValue(argument.default);
  return isDefault ? null : `${torchKey(name)}=${pythonValue(value)}`;
}

/** The sizes of the lecture's class, which is made with weights: the inputs, the hidden units and the outputs. */
function lectureSizes(part: AnyNetwork): string[] {
  const { W1, W2 } = part.stateDict();
  const [hidden = 0, inputs = 0] = W1?.shape ?? [];
  return [inputs - 1, hidden, W2?.shape[0] ?? 0].map(pythonValue);
}

/** The layer's expression, if the part is one of the catalogue. */
export function leafExpression(part: AnyNetwork): Bracketed | null {
  const name = leafName(part);
  return name && layerExpression(part, name);
}
