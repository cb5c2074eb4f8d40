import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import {
  cifar10,
  cifar10Files,
  cifar10Statistics,
  DataError,
  type Dataset,
  type FileSet,
  fetchFiles,
  loadDataset,
  locateFile,
  type SplitOptions,
  verifyFiles,
} from "chalk-and-tape/datasets";
import { cifarBatches } from "#internal/datasets";
import { scratchFolder } from "./scratch-folder.ts";
import { tarOf } from "./tar-archive.ts";

const names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
/** As the published file ends: with an empty line. */
const meta = Buffer.from(`${names.join("\n")}\n\n`);

/** Images with these labels; byte k of an image is (label + k) mod 251, so that no two places can be exchanged unseen. */
function batchOf(...labels: number[]): Uint8Array {
  const image = (label: number): number[] => Array.from({ length: 3072 }, (_, k) => (label + k) % 251);
  return Uint8Array.from(labels.flatMap((label) => [label, ...image(label)]));
}

const recordBytes = 3073;

/** The published set but for the sizes: batches of a few images. */
function setOf(files: Readonly<Record<string, Uint8Array>>): FileSet {
  const sizeOf = (name: string): number => files[name]?.length ?? recordBytes;
  return {
    ...cifar10Files,
    files: cifar10Files.files.map((file) => (file.atMost ? file : { ...file, sizeBytes: sizeOf(file.name) })),
  };
}

