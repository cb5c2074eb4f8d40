import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import {
  cifar10,
  DataError,
  fashionMnist,
  fetchFiles,
  locate,
  mnist,
  type SplitOptions,
} from "chalk-and-tape/datasets";
import { images, labels, put } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

/** Writes a file below the root, and its folders. */
async function write(root: string, path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(join(root, path, ".."), { recursive: true });
  await writeFile(join(root, path), bytes);
}

describe("the names that people have", () => {
  const scratch = scratchFolder();

  // Each: the path of a file below the root, from its published name.
  const spellings: [string, (name: string) => string][] = [
    ["7-Zip's dot", (name) => `mnist/${name.replace("-idx", ".idx")}`],
    ["7-Zip's dot, packed", (name) => `mnist/${name.replace("-idx", ".idx")}.gz`],
    ["capitals", (name) => `mnist/${name.toUpperCase()}`],
    [".GZ", (name) => `mnist/${name}.GZ`],
    ["two endings", (name) => `mnist/${name}.gz.gz`],
    ["underscores", (name) => `mnist/${name.replaceAll("-", "_")}`],
    ["a folder called like the file", (name) => `mnist/${name}/${name}`],
    [
      "a folder called like the file, with a dot inside",
      (name) => `mnist/${name}/${name.replace("-idx", ".idx")}`,
    ],
    ["a folder called like the packed file", (name) => `mnist/${name}.gz/${name}`],
    ["torchvision's folders", (name) => `MNIST/raw/${name}`],
    ["a folder in a folder", (name) => `mnist/mnist/${name}.gz`],
  ];
  for (const [what, path] of spellings)
    it(`${what}`, async () => {
      const root = await scratch.make();
      const at = (name: string): string => path(`train-${name}-ubyte`);
      const pack = (name: string, bytes: Uint8Array): Uint8Array =>
        /gz$/i.test(name) ? gzipSync(bytes) : bytes;
      await write(root, at("images-idx3"), pack(at("images-idx3"), images(2)));
      await write(root, at("labels-idx1"), pack(at("labels-idx1"), labels(7, 3)));
      expect((await mnist({ root, split: "train" })).y.toArray()).to.deep.equal([7, 3]);
      const found = locate(root, "mnist", "train-images-idx3-ubyte") ?? "";
      expect(found.toLowerCase()).to.equal(join(root, at("images-idx3")).toLowerCase());
    });

  it("the exact name comes first, and macOS's hidden ._ files are not taken", async () => {
    const root = await scratch.make();
    await put(root, "train-labels.idx1-ubyte", labels(1));
    await put(root, "._train-labels-idx1-ubyte.gz", labels(2));
    const name = "train-labels-idx1-ubyte";
    expect(locate(root, "mnist", name)).to.equal(join(root, "mnist", "train-labels.idx1-ubyte"));
    await mkdir(join(root, "mnist", name));
    expect(locate(root, "mnist", name)).to.equal(join(root, "mnist", "train-labels.idx1-ubyte"));
    await put(root, `${name}.gz`, labels(3));
    expect(locate(root, "mnist", name)).to.equal(join(root, "mnist", `${name}.gz`));
  });

  it("a root that is the folder itself, but never another set's folder with the same file names", async () => {
    const root = join(await scratch.make(), "FashionMNIST");
    await write(root, "train-images-idx3-ubyte", images(1));
    await write(root, "train-labels-idx1-ubyte", labels(9));
    expect((await fashionMnist({ root, split: "train" })).y.toArray()).to.deep.equal([9]);
    const { message } = await failure(mnist({ root, split: "train" }));
    expect(message)
      .to.contain("no file mnist/train-images-idx3-ubyte.gz")
      .and.to.contain(
        `${root} itself holds train-images-idx3-ubyte: move the files of this data set to ${join(root, "mnist")}`,
      );
  });

  it("a right file under such a name is not fetched again", async () => {
    const root = await scratch.make();
    await put(root, "tiny.idx1-ubyte", labels(1, 2));
    const seen: string[] = [];
    const sha256 = createHash("sha256").update(labels(1, 2)).digest("hex");
    const file = { name: "tiny-idx1-ubyte", sizeBytes: 10, sha256 };
    await fetchFiles({ folder: "mnist", mirrors: [], files: [file] }, root, {
      onEvent: ({ kind }) => seen.push(kind),
    });
    expect(seen).to.deep.equal(["present"]);
  });

  it("a missing file: says what the folder holds instead", async () => {
    const says = async (...paths: string[]): Promise<string> => {
      const root = await scratch.make();
      for (const path of paths) await write(root, path, "");
      return (await failure(mnist({ root: root, split: "train" }))).message.replaceAll(root, "ROOT");
    };
    expect(await says("mnist/train.csv", "mnist/notes")).to.contain(
      `${join("ROOT", "mnist")} holds train.csv (another format), notes.`,
    );
    expect(await says("mnist/train-images-idx3-ubyte.gz.crdownload")).to.contain("(an unfinished download)");
    expect(await says("archive.zip")).to.contain("ROOT holds archive.zip (still packed: unpack it there)");
    expect(await says()).to.contain("ROOT is empty.");
    expect((await failure(mnist({ root: "/no/such/root", split: "train" }))).message).to.contain(
      "There is no folder",
    );
  });
});

