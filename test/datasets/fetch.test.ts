import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { DataError, type FetchEvent, type FileSet, fetchFiles } from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";
import { scratchFolder } from "./scratch-folder.ts";

// Noise does not compress: the file is large enough to be cut off in the middle.
const content = random(1).uniform(0, 256, [300_000], { dtype: "uint8" }).flat() as Uint8Array;
const packed = gzipSync(content);
const file = {
  name: "noise",
  sha256: createHash("sha256").update(content).digest("hex"),
  sizeBytes: content.length,
};

/** Mirrors by their first path segment; each must fail in its own way but the good ones. */
const mirrors: Record<string, RequestListener> = {
  good: (_request, response) => response.writeHead(200, { "content-length": packed.length }).end(packed),
  "without-length": (_request, response) => {
    response.write(packed.subarray(0, 1000));
    response.end(packed.subarray(1000));
  },
  "stalls-at-once": () => {},
  "stalls-half-way": (_request, response) => {
    response.writeHead(200, { "content-length": packed.length }).write(packed.subarray(0, 100_000));
  },
  "breaks-off": (_request, response) => {
    response.writeHead(200, { "content-length": packed.length });
    response.write(packed.subarray(0, 100_000), () => response.destroy());
  },
  "truncates-and-announces-that": (_request, response) =>
    response.writeHead(200, { "content-length": 100_000 }).end(packed.subarray(0, 100_000)),
  "announces-too-little": (_request, response) => {
    response.strictContentLength = false;
    response.writeHead(200, { "content-length": 1000 }).end(packed);
  },
  "announces-too-much": (_request, response) => {
    response.writeHead(200, { "content-length": packed.length + 10 });
    response.write(packed, () => response.destroy());
  },
  "sends-wrong-bytes": (_request, response) => response.end(gzipSync(content.map((byte) => byte ^ 1))),
  "sends-other-data": (_request, response) => response.end(gzipSync(Buffer.from("short"))),
  "sends-it-unpacked": (_request, response) => response.end(content),
  "adds-bytes": (_request, response) => response.end(Buffer.concat([packed, Buffer.from("more")])),
  "sends-it-packed-twice": (_request, response) => response.end(gzipSync(packed)),
  "sends-a-page": (_request, response) => response.end("<html><title>Please log in</title></html>"),
  "sends-nothing": (_request, response) => response.end(),
  "is-a-gzip-bomb": (_request, response) => response.end(gzipSync(new Uint8Array(5_000_000))),
  "never-ends": (_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(packed));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  },
  "is-not-found": (_request, response) => response.writeHead(404).end("no"),
  "is-broken": (_request, response) => response.writeHead(500).end(packed),
};

