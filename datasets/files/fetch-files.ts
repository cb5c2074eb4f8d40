import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../errors.ts";
import { fetchArchive } from "./fetch-archive.ts";
import { type DataFile, type FileSet, locateFile } from "./file-set.ts";
import { layersOf } from "./gunzip.ts";
import { removeLeftovers } from "./leftovers.ts";
import { type FetchOptions, fromMirrors, receive } from "./mirrors.ts";
import { verifyFile } from "./verify.ts";

/**
 * Fetches the files of a set into a data root. Files that are present and correct stay; each of the
 * others comes from the first mirror that serves the right bytes. An archive is fetched as a whole.
 * A file gets its name only once it is complete and its checksum is right. What a killed fetch has
 * left in the folder is removed.
 * @throws DataError where no mirror has the file, with the result of each; on abort the signal's
 * reason
 */
export async function fetchFiles(set: FileSet, root: string, options: FetchOptions = {}): Promise<void> {
  const folder = join(root, set.folder);
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new DataError(`${folder}: cannot be created (${error.message}). Choose another data folder.`);
  });
  removeLeftovers(folder);
  if (set.archive) return fetchArchive(set, set.archive, root, options);
  for (const file of set.files) {
    options.signal?.throwIfAborted();
    const there = locateFile(set, root, file.name);
    if (there && (await verifyFile(file, there)).status === "ok") {
      options.onEvent?.({ kind: "present", file: file.name, path: there });
    } else await fetchFile(set, file, join(folder, `${file.name}.gz`), options);
  }
}

async function fetchFile(set: FileSet, file: DataFile, path: string, options: FetchOptions): Promise<void> {
  // gzip adds far less than this to incompressible bytes.
  const limitBytes = file.sizeBytes + 65_536;
  await fromMirrors(set, `${file.name}.gz`, file.name, path, options, (url) =>
    receive(url, path, file.name, limitBytes, options, (temporary) => checkArrived(file, temporary)),
  );
  options.onEvent?.({ kind: "fetched", file: file.name, path });
}

async function checkArrived(file: DataFile, path: string): Promise<void> {
  const { status, found } = await verifyFile(file, path);
  if (status !== "ok") throw new Error(`wrong content: ${found}`);
  // Readers here accept both; other programs take NAME.gz for gzip data.
  const layers = await layersOf(() => createReadStream(path), 2);
  if (layers !== 1)
    throw new Error(`wrong content: the right bytes, but ${layers === 0 ? "not packed" : "packed twice"}`);
}
