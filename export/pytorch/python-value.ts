import { NDArray } from "../../np/index.ts";

/** A value as Python writes it: `True`, `None`, `(0.9, 0.999)`; an array as a tensor of the default dtype. */
export function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pythonNumber(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof NDArray) return `torch.tensor(${pythonList(value.tolist())}, dtype=dtype)`;
  if (Array.isArray(value)) return `(${value.map(pythonValue).join(", ")}${value.length === 1 ? "," : ""})`;
  throw new TypeError(`pythonValue: ${typeof value} has no counterpart in Python`);
}

/** A list, or lists in a list. */
export function pythonList(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(pythonList).join(", ")}]` : pythonValue(value);
}

function pythonNumber(x: number): string {
  if (Number.isFinite(x)) return Object.is(x, -0) ? "-0.0" : `${x}`;
  return `float("${Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf"}")`;
}

/** `lr=0.01, weight_decay=0.1`. */
export function pythonArguments(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${pythonValue(value)}`)
    .join(", ");
}
