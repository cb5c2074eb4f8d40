/** Recognises a file by its first bytes, whatever its name says. */

export interface Content {
  /** A noun phrase: `an HTML page (“403 Forbidden”)`. */
  readonly what: string;
  /** What to do with such a file, where that is more than to get it again; may be empty. */
  readonly remedy: string;
  /** Whether it is text of no known format. */
  readonly isPlainText?: true;
}

/** The number of first bytes that `contentOf` looks at. */
export const headBytes = 4096;

const unpackIt = "Unpack it and put the files that it holds in its place.";
const convertIt = "Convert it, or get the data in the format that is expected.";

/** What begins with these bytes, given in Latin-1. */
const signatures: readonly (readonly [start: string, what: string, remedy: string])[] = [
  ["\x1f\x8b", "gzip data", unpackIt],
  ["\x1f\xef\xbf\xbd", "gzip data saved as text, which has destroyed them", "Transfer it in binary mode."],
  ["PK\x03\x04", "a zip archive", unpackIt],
  ["PK\x05\x06", "an empty zip archive", ""],
  ["BZh", "a bzip2 file", unpackIt],
  ["\xfd7zXZ", "an xz file", unpackIt],
  ["\x28\xb5\x2f\xfd", "a Zstandard file", unpackIt],
  ["7z\xbc\xaf\x27\x1c", "a 7-Zip archive", unpackIt],
  ["Rar!", "a RAR archive", unpackIt],
  ["\x1f\x9d", "a file of the old compress program", unpackIt],
  ["\x93NUMPY", "a NumPy .npy file", convertIt],
  ["\x89HDF", "an HDF5 file", convertIt],
  ["MATLAB 5.0", "a MATLAB file, as in the MATLAB version of CIFAR-10", convertIt],
  ["PAR1", "a Parquet table", convertIt],
  ["\x89PNG", "a PNG image", convertIt],
  ["\xff\xd8\xff", "a JPEG image", convertIt],
  ["%PDF", "a PDF document", ""],
];

/**
 * What data are by their first bytes; null for bytes that could be anything, such as an IDX file or
 * pixels.
 */
export function contentOf(bytes: Uint8Array): Content | null {
  const head = bytes.subarray(0, headBytes);
  if (head.length === 0) return { what: "an empty file", remedy: "" };
  const latin1 = String.fromCharCode(...head);
  const found = signatures.find(([start]) => latin1.startsWith(start));
  if (found) return { what: found[1], remedy: found[2] };
  if (latin1.slice(257, 262) === "ustar") return { what: "a tar archive", remedy: unpackIt };
  if (head[0] === 0x80 && [2, 3, 4, 5].includes(head[1] as number)) {
    return { what: "a Python pickle, as in the Python version of CIFAR-10", remedy: convertIt };
  }
  if (head.every((byte) => byte === 0) && head.length >= 4) {
    return {
      what: `a file that begins with ${head.length} zero bytes`,
      remedy: "The space was reserved, but the download did not finish.",
    };
  }
  const text = textOf(head);
  return text === null ? null : contentOfText(text);
}

/** The text that these bytes begin with, without a byte-order mark; null for binary data. */
function textOf(head: Uint8Array): string | null {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const encoding = isUtf16 ? (head[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
  const text = new TextDecoder(encoding).decode(head).trim();
  if (isText(text.replace(/\ufffd$/, ""))) return text; // The last character may be cut in half.
  const page = new TextDecoder("latin1").decode(head).trim();
  return page.startsWith("<") && isText(page) ? page : null;
}

function isText(text: string): boolean {
  return [...text].every((one) => one !== "\ufffd" && (one >= " " || /\s/.test(one)));
}

function contentOfText(text: string): Content {
  const pointer = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\s.*?size (\d+)/s.exec(text);
  if (pointer) {
    return {
      what: `a Git LFS pointer, a note that stands for the real file of ${pointer[1]} bytes`,
      remedy: "Run `git lfs pull` in the repository that it comes from, and copy the real file.",
    };
  }
  if (/^[^\n]*\/annex\/objects\//.test(text)) {
    return {
      what: "a git-annex pointer, a note that stands for the real file",
      remedy: "Run `git annex get` in the repository that it comes from, and copy the real file.",
    };
  }
  const sent = "A server sent it in place of the file.";
  if (/^<|<html/i.test(text)) {
    const isPage = /<(!doctype html|html|head|body|title)/i.test(text);
    const title = /<(title|h1|message|code)[^>]*>\s*([^<]+)/i.exec(text)?.[2];
    return { what: `${isPage ? "an HTML page" : "an XML document"} ${quoted(title ?? text)}`, remedy: sent };
  }
  if (/^(\{|\[\s*[[{"\d\]-])/.test(text)) return { what: `a JSON document ${quoted(text)}`, remedy: sent };
  if (text.startsWith("H4sI")) {
    return { what: "gzip data written as base64 text", remedy: "Decode it with `base64 -d`." };
  }
  return { what: `a text ${quoted(text)}`, remedy: "", isPlainText: true };
}

function quoted(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `(“${line.length > 60 ? `${line.slice(0, 60)}…` : line}”)`;
}
