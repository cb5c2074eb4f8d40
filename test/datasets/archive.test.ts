import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { DataError, type FetchEvent, type FileSet, fetchFiles, verifyFiles } from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";
import { scratchFolder } from "./scratch-folder.ts";
import { pax, type TarEntry, tarOf } from "./tar-archive.ts";

const noise = (seed: number, sizeBytes: number): Uint8Array =>
  random(seed).uniform(0, 256, [sizeBytes], { dtype: "uint8" }).flat() as Uint8Array;
const one: TarEntry = { path: "things/one.bin", content: noise(1, 200_000) };
const two: TarEntry = { path: "things/two.bin", content: noise(2, 1000) };
const notes: TarEntry = { path: "things/notes.txt", content: Buffer.from("ten names\n") };
const readme: TarEntry = { path: "things/readme.html", content: Buffer.from("<html>") };
const folder: TarEntry = { path: "things/", type: "5" };
const right = [folder, one, notes, readme, two];
/** The same with one entry exchanged for others. */
const instead = (of: TarEntry, ...entries: TarEntry[]): TarEntry[] =>
  right.flatMap((entry) => (entry === of ? entries : entry));

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

describe("fetchFiles of an archive", () => {
  const scratch = scratchFolder();
  let server: Server;
  /** What the server sends, and how many of its bytes before it stalls. */
  let [sent, most, asked] = [Buffer.from(""), Number.POSITIVE_INFINITY, 0];

  before((done) => {
    server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(200, { "content-length": sent.length });
      if (most < sent.length) response.write(sent.subarray(0, most));
      else response.end(sent);
    }).listen(0, "127.0.0.1", done);
  });
  beforeEach(() => {
    [most, asked] = [Number.POSITIVE_INFINITY, 0];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** A set whose archive has the checksum of these bytes, which the server sends: the attacker has got past it. */
  function serving(packed: Uint8Array): FileSet {
    sent = Buffer.from(packed);
    return {
      folder: "things",
      mirrors: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
      files: [
        { name: "notes.txt", sizeBytes: 100, atMost: true },
        { name: "one.bin", sizeBytes: 200_000 },
        { name: "two.bin", sizeBytes: 1000 },
      ],
      archive: {
        name: "things.tar.gz",
        sizeBytes: packed.length,
        md5: createHash("md5").update(packed).digest("hex"),
        others: [{ name: "readme.html", sizeBytes: 1000, atMost: true }],
      },
    };
  }
  const packed = (entries: readonly TarEntry[]): Uint8Array => gzipSync(tarOf(entries));
  const states = async (set: FileSet, root: string): Promise<string> =>
    (await verifyFiles(set, root)).map(({ status }) => status).join(" ");

  it("unpacks its files and nothing else, byte for byte, with a list of their SHA-256", async () => {
    const root = await scratch.make();
    const set = serving(packed(right));
    const events: FetchEvent[] = [];
    await fetchFiles(set, root, { onEvent: (event) => events.push(event) });
    expect((await readdir(root)).concat((await readdir(join(root, "things"))).sort())).to.deep.equal([
      "things",
      "SHA256SUMS",
      "notes.txt",
      "one.bin",
      "two.bin",
    ]);
    for (const [name, { content }] of Object.entries({
      "one.bin": one,
      "two.bin": two,
      "notes.txt": notes,
    })) {
      const found = await readFile(join(root, "things", name));
      expect(found.equals(content as Uint8Array), name).to.equal(true);
      const sum = createHash("sha256").update(found).digest("hex");
      expect(await readFile(join(root, "things", "SHA256SUMS"), "utf8")).to.contain(`${sum}  ${name}\n`);
    }
    const kinds = events.map(({ kind }) => kind).filter((kind) => kind !== "progress");
    expect(kinds).to.deep.equal(["start", "unpack", "fetched", "fetched", "fetched"]);
    expect(await states(set, root)).to.equal("ok ok ok");
  });

  it("asks for nothing when all is there and right, for the whole when one file is not", async () => {
    const root = await scratch.make();
    const set = serving(packed(right));
    await fetchFiles(set, root);
    const events: FetchEvent[] = [];
    await fetchFiles(set, root, { onEvent: (event) => events.push(event) });
    expect([asked, ...events.map(({ kind }) => kind)]).to.deep.equal([1, "present", "present", "present"]);
    const path = join(root, "things", "two.bin");
    await writeFile(path, noise(3, 1000));
    expect(await states(set, root)).to.equal("ok ok damaged");
    await fetchFiles(set, root);
    expect(asked).to.equal(2);
    expect(await states(set, root)).to.equal("ok ok ok");
  });

  it("verifies against the list alone: without it nothing is known but the size, and a size that is wrong is damage", async () => {
    const root = await scratch.make();
    const set = serving(packed(right));
    const put = (name: string, bytes: Uint8Array): Promise<void> =>
      writeFile(join(root, "things", name), bytes);
    await mkdir(join(root, "things"));
    await put("one.bin", one.content as Uint8Array);
    await put("two.bin", noise(2, 999));
    expect(await states(set, root)).to.equal("missing unverified damaged");
    await put("notes.txt", noise(2, 101));
    await put("two.bin.gz", gzipSync(two.content as Uint8Array)); // Not what stands in the archive.
    expect(await states(set, root)).to.equal("damaged unverified damaged");
    await put("SHA256SUMS", Buffer.from("things\n"));
    const error = await failure(verifyFiles(set, root));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.contain("SHA256SUMS: line 1 is").and.to.contain("Remove the file");
  });

  // Each: what the archive holds, and what the message says of it.
  const long = "../".repeat(40);
  /** An absolute path that could be written. */
  const outside = join(tmpdir(), "chalk-two.bin");
  const hostile: [string, TarEntry[], string][] = [
    [
      "a path out of the folder",
      instead(two, { ...two, path: "things/../../two.bin" }),
      "things/../../two.bin",
    ],
    ["a path up from the start", instead(two, { ...two, path: "../two.bin" }), '"../two.bin" (File)'],
    ["an absolute path", instead(two, { ...two, path: outside }), outside],
    ["an absolute path of Windows", instead(two, { ...two, path: "C:\\two.bin" }), "C:"],
    [
      "a path with backslashes",
      instead(two, { ...two, path: "things\\..\\..\\two.bin" }),
      "which is not one of the files",
    ],
    ["a long path out, in an extended header", instead(two, pax({ path: `${long}two.bin` }), two), long],
    [
      "a long path out, as GNU writes it",
      instead(two, { path: "x", type: "L", content: Buffer.from(`${long}two.bin\0`) }, two),
      long,
    ],
    [
      "a symbolic link under a file's name",
      instead(two, { path: two.path, type: "2", linkpath: "/etc/passwd" }),
      "(SymbolicLink), which is not a plain file",
    ],
    [
      "a symbolic link to a folder, and a file through it",
      instead(
        two,
        { path: "things/out", type: "2", linkpath: "/tmp" },
        { ...two, path: "things/out/two.bin" },
      ),
      "things/out",
    ],
    [
      "the folder as a symbolic link",
      [{ path: "things", type: "2", linkpath: "/tmp" }, ...right.slice(1)],
      '"things" (SymbolicLink)',
    ],
    [
      "a hard link under a file's name",
      instead(two, { path: two.path, type: "1", linkpath: "things/one.bin" }),
      "(Link), which is not a plain file",
    ],
    ["a device", instead(two, { path: two.path, type: "3" }), "(CharacterDevice)"],
    ["a pipe", instead(two, { path: two.path, type: "6" }), "(FIFO)"],
    ["a kind that nobody knows", [...right, { path: "things/odd", type: "Z" }], "things/odd"],
    ["a folder under a file's name", instead(two, { path: two.path, type: "5" }), "(Directory)"],
    ["another folder", [...right, { path: "things/more/", type: "5" }], "things/more/"],
    ["another file", [...right, { path: "things/.bashrc", content: Buffer.from("!") }], "things/.bashrc"],
    [
      "the list of checksums itself",
      [...right, { path: "things/SHA256SUMS", content: Buffer.from("!") }],
      "SHA256SUMS",
    ],
    ["a file for a second time", [...right, two], '"things/two.bin" (File), which is in it twice'],
    ["a name in capitals", instead(two, { ...two, path: "things/TWO.BIN" }), "TWO.BIN"],
    [
      "a file that is too large",
      instead(two, { ...two, content: noise(4, 1001) }),
      "of 1001 bytes, expected 1000",
    ],
    [
      "a file that is too small",
      instead(two, { ...two, content: noise(4, 999) }),
      "of 999 bytes, expected 1000",
    ],
    [
      "a note that is too large",
      instead(notes, { ...notes, content: noise(4, 101) }),
      "expected at most 100",
    ],
    [
      "a file of 8 GiB by its header",
      instead(two, { ...two, sizeBytes: 8 ** 11 - 1 }),
      "of 8589934591 bytes",
    ],
    ["another size in an extended header", instead(two, pax({ size: "70000" }), two), "of 70000 bytes"],
    ["no file two.bin", instead(two), "the archive lacks two.bin"],
    ["no files at all", [], "Unrecognized archive format"],
    ["a header with a wrong checksum", instead(two, { ...two, damageChecksum: true }), "checksum failure"],
  ];
  for (const [what, entries, says] of hostile)
    it(`refuses ${what}: a DataError, and nothing is written anywhere`, async () => {
      const root = await scratch.make();
      const error = await failure(fetchFiles(serving(packed(entries)), join(root, "data")));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.contain(says).and.to.contain("could not be fetched");
      expect(await readdir(root)).to.deep.equal(["data"]);
      expect(await readdir(join(root, "data"))).to.deep.equal(["things"]);
      expect(await readdir(join(root, "data", "things"))).to.deep.equal([]);
      expect(existsSync(outside)).to.equal(false);
    });

  const zeros = new Uint8Array(64 << 20);
  const broken: [string, () => Uint8Array, RegExp][] = [
    ["cut off in the gzip data", () => packed(right).subarray(0, -3000), /unexpected end of file/],
    [
      "cut off in the middle of a file, well packed",
      () => gzipSync(tarOf(right).subarray(0, 150_000)),
      /Truncated input/,
    ],
    ["cut off between two files", () => gzipSync(tarOf(right.slice(0, 2))), /lacks notes.txt, two.bin/],
    [
      "with damaged gzip data",
      () => packed(right).map((byte, i) => (i === 100_000 ? byte ^ 255 : byte)),
      /incorrect|invalid/,
    ],
    ["not gzip", () => tarOf(right), /incorrect header check/],
    ["no tar", () => gzipSync("<html>Please log in</html>"), /Unrecognized archive format/],
    ["empty", () => gzipSync(""), /Unrecognized archive format/],
    ["gzip in gzip", () => gzipSync(packed(right)), /do not contain a tar archive/],
    [
      "a bomb: 64 MiB of zeros after its end",
      () => gzipSync(Buffer.concat([tarOf(right), zeros])),
      /more than the expected 12\d{5} bytes/,
    ],
    [
      "a bomb of many folders",
      () => packed([...right, ...Array.from({ length: 3000 }, () => folder)]),
      /in it twice/,
    ],
    ["a bomb in a bomb", () => gzipSync(gzipSync(gzipSync(zeros))), /do not contain a tar archive/],
  ];
  for (const [what, make, says] of broken)
    it(`refuses an archive that is ${what}, and leaves nothing`, async () => {
      const root = await scratch.make();
      const error = await failure(fetchFiles(serving(make()), root));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.match(says);
      expect(await readdir(join(root, "things"))).to.deep.equal([]);
    });

  it("refuses an archive with another MD5 or size before it looks into it", async () => {
    const set = serving(packed(right));
    const archive = set.archive as NonNullable<typeof set.archive>;
    for (const wrong of [
      { md5: "0".repeat(32) },
      { sizeBytes: archive.sizeBytes + 1 },
      { sizeBytes: archive.sizeBytes - 1 },
    ]) {
      const root = await scratch.make();
      const events: FetchEvent[] = [];
      const error = await failure(
        fetchFiles({ ...set, archive: { ...archive, ...wrong } }, root, {
          onEvent: (event) => events.push(event),
        }),
      );
      expect(error.message).to.match(/wrong content: \d+ bytes with MD5|more than the \d+ bytes/);
      expect(events.map(({ kind }) => kind)).not.to.include("unpack");
      expect(await readdir(join(root, "things"))).to.deep.equal([]);
    }
  });

  it("names a page that a server sends in place of the archive", async () => {
    const set = serving(packed(right));
    sent = Buffer.from("<html><title>Sign in</title></html>");
    const { message } = await failure(fetchFiles(set, await scratch.make()));
    expect(message).to.contain("wrong content: 35 bytes, an HTML page (“Sign in”), with MD5");
  });

  it("keeps what was there when the archive is refused", async () => {
    const root = await scratch.make();
    await fetchFiles(serving(packed(right)), root);
    const path = join(root, "things", "two.bin");
    await writeFile(path, "damaged");
    await failure(fetchFiles(serving(packed([...right, two])), root));
    expect(await readFile(path, "utf8")).to.equal("damaged");
    expect((await readdir(join(root, "things"))).length).to.equal(4);
  });

  for (const when of ["progress", "unpack"] as const)
    it(`ends at once on abort at ${when}, and leaves nothing`, async () => {
      const root = await scratch.make();
      const set = serving(packed(right));
      if (when === "progress") most = 50_000;
      const user = new AbortController();
      const onEvent = ({ kind }: FetchEvent): void => {
        if (kind === when) user.abort(new Error("enough"));
      };
      const error = await failure(fetchFiles(set, root, { signal: user.signal, onEvent }));
      expect(error.message).to.equal("enough");
      expect(await readdir(join(root, "things"))).to.deep.equal([]);
    });
});
