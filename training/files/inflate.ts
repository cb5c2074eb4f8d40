import { Inflate } from "fflate";
import { allocate } from "./allocate.ts";

/** Deflate makes at most 1032 bytes of one, so a piece becomes at most 17 MB. */
const pieceBytes = 16_384;

/** The beginning of a stream, and whether it goes on after that. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly isLonger: boolean;
}

/**
 * Unpacks a deflated stream, but at most `most` bytes: it stops there, so a small stream that
 * unpacks to gigabytes costs neither time nor memory.
 * @returns fewer bytes if the stream ends before
 * @throws Error, fflate's, for a damaged stream or one that is cut off
 */
export function inflateAtMost(where: string, packed: Uint8Array, most: number): Unpacked {
  const into = allocate(where, most);
  let length = 0;
  let found = 0; // in the last piece
  const stream = new Inflate((unpacked) => {
    found = unpacked.length;
    into.set(unpacked.subarray(0, most - length), length);
    length += found;
  });
  for (let at = 0; at < packed.length; at += pieceBytes) {
    stream.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.length);
    if (length > most || (length === most && found === 0)) break;
  }
  return { bytes: into.subarray(0, length), isLonger: length > most };
}
