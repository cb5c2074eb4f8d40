import { twoCopies } from "../package-copy.ts";

const longest = 60;

/** `(2, 3)`, `(4,)`, `()`: shapes the way NumPy prints them. */
export function formatShape(shape: readonly number[]): string {
  const lengths = shape.map((n) => (typeof n === "number" ? `${n}` : describe(n)));
  return lengths.length === 1 ? `(${lengths[0]},)` : `(${lengths.join(", ")})`;
}

/**
 * Describes a value for an error message, so that no two that behave differently look the same:
 * `"3"`, `3`, `3n`, `[3]`, `a list of 100`, `an int32 NDArray of shape (2, 3)`, `{ lr, betas }`,
 * `the class ReLU`, `a ReLU`.
 */
export function describe(x: unknown): string {
  if (typeof x === "string")
    return x.length > longest ? `a string of ${x.length} characters` : JSON.stringify(x);
  if (typeof x === "function") return describeFunction(x);
  if (typeof x === "bigint") return `${x}n`;
  if (Object.is(x, -0)) return "-0";
  if (typeof x !== "object" || x === null) return String(x);
  if (Array.isArray(x)) return describeList(x);
  if (x instanceof Promise) return "a promise";
  const prototype: unknown = Object.getPrototypeOf(x);
  if (prototype === Object.prototype || prototype === null) return describeFields(Object.keys(x));
  const { shape, dtype, constructor: made } = x as { readonly [field: string]: unknown };
  const ofShape = Array.isArray(shape) ? ` of shape ${formatShape(shape)}` : "";
  const ofType = typeof dtype === "string" && ofShape !== "" ? `${dtype} ` : "";
  const name = typeof made === "function" && made.name ? made.name : "object";
  const copies = twoCopies(x);
  return withArticle(ofType + name) + ofShape + (copies ? ` of another copy (${copies})` : "");
}

/** Whether a function is a class, which cannot be called without new. */
export function isClass(x: unknown): boolean {
  return typeof x === "function" && Object.getOwnPropertyDescriptor(x, "prototype")?.writable === false;
}

function describeFunction(x: { readonly name: unknown }): string {
  const what = isClass(x) ? "class" : "function";
  return typeof x.name === "string" && x.name !== "" ? `the ${what} ${x.name}` : `a ${what}`;
}

function describeList(list: readonly unknown[]): string {
  const isPlain = (x: unknown): boolean => (Array.isArray(x) ? x.every(isPlain) : Object(x) !== x);
  if (list.length > longest || !list.every(isPlain)) return `a list of ${list.length}`;
  const parts = list.map(describe);
  const text = `[${parts.join(", ")}]`;
  const isLong = text.length > longest || parts.some((part) => part.startsWith("a list of"));
  return isLong ? `a list of ${list.length}` : text;
}

function describeFields(names: readonly string[]): string {
  if (names.length === 0) return "an empty object";
  const text = names.join(", ");
  return text.length > longest ? `an object of ${names.length} fields` : `{ ${text} }`;
}

/** `a Tensor`, `an NDArray`: the article follows the pronunciation. */
function withArticle(name: string): string {
  return `${/^([AEIOaeio]|NDArray$|SGD$|[FHLMNRSX][A-Z])/.test(name) ? "an" : "a"} ${name}`;
}
