import { describe } from "../../np/internal.ts";
import { sha256 } from "./secret.ts";

/** One of several parts of a class, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** @throws RangeError for anything but `2/5` */
export function shardFrom(text: string): Shard {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  const part = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (!match || part < 1 || part > of)
    throw new RangeError(`shard is ${describe(text)}, expected part/parts, such as 2/5`);
  return { part, of };
}

/** Whether a student belongs to this part: by a hash of the id, so that no machine needs to know the others. */
export function isIn({ part, of }: Shard, student: string): boolean {
  return sha256("shard:", student).readUInt32LE(0) % of === part - 1;
}
