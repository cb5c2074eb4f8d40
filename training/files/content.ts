/** What a file holds by its content, where that is not what its name says. */

/** What an address gives in place of a file, by the text that it begins with. */
const pages: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^version https:\/\/git-lfs/, "a Git LFS pointer, not the file itself; fetch it with: git lfs pull"],
  [
    /^\W{0,5}<(!doctype|html|head|body|\?xml|error)/i,
    "a web page, perhaps a server's error message; open it in a browser, and download the file again",
  ],
];

/** Files of other kinds, by their first bytes. */
const others: readonly (readonly [start: string, what: string])[] = [
  ["\x1f\x8b", "compressed by gzip; unpack it with: gunzip"],
  ["BZh", "compressed by bzip2; unpack it first"],
  ["\xfd7zXZ", "compressed by xz; unpack it first"],
  ["\x28\xb5\x2f\xfd", "compressed by zstd; unpack it first"],
  ["7z\xbc\xaf", "a 7z archive; unpack it first"],
  ["GGUF", "a GGUF file, whose weights are quantised; look for the model's .safetensors"],
];

/** The first bytes of a file, one character each. */
export function startOf(bytes: Uint8Array, length: number = 200): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

/** Names a file that is not a state dict, after “is”; null if it may be one. */
export function otherContent(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return "empty; copy it again";
  const start = startOf(bytes);
  const page = pages.find(([pattern]) => pattern.test(start));
  return (page ?? others.find(([signature]) => start.startsWith(signature)))?.[1] ?? null;
}

export type StateFormat = ".npz" | ".npy" | ".safetensors";

/** The format of a state dict by its first bytes; null if they belong to none. */
export function stateFormat(bytes: Uint8Array): StateFormat | null {
  const start = startOf(bytes, 9);
  // The header's length is below 2³².
  if (start.endsWith("\0\0\0\0{")) return ".safetensors";
  if (start.startsWith("\x93NUMPY")) return ".npy";
  return start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06") ? ".npz" : null;
}