async function folderOf(root: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = join(root, "cifar-10-batches-bin");
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return root;
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

describe("cifar10", () => {
  const scratch = scratchFolder();
  const put = async (files: Readonly<Record<string, Uint8Array>>): Promise<string> =>
    folderOf(await scratch.make(), { "batches.meta.txt": meta, ...files });

  it("reads label, then red, green and blue rows, as uint8 (N, 3, 32, 32) and int32 (N,)", async () => {
    const files = { "test_batch.bin": batchOf(7, 0, 9) };
    const root = await put(files);
    const { name, x, y, classes } = await cifarBatches(setOf(files), { root, split: "test" });
    expect([name, classes]).to.deep.equal(["cifar10", names]);
    expect([x.shape, x.dtype, y.shape, y.dtype]).to.deep.equal([[3, 3, 32, 32], "uint8", [3], "int32"]);
    expect(y.toArray()).to.deep.equal([7, 0, 9]);
    const at = (n: number, c: number, i: number, j: number): number => x.item(n, c, i, j);
    const value = (label: number, c: number, i: number, j: number): number =>
      (label + c * 1024 + i * 32 + j) % 251;
    const places: [number, number, number][] = [
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
      [2, 31, 31],
    ];
    for (const place of places) {
      expect(at(0, ...place), String(place)).to.equal(value(7, ...place));
      expect(at(2, ...place), String(place)).to.equal(value(9, ...place));
    }
  });

  it("takes the training batches that it finds, in their order, up to the limit", async () => {
    const files = {
      "data_batch_2.bin": batchOf(4, 4),
      "data_batch_1.bin": batchOf(2),
      "data_batch_3.bin": batchOf(5, 6),
    };
    const root = await put(files);
    const read = (limit?: number): Promise<Dataset> =>
      cifarBatches(setOf(files), { root, split: "train", limit });
    const labels = async (limit?: number): Promise<unknown> => (await read(limit)).y.toArray();
    expect(await labels()).to.deep.equal([2, 4, 4, 5, 6]);
    expect(await labels(2)).to.deep.equal([2, 4]);
    expect(await labels(3)).to.deep.equal([2, 4, 4]);
    expect(await labels(99)).to.deep.equal([2, 4, 4, 5, 6]);
    const { x } = await read(4);
    expect(x.item(3, 0, 0, 0)).to.equal(5);
  });

  it("reads no more files than the limit wants", async () => {
    const files = { "data_batch_1.bin": batchOf(1, 2), "data_batch_2.bin": Buffer.from("damaged") };
    const root = await put(files);
    const read = (limit: number): Promise<Dataset> =>
      cifarBatches(setOf(files), { root, split: "train", limit });
    expect((await read(2)).y.toArray()).to.deep.equal([1, 2]);
    expect((await failure(read(3))).message).to.contain("data_batch_2.bin: is a text (“damaged”)");
  });

  it("demands all five batches of a folder that a fetch has filled", async () => {
    const all = Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`data_batch_${i}.bin`, batchOf(i)]));
    const { "data_batch_3.bin": _, ...four } = all;
    const root = await put({ ...four, SHA256SUMS: Buffer.from("") });
    const { message } = await failure(cifarBatches(setOf(all), { root, split: "train" }));
    expect(message)
      .to.contain("no file cifar-10-batches-bin/data_batch_3.bin.")
      .and.to.contain("data fetch cifar10");
    await folderOf(root, all);
    const { y } = await cifarBatches(setOf(all), { root, split: "train" });
    expect(y.toArray()).to.deep.equal([1, 2, 3, 4, 5]);
  });

  // Each: the files beside batches.meta.txt, the file to be named, what was found.
  const good = batchOf(1, 2);
  const faults: [string, Record<string, Uint8Array>, string, string][] = [
    [
      "a missing last byte",
      { "test_batch.bin": good.subarray(0, -1) },
      "test_batch.bin",
      "6145 byte(s), 1 image(s) of 3073 and 3072 more",
    ],
    [
      "a trailing byte",
      { "test_batch.bin": Uint8Array.from([...good, 0]) },
      "test_batch.bin",
      "2 image(s) of 3073 and 1 more",
    ],
    ["a missing first byte", { "test_batch.bin": good.subarray(1) }, "test_batch.bin", "and 3072 more"],
    ["an empty file", { "test_batch.bin": new Uint8Array() }, "test_batch.bin", "is an empty file"],
    [
      "label 10",
      { "test_batch.bin": batchOf(9, 10) },
      "test_batch.bin",
      "label 1 is 10; expected a class, 0 to 9",
    ],
    [
      "CIFAR-100's two labels an image",
      { "test_batch.bin": Uint8Array.from([11, ...batchOf(3)]) },
      "test_batch.bin",
      "label 0 is 11",
    ],
    [
      "a last image too few",
      { "test_batch.bin": batchOf(1) },
      "test_batch.bin",
      "is truncated: 3073 byte(s), 1 image(s) of 3073; expected 2 images",
    ],
    [
      "an image too many",
      { "test_batch.bin": batchOf(1, 2, 3) },
      "test_batch.bin",
      "has trailing bytes: 9219 byte(s), 3 image(s) of 3073; expected 2 images",
    ],
    [
      "bytes that have slipped by one",
      { "test_batch.bin": Uint8Array.from([...batchOf(250, 3).subarray(1), 0]) },
      "test_batch.bin",
      "label 0 is 250",
    ],
    [
      "nine classes",
      { "test_batch.bin": good, "batches.meta.txt": Buffer.from(names.slice(1).join("\n")) },
      "batches.meta.txt",
      "names 9 class(es)",
    ],
    [
      "a class that comes twice",
      { "test_batch.bin": good, "batches.meta.txt": Buffer.from([...names.slice(1), "ship"].join("\n")) },
      "batches.meta.txt",
      "10 different ones",
    ],
  ];
  for (const [fault, files, name, found] of faults)
    it(`refuses ${fault}: one DataError with file, finding and remedy`, async () => {
      const root = await put(files);
      const error = await failure(cifarBatches(setOf({ "test_batch.bin": good }), { root, split: "test" }));
      expect(error).to.be.instanceOf(DataError);
      expect(
        error.message.startsWith(`${join(root, "cifar-10-batches-bin", name)}: `),
        error.message,
      ).to.equal(true);
      expect(error.message).to.contain(found).and.to.contain("npx chalk-and-tape data fetch cifar10");
    });

  it("names the files that are missing and the data root; refuses another split or limit", async () => {
    const root = await scratch.make();
    const wanted = async (split: "train" | "test"): Promise<string> => {
      const error = await failure(cifar10({ root, split }));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.contain(root);
      return error.message;
    };
    expect(await wanted("test")).to.contain("no file cifar-10-batches-bin/batches.meta.txt");
    await folderOf(root, { "batches.meta.txt": meta });
    expect(await wanted("test")).to.contain("no file cifar-10-batches-bin/test_batch.bin");
    expect(await wanted("train")).to.contain(
      "no file cifar-10-batches-bin/data_batch_1.bin … data_batch_5.bin",
    );
    expect((await failure(cifar10({ root, split: "both" as "test" }))).message).to.contain(
      '"train" or "test"',
    );
    for (const limit of [0, 1.5, Number.NaN])
      expect(await failure(cifar10({ root, split: "test", limit }))).to.be.instanceOf(RangeError);
  });

  it("reads what a fetch unpacks", async () => {
    const root = await scratch.make();
    const files = Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`data_batch_${i}.bin`, batchOf(i, 9 - i)]));
    const all: Record<string, Uint8Array> = {
      "batches.meta.txt": meta,
      "readme.html": Buffer.from("<html>"),
      "test_batch.bin": batchOf(8),
      ...files,
    };
    const entries = Object.entries(all).map(([name, content]) => ({
      path: `cifar-10-batches-bin/${name}`,
      content,
    }));
    const packed = gzipSync(tarOf([{ path: "cifar-10-batches-bin/", type: "5" }, ...entries]));
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/cifar-10-binary.tar.gz" ? 200 : 404).end(packed);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    // The published set but for sizes, checksum and address.
    const set: FileSet = {
      ...cifar10Files,
      mirrors: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
      files: cifar10Files.files.map((file) => ({ ...file, sizeBytes: all[file.name]?.length ?? 0 })),
      archive: {
        ...(cifar10Files.archive as NonNullable<typeof cifar10Files.archive>),
        sizeBytes: packed.length,
        md5: createHash("md5").update(packed).digest("hex"),
      },
    };
    await fetchFiles(set, root).finally(() => server.close());
    expect((await verifyFiles(set, root)).every(({ status }) => status === "ok")).to.equal(true);
    expect((await readdir(join(root, "cifar-10-batches-bin"))).length).to.equal(8);
    const labels = async (split: SplitOptions["split"]): Promise<unknown> =>
      (await cifarBatches(set, { root, split, limit: 9 })).y.toArray();
    expect(await labels("train")).to.deep.equal([1, 8, 2, 7, 3, 6, 4, 5, 5]);
    expect(await labels("test")).to.deep.equal([8]);
  });

  it("is known by the published archive: name, size, MD5, five training batches of 10,000", () => {
    const { archive, files, mirrors } = cifar10Files;
    expect([archive?.name, archive?.sizeBytes, archive?.md5]).to.deep.equal([
      "cifar-10-binary.tar.gz",
      170_052_171,
      "c32a1d4ab5d03f1284b67883e8d87530",
    ]);
    expect(mirrors[0]).to.equal("https://www.cs.toronto.edu/~kriz/");
    expect(files.filter(({ sizeBytes }) => sizeBytes === 30_730_000).length).to.equal(6);
  });
});

