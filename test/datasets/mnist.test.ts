import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { DataError, locate, mnist, mnistFiles, verifyFiles } from "chalk-and-tape/datasets";
import { idx, images, labels, put } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";

const [imageFile, labelFile] = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"];

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

describe("mnist", () => {
  const scratch = scratchFolder();

  it("reads IDX files, gzipped or plain, as uint8 (N, 28, 28) and int32 (N,)", async () => {
    for (const ending of [".gz", ""]) {
      const root = await scratch.make();
      await put(root, imageFile + ending, images(3));
      await put(root, labelFile + ending, labels(7, 0, 9));
      const { name, x, y, classes } = await mnist({ root, split: "train" });
      expect([name, classes.length]).to.deep.equal(["mnist", 10]);
      expect([x.shape, x.dtype, y.shape, y.dtype]).to.deep.equal([[3, 28, 28], "uint8", [3], "int32"]);
      expect([x.item(0, 0, 0), x.item(2, 0, 1), x.item(1, 1, 0)]).to.deep.equal([0, 3, 29]);
      expect(y.toArray()).to.deep.equal([7, 0, 9]);
      expect((await mnist({ root, split: "train", limit: 2 })).y.toArray()).to.deep.equal([7, 0]);
      expect((await mnist({ root, split: "train", limit: 99 })).y.toArray()).to.deep.equal([7, 0, 9]);
    }
  });

  it("reads the test split from its own files, and refuses another split or limit", async () => {
    const root = await scratch.make();
    await put(root, "t10k-images-idx3-ubyte.gz", images(1));
    await put(root, "t10k-labels-idx1-ubyte", labels(4));
    expect((await mnist({ root, split: "test" })).y.toArray()).to.deep.equal([4]);
    expect((await failure(mnist({ root, split: "train" }))).message).to.contain(`mnist/${imageFile}.gz`);
    expect((await failure(mnist({ root, split: "both" as "test" }))).message).to.contain('"train" or "test"');
    expect(await failure(mnist({ root, split: "test", limit: 0 }))).to.be.instanceOf(RangeError);
  });

  // Each: the images' bytes, the labels' bytes, the file to be named, what was found, as a message says it.
  const plain: [string, Uint8Array, Uint8Array, string, string][] = [
    ["label byte 11", images(2), labels(3, 11), labelFile, "label 1 is 11; expected a digit, 0 to 9"],
    ["fewer labels than images", images(3), labels(1, 2), labelFile, "2 label(s), but "],
    ["more labels than images", images(1), labels(1, 2), labelFile, "2 label(s), but "],
    [
      "images that are labels",
      labels(1),
      labels(1),
      imageFile,
      "begins with 00 00 08 01; expected 00 00 08 03",
    ],
    [
      "labels that are images",
      images(1),
      images(1),
      labelFile,
      "begins with 00 00 08 03; expected 00 00 08 01",
    ],
    [
      "elements that are not bytes",
      Uint8Array.of(0, 0, 13, 3),
      labels(1),
      imageFile,
      "begins with 00 00 0d 03",
    ],
    ["an empty file", new Uint8Array(), labels(1), imageFile, "is an empty file"],
    [
      "a cut header",
      images(1).subarray(0, 9),
      labels(1),
      imageFile,
      "9 byte(s), truncated within its header of 16",
    ],
    ["a missing last byte", images(2).subarray(0, -1), labels(1, 2), imageFile, "is truncated: 1567 byte(s)"],
    [
      "a trailing byte",
      Uint8Array.from([...images(1), 0]),
      labels(1),
      imageFile,
      "trailing bytes: 785 byte(s) after the header, which announces 1 × 28 × 28 = 784",
    ],
    [
      "images of another size",
      idx([1, 2, 2], new Uint8Array(4)),
      labels(1),
      imageFile,
      "holds 1 × 2 × 2 bytes",
    ],
    ["no images", images(0), labels(), imageFile, "expected one or more images"],
  ];
  for (const [fault, imageBytes, labelBytes, file, found] of plain)
    it(`refuses ${fault}: one DataError with file, finding and remedy`, async () => {
      for (const ending of ["", ".gz"]) {
        const root = await scratch.make();
        await put(root, imageFile + ending, imageBytes);
        await put(root, labelFile + ending, labelBytes);
        const error = await failure(mnist({ root, split: "train" }));
        expect(error).to.be.instanceOf(DataError);
        expect(error.message.startsWith(`${join(root, "mnist", file + ending)}: `), error.message).to.equal(
          true,
        );
        expect(error.message).to.contain(found).and.to.contain("npx chalk-and-tape data fetch mnist");
      }
    });

  const packed: [string, (gz: Uint8Array) => Uint8Array, string][] = [
    ["a truncated gzip file", (gz) => gz.subarray(0, -20), "truncated"],
    [
      "gzip data whose checksum is wrong",
      (gz) => gz.map((b, i) => (i === gz.length - 8 ? b ^ 1 : b)),
      "are damaged",
    ],
    ["damaged gzip data", (gz) => gz.map((b, i) => (i === 40 ? b ^ 255 : b)), "are damaged"],
    ["text after the gzip data", (gz) => Uint8Array.from([...gz, 65, 66]), "are damaged"],
    ["zeros after the gzip data", (gz) => Uint8Array.from([...gz, 0, 0]), "2 byte(s) follow after the end"],
    ["a second gzip part", (gz) => Uint8Array.from([...gz, ...gzipSync("more")]), "has trailing bytes"],
    ["an empty .gz", () => new Uint8Array(), "is an empty file; expected an IDX file of images"],
  ];
  for (const [fault, damage, found] of packed)
    it(`refuses ${fault}: one DataError with file, finding and remedy`, async () => {
      const root = await scratch.make();
      const path = await put(root, `${imageFile}.gz`, images(2));
      await put(root, `${labelFile}.gz`, labels(1, 2));
      await writeFile(path, damage(await readFile(path)));
      const error = await failure(mnist({ root, split: "train" }));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.contain(`${path}: `).and.to.contain(found).and.to.contain("data fetch mnist");
    });

  it("names a missing file and the data root", async () => {
    const root = await scratch.make();
    const error = await failure(mnist({ root, split: "train" }));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message)
      .to.contain(root)
      .and.to.contain(`${imageFile}.gz`)
      .and.to.contain("data fetch mnist");
  });

  it("prefers NAME.gz, what a fetch writes, to NAME", async () => {
    const root = await scratch.make();
    await put(root, labelFile, new Uint8Array());
    const path = await put(root, `${labelFile}.gz`, labels(1));
    expect(locate(root, "mnist", labelFile)).to.equal(path);
    expect(locate(root, "mnist", imageFile)).to.equal(null);
    expect(gzipSync(labels(1))).to.deep.equal(await readFile(path));
  });
});

