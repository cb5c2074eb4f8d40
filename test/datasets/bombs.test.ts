import { execFile } from "node:child_process";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { idx, labels, put } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Prints the error of one call, and by how many MiB the process has grown at most. */
const program = `
  const datasets = await import("chalk-and-tape/datasets");
  const [call, argument] = process.argv.slice(1);
  const calls = {
    mnist: () => datasets.mnist({ root: argument, split: "test" }),
    cifar10: () => datasets.cifar10({ root: argument, split: "test" }),
    readIdx: () => datasets.readIdx(argument),
    verify: async () => {
      throw new Error((await datasets.verifyFiles(datasets.mnistFiles, argument)).map(({ found }) => found).join());
    },
    sums: () => datasets.verifyFiles(datasets.cifar10Files, argument),
  };
  const before = process.resourceUsage().maxRSS;
  const message = await calls[call]().then(() => "read", (error) => error.message);
  console.log(JSON.stringify({ message, grown: (process.resourceUsage().maxRSS - before) / 1024 }));`;

interface Outcome {
  readonly message: string;
  readonly grown: number;
}

async function run(call: string, argument: string): Promise<Outcome> {
  const args = ["--input-type=module", "-e", program, call, argument];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: join(import.meta.dirname, "../../.."),
  });
  return JSON.parse(stdout) as Outcome;
}

describe("a small file that unpacks to 3 GB", () => {
  const scratch = scratchFolder();
  const zeros = Array<Uint8Array>(190).fill(gzipSync(new Uint8Array(1 << 24)));
  const header = (count: number): Uint8Array => gzipSync(idx([count, 28, 28], new Uint8Array()));
  const lying = Buffer.concat([header(10_000), ...zeros]);
  const honest = Buffer.concat([header(4_065_906), ...zeros]);
  /** A root with this file of test images. */
  const rootOf = async (images: Uint8Array): Promise<string> => {
    const root = await scratch.make();
    await put(root, "t10k-labels-idx1-ubyte", labels(...new Uint8Array(10_000)));
    await writeFile(join(root, "mnist", "t10k-images-idx3-ubyte.gz"), images);
    return root;
  };

  it("is small", () => expect(lying.length).to.be.below(4e6));

  const cases: [string, Uint8Array, "mnist" | "verify", string][] = [
    ["with a header that lies", lying, "mnist", "holds more than 7905552 bytes; expected 7840016"],
    ["with a header that is honest", honest, "mnist", "announces 4065906 × 28 × 28"],
    ["gzipped twice", gzipSync(lying), "mnist", "holds more than 7905552 bytes"],
    ["without a header", Buffer.concat(zeros), "mnist", "zero bytes"],
    ["which verify checks", lying, "verify", "holds more than 7905552 bytes"],
  ];
  for (const [what, bytes, call, says] of cases)
    it(`${what} is refused, with little memory`, async () => {
      const { message, grown } = await run(call, await rootOf(bytes));
      expect(message).to.contain(says);
      expect(grown).to.be.below(100);
    });

  it("is refused by readIdx, whether its header lies or is honest", async () => {
    const file = "t10k-images-idx3-ubyte.gz";
    for (const [bytes, says] of [
      [lying, "holds more than 7905552 bytes"],
      [honest, "expected at most 1073741824 with the header"],
    ] as const) {
      const { message, grown } = await run("readIdx", join(await rootOf(bytes), "mnist", file));
      expect(message).to.contain(says);
      expect(grown).to.be.below(100);
    }
  });

  it("is refused as a batch or the class names of CIFAR-10", async () => {
    const root = await scratch.make();
    const folder = join(root, "cifar-10-batches-bin");
    await mkdir(folder);
    const names = "airplane automobile bird cat deer dog frog horse ship truck".replaceAll(" ", "\n");
    await writeFile(join(folder, "batches.meta.txt.gz"), Buffer.concat([gzipSync(names), ...zeros]));
    await writeFile(join(folder, "test_batch.bin.gz"), Buffer.concat(zeros));
    const first = await run("cifar10", root);
    expect(first.message).to.contain("bytes on the disk; expected 4096, or fewer if packed");
    await writeFile(join(folder, "batches.meta.txt"), names);
    const second = await run("cifar10", root);
    expect(second.message).to.contain("test_batch.bin.gz: holds more than 30795536 bytes; expected 30730000");
    expect(Math.max(first.grown, second.grown)).to.be.below(130);
  });

  it("is refused where it is not packed at all", async () => {
    const root = await rootOf(new Uint8Array());
    const images = join(root, "mnist", "t10k-images-idx3-ubyte");
    const file = await open(`${images}.gz`, "w");
    await file.write(idx([10_000, 28, 28], new Uint8Array()));
    await file.truncate(3e9);
    await file.close();
    await mkdir(join(root, "cifar-10-batches-bin"));
    const sums = await open(join(root, "cifar-10-batches-bin", "SHA256SUMS"), "w");
    await sums.truncate(3e9);
    await sums.close();
    const read = await run("mnist", root);
    expect(read.message).to.contain("is 3000000000 bytes on the disk; expected 7840016, or fewer if packed");
    const listed = await run("sums", root);
    expect(listed.message).to.contain("SHA256SUMS: 3000000000 bytes; expected a short list");
    expect(Math.max(read.grown, listed.grown)).to.be.below(100);
  });
});
