import { array, type NDArray, sizeOf } from "../../np/index.ts";

/** Arrays by name: all that ever travels between a grader and a submission. */
export type Arrays = Readonly<Record<string, NDArray>>;

/** What one frame says: `kind` and `text` in words, the rest in float64 numbers. */
export interface Frame {
  readonly kind: string;
  readonly text: string;
  readonly arrays: Arrays;
}

/** Bytes that one frame may have. An answer is far below; a flood is far above. */
export const largestFrame: number = 8 * 2 ** 20;
const largestHead = 2 ** 16;

interface Head {
  readonly kind: string;
  readonly text: string;
  readonly shapes: readonly (readonly [string, readonly number[]])[];
}

/** length of the frame · length of the head (both uint32) · head (JSON) · the numbers (float64, in order). */
export function encode({ kind, text, arrays }: Frame): Uint8Array {
  const entries = Object.entries(arrays);
  const shapes = entries.map(([name, x]) => [name, [...x.shape]] as const);
  const head = new TextEncoder().encode(JSON.stringify({ kind, text, shapes } satisfies Head));
  const numbers = entries.flatMap(([, x]) => [Float64Array.from(x.flat())]);
  const size = 8 + head.length + numbers.reduce((sum, x) => sum + x.byteLength, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, size - 4, true);
  view.setUint32(4, head.length, true);
  bytes.set(head, 8);
  let at = 8 + head.length;
  for (const x of numbers) {
    bytes.set(new Uint8Array(x.buffer), at);
    at += x.byteLength;
  }
  return bytes;
}

/**
 * Reads a frame without its first length. Whoever wrote it may lie, so everything is checked and
 * copied: nothing but words and numbers comes out.
 * @throws RangeError for anything that `encode` would not write
 */
export function decode(bytes: Uint8Array): Frame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= 4 ? view.getUint32(0, true) : Number.POSITIVE_INFINITY;
  if (length > Math.min(largestHead, bytes.length - 4)) throw new RangeError("the frame's head is too long");
  const head = headOf(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let at = 4 + length;
  const arrays: Record<string, NDArray> = Object.create(null);
  for (const [name, shape] of head.shapes) {
    const size = sizeOf(shape);
    if (!(at + 8 * size <= bytes.length)) throw new RangeError("the frame has fewer numbers than it says");
    const values = new Float64Array(Uint8Array.from(bytes.subarray(at, at + 8 * size)).buffer);
    arrays[name] = array(values).reshape(shape);
    at += 8 * size;
  }
  if (at !== bytes.length) throw new RangeError("the frame has more numbers than it says");
  return { kind: head.kind, text: head.text, arrays };
}

function headOf(text: string): Head {
  let head: unknown;
  try {
    head = JSON.parse(text);
  } catch {
    throw new RangeError("the frame's head is not JSON");
  }
  const { kind, text: words, shapes } = Object(head) as Partial<Head>;
  const isShape = (x: unknown): boolean =>
    Array.isArray(x) && x.length <= 8 && x.every((n) => Number.isInteger(n) && n >= 0 && n < 2 ** 31);
  const isEntry = (x: unknown): boolean =>
    Array.isArray(x) &&
    x.length === 2 &&
    typeof x[0] === "string" &&
    /^[\w.]{1,60}$/.test(x[0]) &&
    isShape(x[1]);
  if (
    typeof kind !== "string" ||
    typeof words !== "string" ||
    !Array.isArray(shapes) ||
    !shapes.every(isEntry)
  )
    throw new RangeError("the frame's head has other fields than kind, text and shapes");
  return { kind, text: words, shapes };
}