describe("MNIST itself", () => {
  const root = process.env.CHALK_DATA;
  before(function () {
    if (root && locate(root, "mnist", imageFile)) return;
    console.log(
      "      pending: no MNIST under CHALK_DATA; npx chalk-and-tape data fetch mnist --data DIR gets it",
    );
    this.skip();
  });

  it("has the published SHA-256s, and a wrong one is noticed", async () => {
    const reports = await verifyFiles(mnistFiles, root as string);
    expect(reports.map(({ status }) => status)).to.deep.equal(["ok", "ok", "ok", "ok"]);
    const [first] = mnistFiles.files;
    const other = {
      ...mnistFiles,
      files: [{ ...(first as NonNullable<typeof first>), sha256: "0".repeat(64) }],
    };
    expect((await verifyFiles(other, root as string))[0]?.status).to.equal("damaged");
  });

  it("is 60,000 and 10,000 images; the first labels are 5 0 4 1 9 and 7 2 1 0 4", async () => {
    const train = await mnist({ root, split: "train" });
    const test = await mnist({ root, split: "test" });
    expect([train.x.shape, test.x.shape]).to.deep.equal([
      [60000, 28, 28],
      [10000, 28, 28],
    ]);
    expect(train.y.slice([0, 5]).toArray()).to.deep.equal([5, 0, 4, 1, 9]);
    expect(test.y.slice([0, 5]).toArray()).to.deep.equal([7, 2, 1, 0, 4]);
    expect(train.x.item(0, 5, 12)).to.equal(3);
    expect(train.x.mean().item() / 255).to.be.closeTo(0.1307, 1e-4);
  });
});
