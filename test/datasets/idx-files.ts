import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** An IDX file of unsigned bytes. */
export function idx(shape: readonly number[], data: Uint8Array): Uint8Array {
  const header = new Uint8Array(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  const view = new DataView(header.buffer);
  for (const [axis, n] of shape.entries()) view.setUint32(4 + 4 * axis, n);
  return Uint8Array.from([...header, ...data]);
}

/** `count` images; pixel j of image i is (i + j) mod 256. */
export function images(count: number): Uint8Array {
  const data = Uint8Array.from({ length: 784 * count }, (_, at) => Math.floor(at / 784) + (at % 784));
  return idx([count, 28, 28], data);
}

export function labels(...values: number[]): Uint8Array {
  return idx([values.length], Uint8Array.from(values));
}

/** Writes a file of MNIST, or of another folder, below `root`; gzipped where the name ends in .gz. */
export async function put(
  root: string,
  name: string,
  bytes: Uint8Array,
  folder: string = "mnist",
): Promise<string> {
  const path = join(root, folder, name);
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(path, name.endsWith(".gz") ? gzipSync(bytes) : bytes);
  return path;
}