describe("fetchFiles", () => {
  const scratch = scratchFolder();
  let server: Server;
  let asked: string[] = [];

  before((done) => {
    server = createServer((request, response) => {
      asked.push(request.url as string);
      mirrors[request.url?.split("/")[1] as string]?.(request, response);
    }).listen(0, "127.0.0.1", done);
  });
  beforeEach(() => {
    asked = [];
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const set = (...names: string[]): FileSet => ({
    folder: "things",
    mirrors: names.map((name) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}/`),
    files: [file],
  });

  async function failure(promise: Promise<unknown>): Promise<Error> {
    return promise.then(
      () => expect.fail("expected an error"),
      (error: Error) => error,
    );
  }

  for (const name of ["good", "without-length"])
    it(`puts the file of a mirror that is ${name} in place, byte for byte, and nothing else`, async () => {
      const root = await scratch.make();
      const events: FetchEvent[] = [];
      await fetchFiles(set(name), root, { onEvent: (event) => events.push(event) });
      expect(await readdir(join(root, "things"))).to.deep.equal(["noise.gz"]);
      expect(packed.equals(await readFile(join(root, "things", "noise.gz")))).to.equal(true);
      const progress = events.filter((event) => event.kind === "progress");
      expect(progress.at(-1)?.receivedBytes).to.equal(packed.length);
      expect(progress.at(-1)?.totalBytes).to.equal(name === "good" ? packed.length : null);
      expect(events.at(-1)?.kind).to.equal("fetched");
    });

  for (const bad of Object.keys(mirrors).filter((name) => name !== "good" && name !== "without-length"))
    it(`goes on to the next mirror when one ${bad.replaceAll("-", " ")}; alone it gives a DataError and no file`, async () => {
      const root = await scratch.make();
      const events: FetchEvent[] = [];
      await fetchFiles(set(bad, "good"), root, { stallMs: 150, onEvent: (event) => events.push(event) });
      expect(await readdir(join(root, "things"))).to.deep.equal(["noise.gz"]);
      expect(packed.equals(await readFile(join(root, "things", "noise.gz")))).to.equal(true);
      expect(asked).to.deep.equal([`/${bad}/noise.gz`, "/good/noise.gz"]);
      expect(events.filter(({ kind }) => kind === "failed").length).to.equal(1);

      const alone = await scratch.make();
      const error = await failure(fetchFiles(set(bad), alone, { stallMs: 150 }));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message)
        .to.contain(join(alone, "things", "noise.gz"))
        .and.to.contain(`/${bad}/noise.gz: `);
      expect(await readdir(join(alone, "things"))).to.deep.equal([]);
    });

  it("names every mirror and its fault when none has the file", async () => {
    const names = ["is-not-found", "stalls-at-once", "sends-a-page"];
    const { message } = await failure(fetchFiles(set(...names), await scratch.make(), { stallMs: 100 }));
    expect(message).to.contain("HTTP 404").and.to.contain("nothing received for 0.1 s");
    expect(message)
      .to.contain("an HTML page (“Please log in”)")
      .and.to.contain("put a copy of the file there yourself");
  });

  it("goes on when a mirror cannot be reached", async () => {
    const root = await scratch.make();
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const address = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/`;
    await new Promise((done) => closed.close(done));
    const reasons: string[] = [];
    await fetchFiles({ ...set("good"), mirrors: [address, ...set("good").mirrors] }, root, {
      onEvent: (event) => event.kind === "failed" && reasons.push(event.reason),
    });
    expect(reasons.join()).to.contain("ECONNREFUSED");
    expect(await readdir(join(root, "things"))).to.deep.equal(["noise.gz"]);
  });

  it("does not ask for a file that is there and right, gzipped or plain", async () => {
    for (const [name, bytes] of [
      ["noise.gz", packed],
      ["noise", content],
    ] as const) {
      const root = await scratch.make();
      await mkdir(join(root, "things"));
      await writeFile(join(root, "things", name), bytes);
      await fetchFiles(set("good"), root);
      expect(asked).to.deep.equal([]);
    }
  });

  it("replaces a damaged file once the right one is here, and keeps it where none is to be had", async () => {
    const root = await scratch.make();
    await mkdir(join(root, "things"));
    const path = join(root, "things", "noise.gz");
    await writeFile(path, "damaged");
    await failure(fetchFiles(set("is-not-found"), root));
    expect(await readFile(path, "utf8")).to.equal("damaged");
    await fetchFiles(set("good"), root);
    expect(packed.equals(await readFile(path))).to.equal(true);
  });

  it("ends at once on abort, tries no other mirror and leaves nothing", async () => {
    const root = await scratch.make();
    const user = new AbortController();
    // A transfer that was not aborted would wait for this stalled server, then ask the other one.
    const error = await failure(
      fetchFiles(set("stalls-half-way", "good"), root, {
        signal: user.signal,
        onEvent: ({ kind }) => kind === "progress" && setTimeout(() => user.abort(new Error("enough")), 20),
      }),
    );
    expect(error.message).to.equal("enough");
    expect(asked).to.deep.equal(["/stalls-half-way/noise.gz"]);
    expect(await readdir(join(root, "things"))).to.deep.equal([]);
  });

  it("does nothing when aborted beforehand, whether the file is there or not", async () => {
    const root = await scratch.make();
    const signal = AbortSignal.abort(new Error("before"));
    expect((await failure(fetchFiles(set("good"), root, { signal }))).message).to.equal("before");
    expect(asked).to.deep.equal([]);
    await fetchFiles(set("good"), root);
    expect((await failure(fetchFiles(set("good"), root, { signal }))).message).to.equal("before");
  });

  it("says which folder cannot be made", async () => {
    const root = join(await scratch.make(), "a-file");
    await writeFile(root, "");
    const error = await failure(fetchFiles(set("good"), root));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.contain(join(root, "things")).and.to.contain("Choose another data folder");
  });
});
