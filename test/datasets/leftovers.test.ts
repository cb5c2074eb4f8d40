import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { type FileSet, fetchFiles } from "chalk-and-tape/datasets";
import { removeLeftovers } from "#internal/datasets";
import { labels } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { tarOf } from "./tar-archive.ts";

const content = labels(...Array.from({ length: 5000 }, (_, i) => (i * i * i) % 10));
const packed = gzipSync(content);
const archived = gzipSync(tarOf([{ path: "things/tiny", content }]));

const program = `
  const { fetchFiles } = await import("chalk-and-tape/datasets");
  await fetchFiles(JSON.parse(process.argv[1]), process.argv[2]);`;

describe("what a killed fetch leaves", () => {
  const scratch = scratchFolder();
  let server: Server;
  const children: ChildProcess[] = [];

  before((done) => {
    server = createServer((request, response) => {
      const bytes = request.url?.endsWith("tar.gz") ? archived : packed;
      if (request.url?.startsWith("/stalls")) response.write(bytes.subarray(0, 500));
      else response.end(bytes);
    }).listen(0, "127.0.0.1", done);
  });
  after(() => {
    for (const child of children) child.kill("SIGKILL");
    server.closeAllConnections();
    server.close();
  });

  const setAt = (mirror: string): FileSet => ({
    folder: "things",
    mirrors: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/${mirror}/`],
    files: [
      { name: "tiny", sha256: createHash("sha256").update(content).digest("hex"), sizeBytes: content.length },
    ],
  });
  const archiveAt = (mirror: string): FileSet => ({
    ...setAt(mirror),
    archive: {
      name: "things.tar.gz",
      sizeBytes: archived.length,
      md5: createHash("md5").update(archived).digest("hex"),
      others: [],
    },
  });

  /** A process that has begun to fetch, and waits for a mirror that has stalled. */
  async function fetching(set: FileSet, root: string): Promise<ChildProcess> {
    const args = ["--input-type=module", "-e", program, JSON.stringify(set), root];
    const child = spawn(process.execPath, args, {
      cwd: join(import.meta.dirname, "../../.."),
      stdio: "inherit",
    });
    children.push(child);
    while (!existsSync(join(root, "things")) || (await readdir(join(root, "things"))).length === 0)
      await sleep(20);
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  for (const [what, at, expected] of [
    ["a file", setAt, ["tiny.gz"]],
    ["an archive", archiveAt, ["SHA256SUMS", "tiny"]],
  ] as const)
    it(`${what}: stays while the process runs, and is removed by the next fetch after a SIGKILL`, async () => {
      const root = await scratch.make();
      const child = await fetching(at("stalls"), root);
      const [part = ""] = await readdir(join(root, "things"));
      expect(part).to.match(/^\.part-/);
      await fetchFiles(at("good"), root);
      expect((await readdir(join(root, "things"))).sort()).to.deep.equal([part, ...expected]);
      await kill(child);
      expect(await readdir(join(root, "things"))).to.include(part);
      await fetchFiles(at("good"), root);
      expect((await readdir(join(root, "things"))).sort()).to.deep.equal(expected);
    });

  it("knows whose a file is, and touches no other files", async () => {
    const folder = await scratch.make();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const dead = child.pid;
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
    const other = "0123abcd"; // another machine
    const gone = [
      `.part-${dead}-0-a.gz`,
      `.part-${dead}-Xy12Zw`,
      `.part-1-${other}-0-old`,
      `.part-${process.pid}-0-old`,
    ];
    const kept = [
      `.part-${process.pid}-0-new`,
      `.part-${process.ppid}-0-old`,
      `.part-${dead}-${other}-0-new`,
      ".part-notes",
      ".partition",
      `part-${dead}-0-a.gz`,
      "own",
    ];
    for (const name of [...gone, ...kept]) {
      const path = join(folder, name);
      await (/Xy12Zw|own/.test(name) ? mkdir(path) : writeFile(path, "x"));
      if (/Xy12Zw|own/.test(name)) await writeFile(join(path, "inside"), "x");
      if (name.endsWith("old")) await utimes(path, yesterday, yesterday);
    }
    if (process.platform !== "win32") {
      gone.push(`.part-${dead}-1-link`);
      await symlink(join(folder, "own"), join(folder, `.part-${dead}-1-link`));
    }
    removeLeftovers(folder);
    expect((await readdir(folder)).sort()).to.deep.equal(kept.sort());
    expect(await readdir(join(folder, "own"))).to.deep.equal(["inside"]);
  });

  it("a folder of another machine stays while one of its files is still written to", async () => {
    const folder = await scratch.make();
    const part = join(folder, ".part-1-0123abcd-Xy12Zw");
    await mkdir(part);
    await writeFile(join(part, "archive"), "x");
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
    await utimes(part, yesterday, yesterday);
    removeLeftovers(folder);
    expect(existsSync(part)).to.equal(true);
    await utimes(join(part, "archive"), yesterday, yesterday);
    await utimes(part, yesterday, yesterday);
    removeLeftovers(folder);
    expect(existsSync(part)).to.equal(false);
  });

  it("a folder that is not there has none", () => removeLeftovers(join("no", "such", "folder")));
});
