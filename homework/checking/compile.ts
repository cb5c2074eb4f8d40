import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A file that cannot be checked at all. It decides no points: the student corrects it and hands it in again. */
export class NotGradable extends RangeError {
  override readonly name: string = "NotGradable";
}

/** Bytes that a student's file may have; the longest solution has 20 thousand. */
export const largestFile: number = 2 ** 20;

/** Letters that a compiled file may have; the longest file of an honest student gives a tenth. */
const longestCode = 4 * 2 ** 20;

/** What to tell a student whose file has an enum: its values are copied to wherever they are named. */
export const noEnums: string = "has an enum, which is not taken here; write a const object instead";

/** How esbuild writes an enum: `((E2) => {` and then `E2["a"] = …`; a namespace has `N2.a = …`. */
const compiledEnum = /\(\((\S+)\) => \{\n\s*(?:\1\[|return \1;)/;

/**
 * The JavaScript of a student's file. Types are removed, not checked; nothing is read but this text.
 * @throws NotGradable with the line, for text that does not parse; and for an enum, and for code that is
 * far longer than its text
 */
export async function compile(text: string, name: string): Promise<string> {
  const { transform } = await import("esbuild");
  try {
    const { code } = await transform(text, {
      loader: "ts",
      format: "esm",
      target: "es2022",
      sourcefile: name,
      sourcemap: "inline",
      logLevel: "silent",
    });
    if (code.length > longestCode)
      throw new NotGradable(`${name} gives ${code.length} letters of code, expected at most ${longestCode}`);
    if (compiledEnum.test(code)) throw new NotGradable(`${name} ${noEnums}`);
    return code;
  } catch (error) {
    if (error instanceof NotGradable) throw error;
    const [first] =
      (error as { errors?: { text: string; location?: { line: number } | null }[] }).errors ?? [];
    if (!first) throw error;
    const place = first.location ? `line ${first.location.line}: ` : "";
    throw new NotGradable(`${name} does not parse: ${place}${first.text}`);
  }
}

/** @throws NotGradable for a file that is missing, too long or not text */
export function readSubmission(path: string, name: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new NotGradable(
      code === "ENOENT"
        ? `there is no ${name} at ${resolve(path)}: go to your homework's folder, or name the file with --file`
        : `${name} cannot be read: ${message}`,
    );
  }
  if (bytes.length > largestFile)
    throw new NotGradable(`${name} has ${bytes.length} bytes, expected at most ${largestFile}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new NotGradable(`${name} is not text in UTF-8; save it as UTF-8`);
  }
}
