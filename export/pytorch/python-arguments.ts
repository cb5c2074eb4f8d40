import { NDArray } from "../../np/index.ts";
import { pythonValue } from "./python-text.ts";

/** An argument of a loss or optimizer as Python writes it; an array is a tensor of train.py's dtype. */
export function argumentValue(value: unknown): string {
  return value instanceof NDArray
    ? `torch.tensor(${pythonList(value.tolist())}, dtype=dtype)`
    : pythonValue(value);
}

/** A list, or lists in a list. */
export function pythonList(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(pythonList).join(", ")}]` : pythonValue(value);
}

/** `lr=0.01, weight_decay=0.1`. */
export function pythonArguments(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${argumentValue(value)}`)
    .join(", ");
}
