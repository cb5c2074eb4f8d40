import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { DataError, DataLoader, idxDataset, locate, mnist, readIdx } from "chalk-and-tape/datasets";
import { idx, images, labels, put as putIn } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

/** An IDX file of any element type, written as the format's description says. */
function idxOf(code: number, shape: readonly number[], elements: readonly (readonly number[])[]): Uint8Array {
  const lengths = shape.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
  return Uint8Array.from([0, 0, code, shape.length, ...lengths, ...elements.flat()]);
}

describe("readIdx", () => {
  const scratch = scratchFolder();
  const put = async (bytes: Uint8Array, name: string = "own.idx"): Promise<string> => {
    const path = join(await scratch.make(), name);
    await writeFile(path, bytes);
    return path;
  };

  // Each: the type's code, its elements' bytes, the dtype and the values: NumPy's big-endian types.
  const types: [string, number, number[][], string, number[]][] = [
    ["unsigned bytes", 8, [[0], [200]], "uint8", [0, 200]],
    ["signed bytes", 9, [[127], [0x80]], "int32", [127, -128]],
    ["shorts", 11, [[1, 2], [0xff, 0xfe]], "int32", [258, -2]], // biome-ignore format: elements
    ["ints", 12, [[1, 0, 0, 0], [0xff, 0xff, 0xff, 0xff]], "int32", [2 ** 24, -1]], // biome-ignore format: elements
    ["floats", 13, [[0x3f, 0x80, 0, 0], [0xc0, 0x20, 0, 0]], "float32", [1, -2.5]], // biome-ignore format: elements
    ["doubles", 14, [[0x3f, 0xf8, 0, 0, 0, 0, 0, 0], [0xff, 0xf0, 0, 0, 0, 0, 0, 0]], "float64", [1.5, -Infinity]], // biome-ignore format: elements
  ];
  for (const [what, code, elements, dtype, values] of types)
    it(`reads ${what} as ${dtype}, packed and not`, async () => {
      for (const bytes of [idxOf(code, [2, 1], elements), gzipSync(idxOf(code, [2, 1], elements))]) {
        const x = await readIdx(await put(bytes));
        expect([x.dtype, x.shape, x.toArray()]).to.deep.equal([
          dtype,
          [2, 1],
          values.map((value) => [value]),
        ]);
      }
    });

  it("reads any number of axes, and none of the elements", async () => {
    const x = await readIdx(
      await put(
        idx(
          [2, 1, 3, 1, 2],
          Uint8Array.from({ length: 12 }, (_, i) => i),
        ),
      ),
    );
    expect([x.shape, [...x.flat()]]).to.deep.equal([[2, 1, 3, 1, 2], [...Array(12).keys()]]);
    expect((await readIdx(await put(idx([0, 28, 28], new Uint8Array())))).shape).to.deep.equal([0, 28, 28]);
  });

  it("finds the file in other spellings of its name, too", async () => {
    const path = await put(gzipSync(labels(5)), "kmnist.labels-idx1-ubyte.gz");
    expect((await readIdx(path.replace(".labels", "-labels").replace(/\.gz$/, ""))).toArray()).to.deep.equal([
      5,
    ]);
  });

  it("refuses another kind of file, a missing one, and a wrong length", async () => {
    const says = async (bytes: Uint8Array): Promise<string> => {
      const error = await failure(readIdx(await put(bytes)));
      expect(error).to.be.instanceOf(DataError);
      return error.message;
    };
    expect(await says(Buffer.from("<html><title>Sign in</title>"))).to.contain(
      "is an HTML page (“Sign in”); expected an IDX file. A server sent it",
    );
    expect(await says(Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 0))).to.contain(
      "begins with 00 00 0a 01; expected 0 0, a type",
    );
    expect(await says(idxOf(12, [2], [[1, 2, 3, 4]]))).to.contain(
      "is truncated: 4 byte(s) after the header, which announces 2 × 4 bytes = 8",
    );
    const folder = await scratch.make();
    expect((await failure(readIdx(join(folder, "none")))).message).to.contain(
      `no such file. ${folder} is empty`,
    );
  });

  it("refuses what is larger than maxBytes, 1 GiB by default, before it unpacks it", async () => {
    const path = await put(gzipSync(images(3)));
    const { message } = await failure(readIdx(path, { maxBytes: 2367 }));
    expect(message).to.contain(
      "its header announces 3 × 28 × 28 = 2352 bytes; expected at most 2367 with the header. If the file is right, allow it with maxBytes.",
    );
    expect((await readIdx(path, { maxBytes: 2368 })).shape).to.deep.equal([3, 28, 28]);
    const huge = await put(idxOf(14, [2 ** 31, 2 ** 31, 2 ** 31], []));
    expect((await failure(readIdx(huge))).message).to.contain("expected at most 1073741824");
  });

  it("refuses wrong arguments by name", async () => {
    const says = async (...args: readonly unknown[]): Promise<string> =>
      (await failure(Promise.resolve().then(() => Reflect.apply(readIdx, null, args)))).message;
    expect(await says()).to.contain("readIdx: path is missing, expected the path of an IDX file");
    expect(await says(5)).to.contain("readIdx: path is 5");
    expect(await says("x", { maxByte: 5 }))
      .to.contain('unknown option "maxByte"')
      .and.to.contain('"maxBytes"?');
    for (const maxBytes of [0.5, 0, 2 ** 31 + 1])
      expect(await says("x", { maxBytes })).to.contain(`maxBytes is ${maxBytes}, expected a whole number`);
  });
});

