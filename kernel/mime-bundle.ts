import { inspect } from "node:util";

/** MIME type → data. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A value may have a method of this name that returns a bundle, or a promise of one; Deno's kernel asks for it too. */
const displayMethod: unique symbol = Symbol.for("Jupyter.display");

/** How Jupyter shows the last value of a cell: as text, and as the picture or page that the value makes of itself. */
export async function mimeBundle(value: unknown): Promise<MimeBundle> {
  // Strings as they are, as tslab prints them: a report has line breaks, not \n.
  const text = typeof value === "string" ? value : inspect(value);
  const rich = hasDisplay(value) ? await value[displayMethod]() : {};
  if (typeof rich !== "object" || rich === null) {
    const kind = rich === null ? "null" : typeof rich;
    throw new TypeError(
      `[Symbol.for("Jupyter.display")]() has to return an object of MIME type → data, not a ${kind}`,
    );
  }
  const entries = Object.entries(rich).map(([type, data]) => [type, transferable(data)]);
  return { "text/plain": text, ...Object.fromEntries(entries) };
}

function hasDisplay(value: unknown): value is { [displayMethod](): unknown } {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject && typeof Reflect.get(value, displayMethod) === "function";
}

/** Bytes travel as base64. */
function transferable(data: unknown): unknown {
  return data instanceof Uint8Array ? Buffer.from(data).toString("base64") : data;
}
