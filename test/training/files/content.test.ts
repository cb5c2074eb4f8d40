import { mkdir, mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import { Linear } from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";
import {
  Checkpoint,
  decodeNpz,
  decodeSafetensors,
  encodeNpz,
  encodeSafetensors,
  loadState,
  saveState,
} from "chalk-and-tape/training";
import { zipSync } from "fflate";
import { rejection } from "./rejection.ts";
import { expectEqualStates } from "./states.ts";

describe("training, files that are not what their name says", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-content-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const loading = async (name: string, content: string | Uint8Array): Promise<Error> => {
    await writeFile(join(folder, name), content);
    return rejection(loadState(join(folder, name)));
  };

  // biome-ignore format: a table
  const conversions: [ending: string, what: string, python: RegExp][] = [
    [".pt", "PyTorch", /torch\.load\("(.*)model\.pt", map_location="cpu", weights_only=True\)/],
    [".pth", "PyTorch", /torch\.load/],
    [".bin", "PyTorch", /torch\.load/],
    [".ckpt", "PyTorch", /state\.get\("state_dict", state\)/],
    [".PT", "PyTorch", /torch\.load/],
    [".pkl", "pickle", /pickle\.load/],
    [".pickle", "pickle", /only a file that you trust/],
    [".h5", "HDF5", /h5py\.File/],
    [".hdf5", "HDF5", /h5py\.File/],
    [".onnx", "ONNX", /onnx\.load/],
  ];
  for (const [ending, what, python] of conversions) {
    it(`model${ending}: says how to convert it, whether it is there or not`, async () => {
      const path = join(folder, `model${ending}`);
      for (const error of [await rejection(loadState(path)), await loading(`model${ending}`, "content")]) {
        expect(error).to.be.instanceOf(RangeError);
        expect(error.message)
          .to.match(new RegExp(`^loadState: ".*model\\${ending}" is an? .*${what}`))
          .and.match(python);
        expect(error.message).to.include(`then load "${join(folder, "model.npz")}":\n  import `);
        expect(error.message).to.match(/^ {2}numpy\.savez\(".*model\.npz", /m);
      }
    });
  }
  // biome-ignore format: a table
  const contents: [what: string, content: string | Uint8Array, message: RegExp][] = [
    ["a web page", "\n<!DOCTYPE html><html>403 Forbidden</html>", /is a web page/],
    ["an XML error", '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', /is a web page/],
    ["a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 12345\n", /Git LFS pointer.*git lfs pull/],
    ["nothing", "", /is empty/],
    ["gzip", gzipSync("abc"), /compressed by gzip; unpack it with: gunzip/],
    ["xz", "\xfd7zXZ\0", /compressed by xz/],
    ["PyTorch's zip", zipSync({ "archive/data.pkl": new Uint8Array(3) }), /is a PyTorch file.*\n {2}import numpy, torch/],
    ["PyTorch's old format", Uint8Array.from([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46]), /is a PyTorch file/],
    ["a pickle", Uint8Array.from([0x80, 4, 0x95]), /is a Python pickle/],
    ["HDF5", Buffer.from("\x89HDF\r\n\x1a\n", "latin1"), /is an HDF5 file/],
    ["text", "hello", /loadState: .*: decode(Npz|Npy|Safetensors): /],
  ];
  for (const [what, content, message] of contents) {
    it(`${what} under the name of a state dict`, async () => {
      for (const ending of [".npz", ".safetensors", ".npy"]) {
        const bytes = typeof content === "string" ? Buffer.from(content, "latin1") : content;
        const error = await loading(`w${ending}`, bytes);
        expect([error.name, error.message.includes(join(folder, `w${ending}`))]).to.deep.equal([
          "DataError",
          true,
        ]);
        expect(error.message).to.match(message);
      }
      await writeFile(join(folder, "run.safetensors"), content);
      const checkpoint = await rejection(
        new Checkpoint(join(folder, "run.safetensors"), { resume: true }).load(),
      );
      expect([checkpoint.name, checkpoint.message.includes(join(folder, "run.safetensors"))]).to.deep.equal([
        "DataError",
        true,
      ]);
    });
  }
  it("a file is not to be overwritten by its own conversion", async () => {
    expect((await loading("w.npz", Uint8Array.of(0x80, 4))).message).to.include('w-arrays.npz"');
  });
  it("one of our formats under another's name is read", async () => {
    const state = { w: random(1).normal(0, 1, [2, 3]) };
    for (const [name, bytes] of [
      ["a.npz", encodeSafetensors(state)],
      ["a.safetensors", encodeNpz(state)],
      ["w.npy", encodeNpz(state, { compress: true })],
    ] as const) {
      await writeFile(join(folder, name), bytes);
      expectEqualStates(await loadState(join(folder, name)), state);
    }
  });
  it("a .safetensors file whose header's length looks like another format", async () => {
    const state = { w: array([1, 2]) };
    const path = join(folder, "w.safetensors");
    // A pickle's \x80\x02 to \x80\x05, gzip's \x1f\x8b, bzip2's BZh, 7-zip's 7z.
    for (const length of [0x280, 0x380, 0x480, 0x580, 0x8b1f, 0x685a42, 0x7a37]) {
      const header = '{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}'.padEnd(length);
      const bytes = Buffer.alloc(8 + length + 16);
      bytes.writeBigUInt64LE(BigInt(length));
      bytes.write(header, 8);
      bytes.writeDoubleLE(1, 8 + length);
      bytes.writeDoubleLE(2, 16 + length);
      await writeFile(path, bytes);
      expectEqualStates(await loadState(path), state);
    }
  });
  it("a folder, and a file that is not there", async () => {
    await mkdir(join(folder, "w.npz"));
    const error = await rejection(loadState(join(folder, "w.npz")));
    expect([error.name, error.message]).to.deep.equal([
      "DataError",
      `loadState: ${join(folder, "w.npz")} is a folder; give the path of the file in it`,
    ]);
    const missing = await rejection(loadState(join(folder, "v.npz")));
    expect([missing.name, missing.message.slice(0, 29)]).to.deep.equal([
      "DataError",
      "loadState: there is no file /",
    ]);
  });
  it("a file larger than memory, in words", async () => {
    const path = join(folder, "w.npz");
    const file = await open(path, "w");
    try {
      await file.truncate(2 ** 43); // sparse
    } catch {
      return; // this file system holds less
    } finally {
      await file.close();
    }
    const error = await rejection(loadState(path));
    expect(error).to.be.instanceOf(RangeError);
    expect(error.message).to.include("w.npz: the file has 8796093022208 bytes, which do not fit");
  });
});

describe("training, what is not a state dict", () => {
  const model = new Linear(2, 1, { rng: random(1) });
  // biome-ignore format: a table
  const wrong: [what: string, state: unknown, message: string][] = [
    ["a list", { a: [1, 2] }, '"a" is [1, 2], expected an NDArray; make an array of it with np.array(…)'],
    ["a number", { a: 3 }, '"a" is 3, expected an NDArray; make an array of it'],
    ["null", { a: null }, '"a" is null, expected an NDArray'],
    ["undefined", { a: array(1), b: undefined }, '"b" is undefined, expected an NDArray'],
    ["a text", { a: "1" }, '"a" is "1", expected an NDArray'],
    ["a nested object", { a: { b: array(1) } }, '"a" is { b }, expected an NDArray; flatten nested objects'],
    ["a tensor", { a: tensor([1]) }, '"a" is a float64 Tensor of shape (1,), expected an NDArray'],
    ["a typed array", { a: new Float64Array(2) }, '"a" is a Float64Array, expected an NDArray'],
    ["a half of a character", { "\ud800": array(1) }, "is not well-formed Unicode"],
    ["a model", model, "state is a Linear, expected an object of NDArrays; pass its stateDict()"],
    ["an array", array([1]), "state is a float64 NDArray of shape (1,), expected an object of NDArrays"],
    ["a list of arrays", [array([1])], "state is a list of 1, expected an object of NDArrays"],
    ["a Map", new Map([["a", array(1)]]), "state is a Map, expected an object of NDArrays"],
    ["a promise", Promise.resolve({}), "state is a promise, expected an object"],
    ["nothing", undefined, "state is undefined, expected an object of NDArrays; for example model.stateDict()"],
    ["null instead of an object", null, "state is null, expected an object"],
  ];
  for (const [what, state, message] of wrong) {
    it(`${what}: a TypeError that says what was given, and nothing is written`, async () => {
      const folder = await mkdtemp(join(tmpdir(), "chalk-content-"));
      try {
        for (const ending of [".npz", ".safetensors", ".npy"]) {
          const error = await rejection(
            saveState(join(folder, `w${ending}`), state as Record<string, NDArray>),
          );
          expect(error).to.be.instanceOf(TypeError);
          expect(error.message)
            .to.match(/^saveState: /)
            .and.include(message);
        }
        expect(await readdir(folder)).to.deep.equal([]);
      } finally {
        await rm(folder, { recursive: true });
      }
      for (const encode of [encodeNpz, encodeSafetensors])
        expect(() => encode(state as Record<string, NDArray>)).to.throw(TypeError, message);
    });
  }
  it("metadata that is not text", () => {
    expect(() => encodeSafetensors({}, { epoch: 3 } as unknown as Record<string, string>)).to.throw(
      TypeError,
      'the metadata "epoch" is 3, expected text',
    );
  });
  it("a path that is not text", async () => {
    for (const path of [undefined, null, 3, {}, new URL("file:///w.npz")]) {
      for (const error of [
        await rejection(loadState(path as string)),
        await rejection(saveState(path as string, {})),
      ])
        expect([error.name, error.message]).to.match(
          /^TypeError,(load|save)State: path is .*, expected text; /,
        );
    }
  });
  it("bytes that are not bytes", () => {
    for (const decode of [decodeNpz, decodeSafetensors])
      for (const bytes of ["w.npz", [1], undefined, new ArrayBuffer(8), array([1])])
        expect(() => decode(bytes as unknown as Uint8Array)).to.throw(
          TypeError,
          /bytes is .*, expected a Uint8Array; /,
        );
  });
  it("options that do not exist or do not fit", async () => {
    const options = { compres: true } as object;
    expect(() => encodeNpz({}, options)).to.throw(TypeError, /encodeNpz: .*compres/);
    expect(() => decodeNpz(encodeNpz({}), options)).to.throw(TypeError, /decodeNpz: .*compres/);
    expect((await rejection(loadState("w.npz", options))).message).to.match(/loadState: .*compres/);
    expect(() => decodeNpz(encodeNpz({}), { maxBytes: -1 })).to.throw(RangeError, "maxBytes");
    for (const metadata of [null, "a", ["b"]])
      expect(() => encodeSafetensors({}, metadata as unknown as Record<string, string>)).to.throw(
        TypeError,
        "expected an object of texts",
      );
  });
});
