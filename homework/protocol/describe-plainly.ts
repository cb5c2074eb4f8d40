/**
 * What a value is, for a message from inside the box, where `describe` of np is not at hand: `"text"`, `3`,
 * `null`, `a list`, `an object`.
 */
export function describePlainly(x: unknown): string {
  if (typeof x === "string") return x.length > 60 ? `a text of ${x.length} characters` : JSON.stringify(x);
  if (typeof x === "function") return "a function";
  if (Array.isArray(x)) return "a list";
  return typeof x === "object" && x !== null ? "an object" : String(x);
}
