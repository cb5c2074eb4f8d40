import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import {
  DataError,
  type FileReport,
  type FileSet,
  fashionMnist,
  fashionMnistFiles,
  fetchFiles,
  loadDataset,
  mnistFiles,
  verifyFiles,
} from "chalk-and-tape/datasets";
import { random } from "chalk-and-tape/np";
import { images, labels, put } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";

const folder = "fashion-mnist";

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

describe("fashionMnist", () => {
  const scratch = scratchFolder();

  it("reads MNIST's format from its own folder, with its own classes", async () => {
    const root = await scratch.make();
    await put(root, "train-images-idx3-ubyte.gz", images(3), folder);
    await put(root, "train-labels-idx1-ubyte.gz", labels(9, 0, 8), folder);
    await put(root, "t10k-images-idx3-ubyte", images(1), folder);
    await put(root, "t10k-labels-idx1-ubyte", labels(7), folder);
    const { train, test } = await loadDataset(folder, { root });
    expect([train.name, train.x.shape, test.x.shape]).to.deep.equal([folder, [3, 28, 28], [1, 28, 28]]);
    const said = [...train.y.flat(), ...test.y.flat()].map((c) => train.classes[c]);
    expect(said).to.deep.equal(["Ankle boot", "T-shirt/top", "Bag", "Sneaker"]);
    expect(test.classes.length).to.equal(10);
  });

  it("says how to get it, and by its own name", async () => {
    const root = await scratch.make();
    await put(root, "train-images-idx3-ubyte.gz", images(1)); // MNIST's folder
    const missing = await failure(fashionMnist({ root, split: "train" }));
    expect(missing).to.be.instanceOf(DataError);
    expect(missing.message).to.contain(`${folder}/train-`).and.to.contain("data fetch fashion-mnist");
    await put(root, "train-images-idx3-ubyte.gz", images(1), folder);
    await put(root, "train-labels-idx1-ubyte.gz", labels(10), folder);
    const { message } = await failure(fashionMnist({ root, split: "train" }));
    expect(message).to.contain("label 0 is 10; expected a class, 0 to 9");
    const split = await failure(fashionMnist({ root, split: "all" as "test" }));
    expect(split.message).to.equal('fashion-mnist: split is "all"; expected "train" or "test"');
  });

  it("is known by the MD5s that its authors publish, has MNIST's sizes, and an https mirror first", () => {
    expect(fashionMnistFiles.files.map(({ md5 }) => md5)).to.deep.equal([
      "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
      "25c81989df183df01b3e8a0aad5dffbe",
      "bef4ecab320f06d8554ea6380940ec79",
      "bb300cfdad3c16e7a12a480ee83cd310",
    ]);
    const sizes = ({ files }: FileSet): unknown => files.map(({ name, sizeBytes }) => [name, sizeBytes]);
    expect(sizes(fashionMnistFiles)).to.deep.equal(sizes(mnistFiles));
    expect(fashionMnistFiles.mirrors.map((mirror) => mirror.split(":")[0])).to.deep.equal(["https", "http"]);
  });
});

describe("a file of which only the MD5 of its gzip wrapping is known", () => {
  const scratch = scratchFolder();
  const content = labels(...random(1).choice(10, 5000).flat());
  const published = gzipSync(content, { level: 9 });
  const name = "train-labels-idx1-ubyte";
  const set: FileSet = {
    folder,
    mirrors: [],
    files: [{ name, sizeBytes: content.length, md5: createHash("md5").update(published).digest("hex") }],
  };
  const verify = async (root: string): Promise<FileReport> => (await verifyFiles(set, root))[0] as FileReport;

  it("is right as published; in another wrapping or none it cannot be checked, and that is said", async () => {
    const root = await scratch.make();
    const path = await put(root, name, content, folder);
    const plain = await verify(root);
    expect([plain.status, plain.path]).to.deep.equal(["unverified", path]);
    expect(plain.found).to.contain(`a checksum is known only for ${name}.gz`);
    await writeFile(`${path}.gz`, gzipSync(content, { level: 1 }));
    expect((await verify(root)).status).to.equal("unverified");
    expect((await verify(root)).found).to.match(/not the published file: its MD5 is [0-9a-f]{32}, expected/);
    await writeFile(`${path}.gz`, published);
    expect(await verify(root)).to.include({ status: "ok", found: "" });
  });

  it("is damaged when it cannot be unpacked, or holds more or fewer bytes", async () => {
    const root = await scratch.make();
    for (const bytes of [
      published.subarray(0, -9),
      published.map((byte, i) => (i === 100 ? byte ^ 255 : byte)),
      gzipSync(content.subarray(1)),
      gzipSync(Buffer.concat([content, content])),
    ]) {
      await put(root, name, content, folder);
      await writeFile(join(root, folder, `${name}.gz`), bytes);
      expect((await verify(root)).status).to.equal("damaged");
    }
  });

  it("is fetched only as published: another wrapping, or other labels of the same size, is refused", async () => {
    let sent: Uint8Array = published;
    const server = createServer((_request, response) => response.end(sent));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const here: FileSet = {
      ...set,
      mirrors: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`],
    };
    try {
      for (const bad of [
        gzipSync(content, { level: 1 }),
        gzipSync(
          content.map((byte) => byte ^ 1),
          { level: 9 },
        ),
      ]) {
        const root = await scratch.make();
        sent = bad;
        const error = await failure(fetchFiles(here, root));
        expect(error.message).to.contain("wrong content: not the published file");
        expect(await readdir(join(root, folder))).to.deep.equal([]);
      }
      const root = await scratch.make();
      sent = published;
      await fetchFiles(here, root);
      expect(published.equals(await readFile(join(root, folder, `${name}.gz`)))).to.equal(true);
    } finally {
      server.close();
    }
  });
});
