import { execFileSync } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { cifar10, cifar10Files, DataError, mnist, mnistFiles, verifyFiles } from "chalk-and-tape/datasets";
import { images, labels, put } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { tarOf } from "./tar-archive.ts";

const [imageFile, labelFile] = ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

const text = (content: string): Uint8Array => Buffer.from(content);
const latin1 = (content: string): Uint8Array => Buffer.from(content, "latin1");
const pointer = `version https://git-lfs.github.com/spec/v1
oid sha256:0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7
size 1648877
`;
const page = "<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head><body>no</body></html>";
const html = "an HTML page (“403 Forbidden”)";
const lfs = "a Git LFS pointer, a note that stands for the real file of 1648877 bytes";

describe("a data file is recognised by its content", () => {
  const scratch = scratchFolder();
  /** Reads MNIST's test images from a file with these bytes. */
  const read = async (name: string, bytes: Uint8Array): Promise<number[]> => {
    const root = await scratch.make();
    const path = await put(root, name, new Uint8Array());
    await writeFile(path, bytes);
    await put(root, labelFile, labels(4, 2));
    const { x, y } = await mnist({ root, split: "test" });
    expect(y.toArray()).to.deep.equal([4, 2]);
    return [...x.flat()];
  };
  const right = [...images(2).subarray(16)];

  // Whatever the name says.
  const readable: [string, Uint8Array][] = [
    ["gzipped", gzipSync(images(2))],
    ["not gzipped", images(2)],
    ["gzipped twice", gzipSync(gzipSync(images(2)))],
    [
      "gzipped in two parts",
      Buffer.concat([gzipSync(images(2).subarray(0, 99)), gzipSync(images(2).subarray(99))]),
    ],
    [
      "gzipped in parts of one byte, as an odd program does",
      Buffer.concat([...images(2)].map((byte) => gzipSync(Uint8Array.of(byte)))),
    ],
  ];
  for (const [what, bytes] of readable)
    it(`reads what is ${what}, under each name`, async () => {
      for (const name of [`${imageFile}.gz`, imageFile]) expect(await read(name, bytes)).to.deep.equal(right);
    });

  // Each: the bytes, and what the message says that they are.
  const refused: [string, Uint8Array, string][] = [
    ["an HTML page", text(page), html],
    ["one without a title", text("<html>404</html>"), "an HTML page (“<html>404</html>”)"],
    ["one with a byte-order mark and blank lines", text(`\ufeff\n\n${page}`), html],
    ["one in UTF-16", Buffer.from(`\ufeff${page}`, "utf16le"), html],
    ["one in Latin-1", latin1(page.replace("no", "Zugriff verweigert für Gäste")), html],
    ["one that is gzipped", gzipSync(page), html],
    [
      "a storage server's XML",
      text('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'),
      "an XML document (“AccessDenied”)",
    ],
    ["JSON", text('{"message": "Not Found"}'), 'a JSON document (“{"message": "Not Found"}”)'],
    ["a list in JSON", text('[ {"error": 1} ]'), "a JSON document"],
    ["a Git LFS pointer", text(pointer), lfs],
    ["one with Windows' line ends", text(pointer.replaceAll("\n", "\r\n")), lfs],
    ["a git-annex pointer", text("/annex/objects/MD5E-s1648877--9fb6\n"), "a git-annex pointer"],
    ["plain text", text("Not found\n"), "a text (“Not found”)"],
    ["blanks", text("\n \n"), "a text (“”)"],
    ["gzip data as base64", text(gzipSync("x").toString("base64")), "gzip data written as base64 text"],
    ["gzip data saved as UTF-8", text(gzipSync(images(2)).toString()), "gzip data saved as text"],
    ["an empty file", new Uint8Array(), "an empty file"],
    ["nothing, gzipped", gzipSync(""), "an empty file"],
    ["zeros", new Uint8Array(9000), "a file that begins with 4096 zero bytes"],
    ["an empty zip archive", latin1(`PK\x05\x06${"\0".repeat(18)}`), "an empty zip archive"],
    ["a tar archive", tarOf([{ path: imageFile, content: images(2) }]), "a tar archive"],
    ["a .tar.gz", gzipSync(tarOf([{ path: imageFile, content: images(2) }])), "a tar archive"],
    ["a pickle", latin1("\x80\x04\x95"), "a Python pickle"],
    ["a .npy file", latin1("\x93NUMPY\x01\0"), "a NumPy .npy file"],
    ["a .mat file", latin1("MATLAB 5.0 MAT-file, Platform: GLNX86"), "a MATLAB file"],
    ["an HDF5 file", latin1("\x89HDF\r\n\x1a\n"), "an HDF5 file"],
    ["a PNG image", latin1("\x89PNG\r\n\x1a\n"), "a PNG image"],
    ["bzip2", latin1("BZh91AY&SY"), "a bzip2 file"],
    ["xz", latin1("\xfd7zXZ\0"), "an xz file"],
    ["7-Zip", latin1("7z\xbc\xaf\x27\x1c"), "a 7-Zip archive"],
    [
      "gzip in gzip in gzip in gzip",
      [1, 2, 3, 4].reduce((bytes: Uint8Array) => gzipSync(bytes), images(2)),
      "gzip data",
    ],
    ["other bytes", Uint8Array.of(7, 0, 255, 1), "begins with 07 00 ff 01; expected 00 00 08 03"],
  ];
  for (const [what, bytes, says] of refused)
    it(`names ${what}, under each name`, async () => {
      for (const name of [`${imageFile}.gz`, imageFile]) {
        const error = await failure(read(name, bytes));
        expect(error).to.be.instanceOf(DataError);
        expect(error.message)
          .to.contain(`${join("mnist", name)}: `)
          .and.to.contain(says)
          .and.to.contain("an IDX file of images")
          .and.to.contain("data fetch mnist");
      }
    });

  it("says what to do about a pointer, an archive, a page", async () => {
    const remedy = async (bytes: Uint8Array): Promise<string> =>
      (await failure(read(imageFile, bytes))).message;
    expect(await remedy(text(pointer))).to.contain("Run `git lfs pull`");
    expect(await remedy(text(page))).to.contain("A server sent it in place of the file.");
    expect(await remedy(latin1("PK\x03\x04")))
      .to.contain("a zip archive")
      .and.to.contain("Unpack it");
  });

  it("says that two files may have been swapped", async () => {
    expect((await failure(read(imageFile, labels(1, 2)))).message).to.contain(
      "expected 00 00 08 03, the magic number of an IDX file of images. It is an IDX file of labels: have two files been swapped?",
    );
  });

  it("names a folder and what it holds, a broken link, and a pipe, which it does not wait for", async () => {
    const root = await scratch.make();
    await put(root, labelFile, labels(4, 2));
    const path = join(root, "mnist", imageFile);
    const says = async (): Promise<string> => (await failure(mnist({ root, split: "test" }))).message;
    await mkdir(path);
    await writeFile(join(path, "images.zip"), "");
    expect(await says()).to.contain(
      `${path}: is a folder; expected a file. ${path} holds images.zip (still packed`,
    );
    if (process.platform === "win32") return; // Making a link takes rights there.
    await rm(path, { recursive: true });
    await symlink(join(root, "gone"), `${path}.gz`);
    expect(await says()).to.contain(`${path}.gz: is a link to a file that does not exist`);
    const other = await scratch.make();
    await put(other, labelFile, labels(4, 2));
    execFileSync("mkfifo", [join(other, "mnist", imageFile)]);
    expect((await failure(mnist({ root: other, split: "test" }))).message).to.contain(
      "is neither a file nor a folder",
    );
  });

  it("CIFAR-10: names the Python and the MATLAB version, a page and an archive under a batch's name", async () => {
    const kinds: [Uint8Array, string][] = [
      [latin1("\x80\x02}q\x01"), "a Python pickle, as in the Python version of CIFAR-10"],
      [latin1("MATLAB 5.0 MAT-file"), "a MATLAB file, as in the MATLAB version of CIFAR-10"],
      [text(page), html],
      [text(pointer), lfs],
      [
        gzipSync(tarOf([{ path: "cifar-10-batches-bin/test_batch.bin", content: images(9) }])),
        "a tar archive",
      ],
      [latin1("PK\x03\x04"), "a zip archive"],
    ];
    for (const [bytes, says] of kinds) {
      const root = await scratch.make();
      await mkdir(join(root, cifar10Files.folder));
      const classes = "airplane automobile bird cat deer dog frog horse ship truck".replaceAll(" ", "\n");
      await writeFile(join(root, cifar10Files.folder, "batches.meta.txt"), classes);
      await writeFile(join(root, cifar10Files.folder, "test_batch.bin"), bytes);
      const { message } = await failure(cifar10({ root, split: "test" }));
      expect(message)
        .to.contain(`${says}; expected a batch of CIFAR-10.`)
        .and.to.contain("data fetch cifar10");
    }
  });

  it("CIFAR-10: names a page in place of the class names", async () => {
    const root = await scratch.make();
    await mkdir(join(root, cifar10Files.folder));
    await writeFile(join(root, cifar10Files.folder, "batches.meta.txt"), page);
    const { message } = await failure(cifar10({ root, split: "test" }));
    expect(message).to.contain(`batches.meta.txt: is ${html}; expected a list of 10 classes`);
  });

  it("verify says it too", async () => {
    const root = await scratch.make();
    await put(root, imageFile, text(page));
    await writeFile(await put(root, `${labelFile}.gz`, new Uint8Array()), text(pointer));
    const [found, other] = (await verifyFiles(mnistFiles, root)).slice(2);
    expect(found?.status).to.equal("damaged");
    expect(found?.found).to.contain(`${page.length} bytes, ${html}, with SHA-256`);
    expect(other?.found).to.contain(lfs);
  });
});