describe("idxDataset", () => {
  const scratch = scratchFolder();
  const put = async (imageBytes: Uint8Array, labelBytes: Uint8Array): Promise<[string, string]> => {
    const folder = await scratch.make();
    const paths: [string, string] = [join(folder, "images"), join(folder, "labels")];
    await writeFile(paths[0], imageBytes);
    await writeFile(paths[1], labelBytes);
    return paths;
  };

  it("reads EMNIST's 47 classes, with or without their names", async () => {
    const paths = await put(gzipSync(images(3)), gzipSync(labels(46, 0, 10)));
    const { name, x, y, classes } = await idxDataset(...paths);
    expect([name, x.shape, x.dtype, y.dtype]).to.deep.equal(["idx", [3, 28, 28], "uint8", "int32"]);
    expect([y.toArray(), classes.length, classes[46]]).to.deep.equal([[46, 0, 10], 47, "46"]);
    const names = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt"];
    const emnist = await idxDataset(...paths, { name: "emnist", classes: names, limit: 2 });
    expect([emnist.name, [...emnist.y.flat()].map((c) => emnist.classes[c])]).to.deep.equal([
      "emnist",
      ["t", "0"],
    ]);
    for await (const batch of new DataLoader(emnist)) expect(batch.x.shape[0]).to.equal(2);
  });

  it("reads images of 32 × 32, in colour, or of floats", async () => {
    const square = await put(idx([2, 32, 32], new Uint8Array(2048).fill(9)), labels(1, 0));
    expect((await idxDataset(...square)).x.shape).to.deep.equal([2, 32, 32]);
    const colour = await put(idx([1, 3, 4, 4], new Uint8Array(48)), labels(0));
    expect((await idxDataset(...colour)).x.shape).to.deep.equal([1, 3, 4, 4]);
    const floats = await put(idxOf(13, [1, 1, 1], [[0x3f, 0x80, 0, 0]]), idxOf(12, [1], [[0, 0, 1, 0]]));
    const { x, y, classes } = await idxDataset(...floats);
    expect([x.dtype, x.item(), y.toArray(), classes.length]).to.deep.equal(["float32", 1, [256], 257]);
  });

  // Each: images, labels, options, what the message says.
  const names = ["a", "b"];
  const faults: [string, Uint8Array, Uint8Array, { classes?: readonly string[] }, string][] = [
    ["fewer labels than images", images(3), labels(1, 0), {}, "labels: 2 label(s), but "],
    [
      "a label without a class",
      images(2),
      labels(1, 2),
      { classes: names },
      "label 1 is 2; expected a class, 0 to 1",
    ],
    ["a negative label", images(1), idxOf(9, [1], [[255]]), {}, "label 0 is -1; expected a class"],
    [
      "a label beyond all reason",
      images(1),
      idxOf(12, [1], [[127, 0, 0, 0]]),
      {},
      "label 0 is 2130706432; expected a class, 0 to 65535",
    ],
    [
      "labels for images",
      labels(1),
      labels(1),
      {},
      "images: holds 1 axis of numbers; expected images, (N, …)",
    ],
    [
      "images for labels",
      images(1),
      images(1),
      {},
      "labels: holds uint8 of shape (1, 28, 28); expected labels",
    ],
    [
      "labels that are not whole",
      images(1),
      idxOf(13, [1], [[0, 0, 0, 0]]),
      {},
      "labels: holds float32 of shape (1,)",
    ],
    ["no images", images(0), labels(), {}, "images: holds no images"],
  ];
  for (const [fault, imageBytes, labelBytes, options, says] of faults)
    it(`refuses ${fault}`, async () => {
      const error = await failure(idxDataset(...(await put(imageBytes, labelBytes)), options));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.contain(says).and.to.contain("Get the file again");
    });

  it("refuses wrong arguments by name", async () => {
    const says = async (...args: readonly unknown[]): Promise<string> =>
      (await failure(Promise.resolve().then(() => Reflect.apply(idxDataset, null, args)))).message;
    expect(await says("images")).to.contain(
      "idxDataset: labels is missing, expected the path of an IDX file of labels",
    );
    expect(await says("images", "labels", { classes: 47 })).to.contain(
      "idxDataset: classes is 47, expected a list",
    );
    expect(await says("images", "labels", { classes: ["a", "a"] })).to.contain(
      "a list of different class names",
    );
    expect(await says("images", "labels", { limit: 0 })).to.contain("idxDataset: limit is 0");
  });

  it("is what mnist points to for other images", async () => {
    const root = await scratch.make();
    await putIn(root, "t10k-images-idx3-ubyte", idx([1, 32, 32], new Uint8Array(1024)));
    await putIn(root, "t10k-labels-idx1-ubyte", labels(1));
    expect((await failure(mnist({ root, split: "test" }))).message).to.contain(
      "holds 1 × 32 × 32 bytes; expected one or more images of 28 × 28. For images of your own, use idxDataset.",
    );
  });
});

describe("idxDataset of MNIST itself", () => {
  const root = process.env.CHALK_DATA;
  const find = (name: string): string => (root && locate(root, "mnist", name)) || "";
  before(function () {
    if (find("t10k-images-idx3-ubyte")) return;
    console.log(
      "      pending: no MNIST under CHALK_DATA; npx chalk-and-tape data fetch mnist --data DIR gets it",
    );
    this.skip();
  });

  it("is what mnist reads", async () => {
    const own = await idxDataset(find("t10k-images-idx3-ubyte"), find("t10k-labels-idx1-ubyte"));
    const { x, y, classes } = await mnist({ root, split: "test" });
    expect(own.x.flat()).to.deep.equal(x.flat());
    expect([own.y.toArray(), own.classes]).to.deep.equal([y.toArray(), classes]);
  });
});
