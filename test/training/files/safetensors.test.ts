import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, DataError, type NDArray, random, zeros } from "chalk-and-tape/np";
import { decodeSafetensors, encodeSafetensors } from "chalk-and-tape/training";
import { expectEqualStates, fixture } from "./states.ts";

/** A file with this header and so many bytes of data. */
function file(header: string | Uint8Array, dataBytes: number = 0, length?: bigint): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const f64 = (shape: string, begin: number, end: number, dtype = "F64"): string =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

/** Every array of a file: its name, element type, shape and bytes. */
function entries(bytes: Uint8Array): Record<string, unknown> {
  const dataAt = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const { __metadata__: _, ...arrays } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, dataAt)));
  const seen = Object.entries(arrays as Record<string, { data_offsets: [number, number] }>).map(
    ([
      name,
      {
        data_offsets: [begin, end],
        ...rest
      },
    ]) => [name, [rest, [...bytes.subarray(dataAt + begin, dataAt + end)]]],
  );
  return Object.fromEntries(seen);
}

describe("training, .safetensors", () => {
  const answers = JSON.parse(new TextDecoder().decode(fixture("torch.json"))) as {
    x: number[][];
    logits: number[][];
    normLogits: number[][];
  };
  const sides = { chalk: manual, tape: autograd };
  for (const [name, side] of Object.entries(sides)) {
    it(`${name}: a model that PyTorch wrote gives PyTorch's logits`, () => {
      const model = new side.MlpClassifier({ rng: random(1) });
      const { state, metadata } = decodeSafetensors(fixture("torch.safetensors"));
      expect(metadata).to.deep.equal({ format: "pt" });
      model.loadStateDict(state);
      const y =
        side === manual
          ? (model as manual.MlpClassifier).forward(array(answers.x))
          : (model as autograd.MlpClassifier).forward(autograd.tensor(answers.x)).data;
      expect(y.sub(array(answers.logits)).max().item()).to.be.within(-1e-12, 1e-12);
      expect(y.sub(array(answers.logits)).min().item()).to.be.within(-1e-12, 1e-12);
    });
  }
  it("batch normalisation: running statistics and the count of batches come from PyTorch, and go back as it had them", () => {
    const bytes = fixture("torch-norm.safetensors");
    const { state } = decodeSafetensors(bytes);
    expect([state["1.num_batches_tracked"]?.dtype, state["1.num_batches_tracked"]?.item()]).to.deep.equal([
      "int32",
      2,
    ]);
    const rng = random(1);
    const chalk = new manual.Sequential(
      new manual.Linear(2, 4, { rng }),
      new manual.BatchNorm1d(4),
      new manual.ReLU(),
      new manual.Linear(4, 3, { rng }),
    );
    const tape = new autograd.Sequential(
      new autograd.Linear(2, 4, { rng }),
      new autograd.BatchNorm1d(4),
      new autograd.ReLU(),
      new autograd.Linear(4, 3, { rng }),
    );
    for (const model of [chalk, tape]) {
      model.loadStateDict(state);
      model.eval();
      const y =
        model === chalk ? chalk.forward(array(answers.x)) : tape.forward(autograd.tensor(answers.x)).data;
      const off = y.sub(array(answers.normLogits));
      expect(off.mul(off).max().item()).to.be.below(1e-24);
      // The same entries, though perhaps in another order.
      const [ours, theirs] = [entries(encodeSafetensors(model.stateDict())), entries(bytes)];
      expect(ours).to.deep.equal(theirs);
    }
  });
  it("PyTorch's element types, halves and booleans too; num_batches_tracked comes back as int32", () => {
    const { state } = decodeSafetensors(fixture("torch-types.safetensors"));
    const seen = Object.fromEntries(Object.entries(state).map(([key, x]) => [key, [x.dtype, x.toArray()]]));
    expect(seen).to.deep.equal({
      half: ["float32", [1.5, -2, 2 ** -24, Infinity]],
      brain: ["float32", [1 + 2 ** -7, -2, 2 ** 100]],
      "norm.num_batches_tracked": ["int32", 41],
      mask: ["uint8", [[1, 0]]],
      bytes: ["uint8", [0, 255]],
      single: ["float32", [Math.fround(0.1), -0]],
      short: ["int32", [-3, 4]],
      none: ["float32", []],
      scalar: ["float64", 0.25],
    });
  });
  it("what is written is read back to the last bit, metadata too, from any place in memory", () => {
    const rng = random(4);
    const state = {
      image: array([0, 255, 3], { dtype: "uint8" }),
      bias: rng.normal(0, 1, [5], { dtype: "float32" }),
      "norm.num_batches_tracked": array(7, { dtype: "int32" }),
      num_batches_tracked: array(-9, { dtype: "int32" }),
      weight: rng.normal(0, 1, [5, 7]).T,
      special: array([Number.NaN, -0, Infinity, 5e-324]),
      none: zeros([0, 2]),
      __proto: array(1),
      'a "key" with ünicode': array([2]),
    };
    const metadata = { format: "pt", 'quo"te': "{\n}" };
    const bytes = encodeSafetensors(state, metadata);
    for (const shift of [0, 1, 3]) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      const read = decodeSafetensors(moved.subarray(shift));
      expectEqualStates(read.state, state);
      expect(read.metadata).to.deep.equal(metadata);
    }
    expectEqualStates(decodeSafetensors(encodeSafetensors({})).state, {});
  });
  it("every array is aligned to its elements, and the counter of batches is an int64 in the file", () => {
    const state = { a: array([1], { dtype: "uint8" }), b: array([1, 2]), c: array(3, { dtype: "int32" }), "n.num_batches_tracked": array(3, { dtype: "int32" }) }; // biome-ignore format: a table
    const bytes = encodeSafetensors(state);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(length % 8).to.equal(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Record<
      string,
      { dtype: string; data_offsets: number[] }
    >;
    const sizes: Record<string, number> = { U8: 1, F64: 8, I32: 4, I64: 8 };
    delete header.__metadata__;
    for (const { dtype, data_offsets } of Object.values(header))
      expect((data_offsets[0] as number) % (sizes[dtype] as number)).to.equal(0);
    expect(Object.fromEntries(Object.entries(header).map(([key, { dtype }]) => [key, dtype]))).to.deep.equal({ a: "U8", b: "F64", c: "I32", "n.num_batches_tracked": "I64" }); // biome-ignore format: a table
  });
  it("a key may be __proto__ or toString, and a state dict with such a key does not fit a model", () => {
    const { state } = decodeSafetensors(
      file(`{"__proto__":${f64("[1]", 0, 8)},"toString":${f64("[]", 8, 16)}}`, 16),
    );
    expect(Object.keys(state)).to.deep.equal(["__proto__", "toString"]);
    expect(Object.getPrototypeOf(state)).to.equal(Object.prototype);
    const model = new manual.ReLU();
    expect(() => model.loadStateDict(state)).to.throw(
      RangeError,
      "__proto__ is unknown here; toString is unknown here",
    );
  });
  it("__metadata__ is no name for an array", () => {
    expect(() => encodeSafetensors({ __metadata__: array(1) })).to.throw(RangeError, /rename/);
  });

  describe("refuses", () => {
    const good = file(`{"a":${f64("[1]", 0, 8)}}`, 8);
    it("nothing that is right", () => {
      expect((decodeSafetensors(good).state.a as NDArray).shape).to.deep.equal([1]);
      expect(decodeSafetensors(file(`{"a":${f64("[1]", 0, 8)}}   `, 8)).state).to.have.keys("a");
    });
    it("a file cut off anywhere, or with a byte too many", () => {
      for (let n = 0; n < good.length; n++)
        expect(() => decodeSafetensors(good.subarray(0, n)), `${n} bytes`).to.throw(DataError);
      expect(() => decodeSafetensors(file(`{"a":${f64("[1]", 0, 8)}}`, 9))).to.throw(
        DataError,
        /describes 8 bytes of data, but the file has 9/,
      );
    });
    const ok = f64("[1]", 0, 8);
    // biome-ignore format: a table
    const hostile: [what: string, bytes: Uint8Array, message: RegExp][] = [
      ["a header of 2⁶⁴ − 1 bytes", file("{}", 0, 2n ** 64n - 1n), /18446744073709551615 bytes long, at most/],
      ["a header longer than allowed", file("{}", 0, 100_000_001n), /at most 100000000/],
      ["a header longer than the file", file("{}", 0, 3n), /only 2 follow/],
      ["a header that is no object", file("[]"), /does not begin with \{/],
      ["a header that is no JSON", file("{a}"), /not JSON/],
      ["a header that is no UTF-8", file(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)), /not JSON in UTF-8/],
      ["a name twice", file(`{"a":${ok},"a":${ok}}`, 8), /"a" twice/],
      ["a name twice, once escaped", file(`{"a":${ok},"\\u0061":${ok}}`, 8), /"a" twice/],
      ["a key twice within an array", file(`{"a":{"dtype":"F64","shape":[1],"shape":[1],"data_offsets":[0,8]}}`, 8), /"shape" twice/],
      ["metadata twice", file(`{"__metadata__":{},"__metadata__":{"a":"b"}}`), /"__metadata__" twice/],
      ["metadata of numbers", file(`{"__metadata__":{"epoch":3}}`), /__metadata__ is not/],
      ["metadata in a list", file(`{"__metadata__":["a"]}`), /__metadata__ is not/],
      ["overlapping arrays", file(`{"a":${f64("[2]", 0, 16)},"b":${f64("[1]", 8, 16)}}`, 16), /"b" begins at byte 8 of the data, inside/],
      ["two arrays on one place", file(`{"a":${ok},"b":${ok}}`, 8), /inside the previous array/],
      ["a gap", file(`{"a":${ok},"b":${f64("[1]", 16, 24)}}`, 24), /after a gap/],
      ["data before the first array", file(`{"a":${f64("[1]", 8, 16)}}`, 16), /after a gap/],
      ["offsets beyond the file", file(`{"a":${f64("[2]", 0, 16)}}`, 8), /describes 16 bytes of data, but the file has 8/],
      ["offsets that run backwards", file(`{"a":${f64("[1]", 8, 0)}}`, 8), /fills 8 bytes/],
      ["negative offsets", file(`{"a":${f64("[1]", -8, 0)}}`, 8), /two whole numbers/],
      ["fractional offsets", file(`{"a":${f64("[1]", 0.5, 8.5)}}`, 8), /two whole numbers/],
      ["three offsets", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8,8]}}`, 8), /two whole numbers/],
      ["a shape that overflows", file(`{"a":${f64("[4294967296,4294967296]", 0, 8)}}`, 8), /fills 147573952589676410000 bytes/],
      ["a negative shape", file(`{"a":${f64("[-1,-1]", 0, 8)}}`, 8), /whole numbers >= 0/],
      ["a shape that is a number", file(`{"a":${f64("1", 0, 8)}}`, 8), /whole numbers >= 0/],
      ["another number of elements", file(`{"a":${f64("[2]", 0, 8)}}`, 8), /fills 16 bytes/],
      ["an unknown element type", file(`{"a":${f64("[1]", 0, 8, "F8_E4M3")}}`, 8), /dtype "F8_E4M3"/],
      ["no element type", file(`{"a":{"shape":[1],"data_offsets":[0,8]}}`, 8), /dtype undefined/],
      ["an unknown key", file(`{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8],"code":"x"}}`, 8), /unknown key "code"/],
      ["null for an array", file(`{"a":null}`), /dtype undefined/],
    ];
    for (const [what, bytes, message] of hostile)
      it(what, () => expect(() => decodeSafetensors(bytes)).to.throw(DataError, message));
    it("an int64 that no int32 can hold", () => {
      const bytes = file(`{"a":${f64("[1]", 0, 8, "I64")}}`, 8);
      new DataView(bytes.buffer).setBigInt64(bytes.length - 8, 2n ** 31n, true);
      expect(() => decodeSafetensors(bytes)).to.throw(DataError, /"a": element 0 is 2147483648/);
    });
  });
});