describe("the names that people have for CIFAR-10", () => {
  const scratch = scratchFolder();
  const classes = "airplane automobile bird cat deer dog frog horse ship truck".replaceAll(" ", "\n");
  /** A whole batch: its images all have this label and this grey. */
  const batch = (label: number): Uint8Array => new Uint8Array(30_730_000).fill(label);
  const folder = "cifar-10-batches-bin";
  const labelsOf = async (root: string, split: SplitOptions["split"]): Promise<number[]> => [
    ...new Set((await cifar10({ root, split })).y.flat()),
  ];

  it("batches in a folder of another name, in a folder in a folder, and packed one by one", async () => {
    const places = ["cifar-10", "CIFAR10", join("cifar-10-binary", folder), join(folder, folder)];
    const root = await scratch.make();
    let from = join(root, "start");
    await write(from, "batches.meta.txt", `${classes}\n\n`);
    await write(from, "test_batch.bin.gz", gzipSync(batch(3), { level: 1 }));
    for (const place of places) {
      await mkdir(join(root, place, ".."), { recursive: true });
      await rename(from, join(root, place));
      from = join(root, place);
      expect(await labelsOf(root, "test"), place).to.deep.equal([3]);
    }
  });

  it("batches 1 and 3 without 2, and 2 without 1: says which is missing; 1 and 2 alone are read", async () => {
    const root = await scratch.make();
    await write(root, `${folder}/batches.meta.txt`, classes);
    const put = (i: number): Promise<void> => write(root, `${folder}/data_batch_${i}.bin`, batch(i));
    await put(3);
    const says = async (): Promise<string> => (await failure(cifar10({ root, split: "train" }))).message;
    expect(await says()).to.contain(`no file ${folder}/data_batch_1.bin, data_batch_2.bin.`);
    await put(1);
    expect(await says()).to.contain(`no file ${folder}/data_batch_2.bin.`);
    expect((await failure(cifar10({ root, split: "train", limit: 5 }))).message).to.equal(await says());
    await put(2);
    expect(await labelsOf(root, "train")).to.deep.equal([1, 2, 3]);
  });

  it("a batch that is cut at the end of an image: says how many are there of how many", async () => {
    const root = await scratch.make();
    await write(root, `${folder}/batches.meta.txt`, classes);
    for (const [name, split] of [
      ["data_batch_1.bin", "train"],
      ["test_batch.bin", "test"],
    ] as const) {
      await write(root, `${folder}/${name}`, batch(4).subarray(0, -3073));
      const error = await failure(cifar10({ root, split, limit: 1 }));
      expect(error).to.be.instanceOf(DataError);
      expect(error.message).to.contain(
        `${name}: is truncated: 30726927 byte(s), 9999 image(s) of 3073; expected 10000 images`,
      );
    }
  });

  it("the Python and the MATLAB version, a packed archive, CIFAR-100: named, not only missing", async () => {
    const says = async (...paths: string[]): Promise<string> => {
      const root = await scratch.make();
      for (const path of paths) await write(root, path, "");
      const { message } = await failure(cifar10({ root, split: "train" }));
      expect(message).to.contain(`no file ${folder}/`).and.to.contain("data fetch cifar10");
      return message;
    };
    const python = "(the Python version; the binary one is needed)";
    expect(await says("cifar-10-batches-py/data_batch_1")).to.contain(`cifar-10-batches-py ${python}`);
    expect(await says("cifar-10-python.tar.gz")).to.contain(`cifar-10-python.tar.gz ${python}`);
    expect(await says("cifar-10-batches-bin/data_batch_1")).to.contain(`data_batch_1 ${python}`);
    const matlab = "(the MATLAB version; the binary one is needed)";
    expect(await says("cifar-10-batches-mat/data_batch_1.mat")).to.contain(`cifar-10-batches-mat ${matlab}`);
    expect(await says("cifar-10-matlab.tar.gz")).to.contain(matlab);
    expect(await says("cifar-10-batches-bin/data_batch_1.mat")).to.contain(`data_batch_1.mat ${matlab}`);
    expect(await says("cifar-10-binary.tar.gz")).to.contain(
      "cifar-10-binary.tar.gz (still packed: unpack it there)",
    );
    expect(await says("cifar-100-binary/train.bin")).to.contain("(another data set, CIFAR-100)");
    expect(await says("data_batch_1.bin")).to.contain("itself holds data_batch_1.bin: move");
  });
});

describe("the options of mnist, fashionMnist and cifar10", () => {
  it("are refused by name", async () => {
    for (const [read, name] of [
      [mnist, "mnist"],
      [fashionMnist, "fashion-mnist"],
      [cifar10, "cifar10"],
    ] as const) {
      const says = async (...options: readonly unknown[]): Promise<string> => {
        const call = async (): Promise<unknown> => Reflect.apply(read, null, options);
        const error = await failure(call());
        expect(error.message.startsWith(`${name}: `), error.message).to.equal(true);
        return error.message;
      };
      expect(await says()).to.contain('the options are undefined, expected an object: { split: "train" }');
      expect(await says("train")).to.contain('the options are "train"');
      expect(await says({})).to.contain('split is undefined; expected "train" or "test"');
      expect(await says({ split: "test", train: true })).to.contain('unknown option "train"');
      expect(await says({ split: "test", root: 5 })).to.contain("root is 5");
      expect(await says({ split: "test", limit: "5" })).to.contain('limit is "5"; expected a whole number');
    }
  });
});
