import { twoCopies } from "../package-copy.ts";
import { formatShape } from "../shape.ts";

const longest = 60;

/**
 * Describes a value for an error message: `"3"`, `[1, 2]`, `a list of 100`,
 * `an NDArray of shape (2, 3)`, `{ lr, betas }`.
 */
export function describe(x: unknown): string {
  if (typeof x === "string")
    return x.length > longest ? `a string of ${x.length} characters` : JSON.stringify(x);
  if (typeof x === "function") return x.name === "" ? "a function" : `the function ${x.name}`;
  if (typeof x !== "object" || x === null) return String(x);
  if (Array.isArray(x)) return describeList(x);
  if (x instanceof Promise) return "a promise";
  const prototype: unknown = Object.getPrototypeOf(x);
  if (prototype === Object.prototype || prototype === null) return describeFields(Object.keys(x));
  const { shape } = x as { readonly shape?: unknown };
  const ofShape = Array.isArray(shape) ? ` of shape ${formatShape(shape)}` : "";
  const copies = twoCopies(x);
  return withArticle(x.constructor.name) + ofShape + (copies ? ` of another copy (${copies})` : "");
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
  return `${/^([AEIO]|NDArray$|SGD$|[FHLMNRSX][A-Z])/.test(name) ? "an" : "a"} ${name}`;
}
