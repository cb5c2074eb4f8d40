import { describe } from "../../np/internal.ts";

/** @throws TypeError for anything but bytes, such as the ArrayBuffer of a response */
export function expectBytes(where: string, bytes: unknown): void {
  if (bytes instanceof Uint8Array) return;
  const remedy =
    bytes instanceof ArrayBuffer
      ? "pass new Uint8Array(buffer)"
      : "read the file's bytes, or call loadState(path)";
  throw new TypeError(`${where}: bytes is ${describe(bytes)}, expected a Uint8Array; ${remedy}`);
}
