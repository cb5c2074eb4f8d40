import { sha256 } from "./secret.ts";

/**
 * A student's id as the name of a file: letters, digits, `.`, `-`, `_`, `@` and spaces stay, everything else is
 * written as %XX. Two students never get the same name.
 */
export function fileNameOf(student: string): string {
  const escaped = (letter: string): string =>
    [...Buffer.from(letter)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  const name = [...student]
    .map((letter, i) => (/[\w@ -]/.test(letter) || (letter === "." && i > 0) ? letter : escaped(letter)))
    .join("");
  const isLong = name.length > 120;
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name) || name === "" || / $/.test(name);
  return isLong || isReserved ? `${name.slice(0, 80)}%${sha256(student).toString("hex").slice(0, 24)}` : name;
}
