import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { DataLoader } from "chalk-and-tape/datasets";
import { Adam, CrossEntropyLoss, Linear, train } from "chalk-and-tape/manual";
import { array, DataError, random } from "chalk-and-tape/np";
import {
  BestModel,
  Checkpoint,
  decodeNpz,
  decodeSafetensors,
  encodeNpz,
  encodeSafetensors,
  loadState,
  saveState,
} from "chalk-and-tape/training";
import { rejection } from "./rejection.ts";
import { expectEqualStates, fixture } from "./states.ts";

function headerBytes(safetensors: Uint8Array): number {
  return 8 + Number(new DataView(safetensors.buffer, safetensors.byteOffset).getBigUint64(0, true));
}

describe("training, damaged files", function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-damage-"));
  });
  after(() => rm(folder, { recursive: true }));

  const state = {
    "layer1.weight": random(1).normal(0, 1, [2, 3]),
    "layer1.bias": array([0.5, -0.5], { dtype: "float32" }),
    "norm.num_batches_tracked": array(3, { dtype: "int32" }),
    größe: array([], { dtype: "uint8" }),
  };

  /** Every bit of a header, and one in seven of what follows. */
  function* flipped(good: Uint8Array, header: number): Generator<[what: string, bad: Uint8Array]> {
    for (let bit = 0; bit < 8 * good.length; bit += bit < 8 * header ? 1 : 7) {
      const bad = new Uint8Array(good);
      bad[bit >> 3] = (bad[bit >> 3] as number) ^ (1 << (bit & 7));
      yield [`bit ${bit & 7} of byte ${bit >> 3}`, bad];
    }
  }
  /** Every length, and bytes too many. */
  function* resized(good: Uint8Array): Generator<[what: string, bad: Uint8Array]> {
    for (let length = 0; length < good.length; length++)
      yield [`the first ${length} bytes`, good.subarray(0, length)];
    for (const byte of [0, 10, 32, 80, 125]) {
      yield [`${byte} at the end`, Buffer.concat([good, Buffer.of(byte)])];
      yield [`${byte} at the beginning`, Buffer.concat([Buffer.of(byte), good])];
    }
  }
  /**
   * Every damage gives a DataError when the bytes are decoded, and when a sample of them is read
   * from a file, one that names it. The file itself is read.
   */
  async function expectRefusals(
    path: string,
    good: Uint8Array,
    header: number,
    decode: (bytes: Uint8Array) => unknown,
    read: () => Promise<unknown>,
  ): Promise<void> {
    let count = 0;
    for (const [what, bad] of [...flipped(good, header), ...resized(good)]) {
      expect(() => decode(bad), what).to.throw(DataError);
      if (count++ % 23 !== 0) continue;
      await writeFile(path, bad);
      const error = await rejection(read());
      const seen = [error.name, error.message.includes(path)];
      expect(seen, `${what}: ${error.stack}`).to.deep.equal(["DataError", true]);
    }
    await writeFile(path, good);
    await read();
  }

  it(".safetensors: every bit of the header, bits of the data, every length", async () => {
    const path = join(folder, "mlp.safetensors");
    await saveState(path, state);
    const good = await readFile(path);
    await expectRefusals(path, good, headerBytes(good), decodeSafetensors, () => loadState(path));
  });
  for (const compress of [false, true]) {
    it(`.npz, ${compress ? "" : "not "}compressed: every bit, every length`, async () => {
      const path = join(folder, "mlp.npz");
      const good = encodeNpz(state, { compress });
      await expectRefusals(path, good, good.length, decodeNpz, () => loadState(path));
    });
  }
  it("a checkpoint: every bit of the header, bits of the data, every length", async () => {
    const path = join(folder, "run.safetensors");
    const model = new Linear(2, 2, { rng: random(1) });
    const data = {
      name: "four points",
      x: random(2).normal(0, 1, [4, 2]),
      y: array([0, 1, 1, 0], { dtype: "int32" }),
      classes: ["a", "b"],
    };
    await train(model, new DataLoader(data, { batchSize: 2, shuffle: true, seed: 1 }), {
      loss: new CrossEntropyLoss(),
      optimizer: new Adam(model.parameters(), { lr: 0.1 }),
      bestModel: new BestModel({ monitor: "trainLoss" }),
      checkpoint: new Checkpoint(path),
    });
    const good = await readFile(path);
    await expectRefusals(path, good, headerBytes(good), decodeSafetensors, () =>
      new Checkpoint(path, { resume: true }).load(),
    );
  });

  it("a name that changed in both places of a zip is still noticed, in a file of ours", () => {
    const text = Buffer.from(encodeNpz({ weight: array(1) })).toString("latin1");
    const bad = Buffer.from(text.replaceAll("weight", "weighs"), "latin1");
    return writeFile(join(folder, "w.npz"), bad)
      .then(() => rejection(loadState(join(folder, "w.npz"))))
      .then((error) => expect(error.message).to.include("the checksum of the whole file is wrong"));
  });
  it("NumPy's names: a flipped bit in either place gives an error", async () => {
    const good = fixture("numpy.npz");
    const path = join(folder, "numpy.npz");
    const text = Buffer.from(good).toString("latin1");
    for (const name of ["float64.npy", "scalar.npy"])
      for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
        for (let bit = 0; bit < 8 * name.length; bit++) {
          const bad = good.slice();
          bad[at + (bit >> 3)] = (bad[at + (bit >> 3)] as number) ^ (1 << (bit & 7));
          await writeFile(path, bad);
          expect(await rejection(loadState(path)), `${name}, ${at}, ${bit}`).to.be.instanceOf(DataError);
        }
  });
  it("files without our checksum are read: PyTorch's, and metadata of other programs", async () => {
    const path = join(folder, "other.safetensors");
    await writeFile(path, fixture("torch.safetensors"));
    expect(Object.keys(await loadState(path))).to.have.length(8);
    const ours = Buffer.from(encodeSafetensors(state)).toString("latin1");
    const key = '"chalk-and-tape.checksum":"chalk-and-tape crc32 ';
    const at = ours.indexOf(key);
    // The same file as another program might write it, with metadata of its own in the same place.
    const other = '"checksum":"sha256 of something"';
    const bytes = ours.slice(0, at) + other.padEnd(key.length + 9) + ours.slice(at + key.length + 9);
    await writeFile(path, Buffer.from(bytes, "latin1"));
    expectEqualStates(await loadState(path), state);
  });
  it("another program that kept the checksum of another file is named as a cause", async () => {
    const path = join(folder, "kept.safetensors");
    const ours = Buffer.from(encodeSafetensors({ w: array([1]) }));
    await writeFile(path, Buffer.from(ours.toString("latin1").replace('"w"', '"v"'), "latin1"));
    expect((await rejection(loadState(path))).message).to.match(
      /the checksum of the file is wrong: .* another program wrote it and kept the metadata/,
    );
  });
  it("a checksum of ours cannot be given as metadata", () => {
    for (const [key, text] of [
      ["chalk-and-tape.checksum", ""],
      ["a", "chalk-and-tape crc32 00000000"],
    ] as const)
      expect(() => encodeSafetensors({ w: array(1) }, { [key]: text })).to.throw(RangeError, "leave it out");
  });
});
