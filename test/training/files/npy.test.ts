import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { array, DataError, type NDArray, zeros } from "chalk-and-tape/np";
import { loadState, saveState } from "chalk-and-tape/training";
import { rejection } from "./rejection.ts";
import { expectEqualStates, fixture } from "./states.ts";

interface Answer {
  readonly name: string;
  /** In base64. */
  readonly file: string;
  /** NumPy's; null where it refuses the file. */
  readonly answer: { readonly dtype: string; readonly shape: number[]; readonly values: number[] } | null;
}

/** Our dtype for NumPy's, without its byte order. */
const dtypes: Readonly<Record<string, string>> = {
  f8: "float64",
  f4: "float32",
  f2: "float32",
  i8: "int32",
  i4: "int32",
  i2: "int32",
  i1: "int32",
  u8: "int32",
  u4: "int32",
  u2: "int32",
  u1: "uint8",
  b1: "uint8",
};

describe("training, .npy", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-npy-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const written = async (bytes: Uint8Array): Promise<string> => {
    const path = join(folder, "w.npy");
    await writeFile(path, bytes);
    return path;
  };

  it("header for header, what NumPy reads is read, and what it refuses is refused", async () => {
    const answers = JSON.parse(new TextDecoder().decode(fixture("npy-headers.json"))) as Answer[];
    expect(answers.filter(({ answer }) => answer)).to.have.length.above(150);
    expect(answers.filter(({ answer }) => !answer)).to.have.length.above(30);
    for (const { name, file, answer } of answers) {
      const path = await written(Buffer.from(file, "base64"));
      if (answer === null) {
        expect(await rejection(loadState(path)), name).to.be.instanceOf(DataError);
        continue;
      }
      const x = (await loadState(path)).w as NDArray;
      const seen = [x.dtype, x.shape, [...x.copy().flat()], x.isContiguous];
      const { dtype, shape, values } = answer;
      expect(seen, name).to.deep.equal([dtypes[dtype.slice(1)], shape, values, true]);
    }
  });
  it("one array is saved under any name, and comes back under the name of the file", async () => {
    for (const x of [array([[1, 2]]), array(3), zeros([0, 2]), array([7], { dtype: "int32" })]) {
      const path = join(folder, "layer1.weight.npy");
      await saveState(path, { anything: x });
      expectEqualStates(await loadState(path), { "layer1.weight": x });
    }
  });
  it("only one", async () => {
    const states: Record<string, NDArray>[] = [{}, { a: array(1), b: array(2) }];
    for (const state of states) {
      const error = await rejection(saveState(join(folder, "w.npy"), state));
      expect(error).to.be.instanceOf(RangeError);
      expect(error.message).to.match(/one array, got [02]; give the file the extension \.npz/);
    }
  });
  it("a header too long for version 1.0 is one of version 2.0", async () => {
    const path = join(folder, "w.npy");
    const x = array(5).reshape(Array(30_000).fill(1));
    await saveState(path, { w: x });
    expect([...(await readFile(path)).subarray(6, 8)]).to.deep.equal([2, 0]);
    expectEqualStates(await loadState(path), { w: x });
  });
  it("two arrays in one file, and any other length, are refused", async () => {
    const path = join(folder, "w.npy");
    await saveState(path, { w: array([1, 2]) });
    const one = await readFile(path);
    const twice = await rejection(loadState(await written(Buffer.concat([one, one]))));
    expect(twice.message).to.include(`${path}: decodeNpy: it holds several arrays, one after another`);
    for (let n = 0; n < one.length; n++)
      expect(await rejection(loadState(await written(one.subarray(0, n)))), `${n}`).to.be.instanceOf(
        DataError,
      );
    const longer = await rejection(loadState(await written(Buffer.concat([one, Buffer.of(0)]))));
    expect(longer.message).to.match(/<f8 of shape \(2,\) fills 16 bytes, found 17/);
  });
  it("a header that claims gigabytes, of itself or of the data, is refused without the memory", async () => {
    const claims = (shape: string): Buffer => {
      const header = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}}`;
      return Buffer.concat([
        Buffer.from("\x93NUMPY\x01\0", "latin1"),
        Buffer.of(header.length, 0),
        Buffer.from(header),
      ]);
    };
    for (const shape of ["(100000000000,)", "(9007199254740991, 9007199254740991)"])
      expect((await rejection(loadState(await written(claims(shape))))).message).to.match(
        /fills 800000000000 bytes, found 0|too large/,
      );
    const long = Buffer.from("\x93NUMPY\x02\0\xff\xff\xff\xff", "latin1");
    expect((await rejection(loadState(await written(long)))).message).to.match(
      /header is 4294967307 bytes long/,
    );
  });
});
