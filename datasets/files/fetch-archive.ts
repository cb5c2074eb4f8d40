import { createHash } from "node:crypto";
import { createReadStream, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentOf } from "./content.ts";
import { type Archive, type FileSet, locateFile } from "./file-set.ts";
import { isGzip } from "./gunzip.ts";
import { type FetchOptions, fromMirrors, receive } from "./mirrors.ts";
import { formatSums, sumsName } from "./sums.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import { unpack } from "./unpack.ts";
import { verifyFiles } from "./verify.ts";

/**
 * Fetches an archive and unpacks it. All its files are checked together, because they arrive
 * together, and the checksums measured on arrival are those required later.
 */
export async function fetchArchive(
  set: FileSet,
  archive: Archive,
  root: string,
  options: FetchOptions,
): Promise<void> {
  const folder = join(root, set.folder);
  const signal = options.signal as AbortSignal | undefined;
  const reports = await verifyFiles(set, root);
  signal?.throwIfAborted();
  const right = reports.every(({ status }) => status === "ok");
  if (!right) {
    await fromMirrors(set, archive.name, archive.name, folder, options, (url) =>
      withTemporaryFolder(folder, async (temporary) => {
        const packed = join(temporary, archive.name);
        await receive(url, packed, archive.name, archive.sizeBytes, options, (path) =>
          checkArchive(archive, path),
        );
        options.onEvent?.({ kind: "unpack", file: archive.name });
        const sums = await unpack(packed, { ...set, ...archive }, temporary, signal);
        signal?.throwIfAborted();
        writeFileSync(join(temporary, sumsName), formatSums(sums), { flush: true });
        // Synchronously, so that no signal interrupts: files of one archive with the sums of
        // another would count as damaged.
        for (const name of [...sums.keys(), sumsName]) renameSync(join(temporary, name), join(folder, name));
      }),
    );
  }
  for (const { name } of set.files) {
    options.onEvent?.({
      kind: right ? "present" : "fetched",
      file: name,
      path: locateFile(set, root, name) ?? join(folder, name),
    });
  }
}

async function checkArchive({ sizeBytes, md5 }: Archive, path: string): Promise<void> {
  const hash = createHash("md5");
  let [size, head]: [number, Uint8Array] = [0, new Uint8Array()];
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
    if (size === 0) head = chunk;
    size += chunk.length;
    hash.update(chunk);
  }
  const found = hash.digest("hex");
  if (size === sizeBytes && found === md5) return;
  const content = isGzip(head) ? null : contentOf(head);
  const what = content ? `, ${content.what},` : "";
  throw new Error(`wrong content: ${size} bytes${what} with MD5 ${found}; expected ${sizeBytes} with ${md5}`);
}