describe("CIFAR-10 itself", () => {
  const root = process.env.CHALK_DATA;
  before(function () {
    if (root && locateFile(cifar10Files, root, "data_batch_1.bin")) return;
    console.log(
      "      pending: no CIFAR-10 under CHALK_DATA; npx chalk-and-tape data fetch cifar10 --data DIR gets it",
    );
    this.skip();
  });

  it("has every class equally often, in 10,000 images a batch", async () => {
    const { train, test } = await loadDataset("cifar10");
    const batches = [1, 2, 3, 4, 5].filter((i) =>
      locateFile(cifar10Files, root as string, `data_batch_${i}.bin`),
    );
    for (const [part, n] of [
      [train, 10_000 * batches.length],
      [test, 10_000],
    ] as const) {
      expect(part.x.shape).to.deep.equal([n, 3, 32, 32]);
      const counts = new Array<number>(10).fill(0);
      for (const label of part.y.flat()) counts[label] = (counts[label] as number) + 1;
      // Exactly so in the original; a part of it, or a shuffled copy, nearly.
      for (const count of counts) expect(count).to.be.closeTo(n / 10, n === 50_000 ? 0 : n / 200);
    }
    expect(train.classes).to.deep.equal(names);
  });

  it("has the mean and the spread that Normalize is given, channel by channel", async () => {
    const { x } = await cifar10({ split: "train" });
    for (const [c, expected] of cifar10Statistics.mean.entries()) {
      const channel = x.slice(null, c).astype("float64").div(255);
      const mean = channel.mean().item();
      expect(mean, `mean of channel ${c}`).to.be.closeTo(expected, 0.005);
      const spread = Math.sqrt(channel.mul(channel).mean().item() - mean ** 2);
      expect(spread, `std of channel ${c}`).to.be.closeTo(cifar10Statistics.std[c] as number, 0.005);
    }
  });

  it("looks like photographs: neighbouring pixels are alike in rows and columns, and frogs are no ships", async () => {
    const { x, y } = await cifar10({ split: "test", limit: 2000 });
    const all = x.astype("float64").div(255);
    const apart = (a: typeof all, b: typeof all): number => {
      const difference = a.sub(b);
      return difference.mul(difference).mean().item();
    };
    const rows = apart(all.slice(null, null, [0, 31]), all.slice(null, null, [1, 32]));
    const columns = apart(all.slice(null, null, null, [0, 31]), all.slice(null, null, null, [1, 32]));
    const halves = apart(all.slice(null, null, [0, 16]), all.slice(null, null, [16, 32]));
    expect(Math.max(rows, columns)).to.be.below(halves / 5);
    expect(Math.max(rows, columns) / Math.min(rows, columns)).to.be.below(1.5);
    const blueness = (label: number): number => {
      const own = [...y.flat()].flatMap((c, i) => (c === label ? [all.slice(i)] : []));
      return (
        own.reduce((sum, image) => sum + image.slice(2).mean().item() - image.slice(0).mean().item(), 0) /
        own.length
      );
    };
    expect(blueness(8), "ships").to.be.above(0.01);
    expect(blueness(6), "frogs").to.be.below(-0.05);
  });

  it("is checked only against what a fetch has noted", async () => {
    const set = {
      ...cifar10Files,
      files: cifar10Files.files.filter(({ name }) => name === "test_batch.bin"),
    };
    const [report] = await verifyFiles(set, root as string);
    const noted = existsSync(join(root as string, "cifar-10-batches-bin", "SHA256SUMS"));
    expect(report?.status).to.equal(noted ? "ok" : "unverified");
    if (!noted)
      expect(report?.found).to.equal("30730000 bytes, but no SHA256SUMS beside it (a fetch writes one)");
  });
});
