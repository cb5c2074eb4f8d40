import { readFileSync } from "node:fs";
import { expect } from "chai";
import { array, DataError, type NDArray, random, zeros } from "chalk-and-tape/np";
import { decodeNpz, encodeNpz } from "chalk-and-tape/training";
import { expectEqualStates, fixture } from "./states.ts";

const grid = (f: (i: number) => number): number[][] => [[0, 1, 2].map(f), [3, 4, 5].map(f)];

describe("training, .npz", () => {
  for (const name of ["numpy.npz", "numpy-compressed.npz"]) {
    it(`${name}: NumPy's arrays of every element type, order and endianness`, () => {
      const state = decodeNpz(fixture(name));
      const seen = (key: string): unknown => {
        const x = state[key] as NDArray;
        return [x.dtype, x.toArray()];
      };
      const third = Math.fround;
      expect(seen("float64")).to.deep.equal(["float64", grid((i) => i / 7 - 0.3)]);
      expect(seen("float32")).to.deep.equal(["float32", grid((i) => third(i / 7 - 0.3))]);
      const smallest = 2 ** -24; // what 6e-8 is as a half
      expect(seen("float16")).to.deep.equal([
        "float32",
        [1.5, -2, smallest, 65504, Infinity, -Infinity, Number.NaN, -0],
      ]);
      expect(seen("int64")).to.deep.equal(["int32", [2 ** 31 - 1, -(2 ** 31), 7]]);
      for (const key of ["int32", "int16", "int8"])
        expect(seen(key), key).to.deep.equal(["int32", grid((i) => i - 3)]);
      for (const key of ["uint64", "uint32"]) expect(seen(key), key).to.deep.equal(["int32", grid((i) => i)]);
      expect(seen("uint16")).to.deep.equal(["int32", grid((i) => i + 65500)]);
      expect(seen("uint8")).to.deep.equal(["uint8", grid((i) => i + 250)]);
      expect(seen("bool")).to.deep.equal(["uint8", grid((i) => 1 - (i % 2))]);
      const box = Array.from({ length: 2 }, (_, i) =>
        Array.from({ length: 3 }, (_, j) => Array.from({ length: 4 }, (_, k) => 12 * i + 4 * j + k)),
      );
      expect(seen("fortran")).to.deep.equal(["float64", box]);
      expect((state.fortran as NDArray).isContiguous).to.equal(true);
      expect(seen("fortran64")).to.deep.equal(["int32", grid((i) => i)]);
      expect(seen("bigEndian")).to.deep.equal(["float64", grid((i) => i / 3)]);
      expect(seen("bigEndianFortran")).to.deep.equal(["int32", grid((i) => i)]);
      expect(seen("scalar")).to.deep.equal(["float64", 0.1]);
      expect((state.empty as NDArray).shape).to.deep.equal([0, 3]);
      expect(seen("vector")).to.deep.equal(["float64", [1]]);
      expect(seen("layer.num_batches_tracked")).to.deep.equal(["int32", 41]);
      expect(Object.keys(state)).to.have.length(20);
    });
  }

  for (const compress of [false, true]) {
    it(`what is written is read back to the last bit, ${compress ? "compressed" : "as it is"}`, () => {
      const rng = random(4);
      const state = {
        "layer1.weight": rng.normal(0, 1, [5, 7]),
        "layer1.bias": rng.normal(0, 1, [5], { dtype: "float32" }),
        "norm.num_batches_tracked": array(7, { dtype: "int32" }),
        labels: array([[1, -2]], { dtype: "int32" }),
        image: array([0, 255], { dtype: "uint8" }),
        special: array([Number.NaN, -0, Infinity, 5e-324]),
        view: rng.normal(0, 1, [3, 4]).T.slice([1, 3]),
        none: zeros([0, 2]),
        "a key/with ünicode": array(1),
      };
      expectEqualStates(decodeNpz(encodeNpz(state, { compress })), state);
    });
  }
  it("equal states give equal bytes", () => {
    const state = () => ({ w: random(1).normal(0, 1, [3]) });
    expect(encodeNpz(state())).to.deep.equal(encodeNpz(state()));
  });

  describe("refuses", () => {
    const good = encodeNpz({ w: array([[1, 2, 3]]), b: array([4]) });
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
    const edited = (from: string, to: string): Uint8Array => {
      expect(text(good)).to.include(from);
      expect(from.length).to.equal(to.length);
      return new Uint8Array(Buffer.from(text(good).replaceAll(from, to), "latin1"));
    };
    it("a file cut off anywhere", () => {
      for (let n = 0; n < good.length; n++)
        expect(() => decodeNpz(good.subarray(0, n)), `${n} bytes`).to.throw(DataError);
    });
    it("a bit that tipped over in the data of an array", () => {
      const at = text(good).indexOf("\n") + 3;
      for (const bit of [1, 16, 128]) {
        const bad = good.slice();
        bad[at] = (bad[at] as number) ^ bit;
        expect(() => decodeNpz(bad)).to.throw(DataError, /checksum of w\.npy/);
      }
    });
    it("two arrays of one name", () => {
      expect(() => decodeNpz(edited("b.npy", "w.npy"))).to.throw(DataError, /w\.npy appears twice/);
    });
    it("a zip that claims more than its bytes can hold, before it takes the memory", () => {
      const bad = good.slice();
      const view = new DataView(bad.buffer);
      const at = text(good).indexOf(entry);
      for (const [method, size] of [
        [8, 22], // in front of the file
        [at + 10, at + 24], // in the directory
      ] as const) {
        view.setUint16(method, 8, true); // deflated
        view.setUint32(size, 0xfffffff0, true); // to 4 GB
      }
      expect(() => decodeNpz(bad)).to.throw(
        DataError,
        /unpack to 4294967\d+, more than the 67108864 allowed/,
      );
    });
    it("what is no zip", () => {
      expect(() => decodeNpz(new Uint8Array(100))).to.throw(DataError, /not a zip/);
    });
    // biome-ignore format: a table
    const headers: [what: string, from: string, to: string, message: RegExp][] = [
      ["pickled objects", "'<f8'", "'|O8'", /elements are '\|O8'; known types are f8/],
      ["complex numbers", "'<f8'", "'<c8'", /'<c8'/],
      ["another version", "NUMPY\x01", "NUMPY\x07", /version 7/],
      ["no .npy", "\x93NUMPY", "\x93NUMPI", /does not begin/],
      ["an order that is neither", "False", "Maybe", /not a plain array/],
      ["more elements than bytes", "(1, 3)", "(9, 3)", /fills 216 bytes, found 24/],
      ["fewer elements than bytes", "(1, 3)", "(1, 1)", /fills 8 bytes, found 24/],
      ["a negative length", "(1, 3)", "(1,-3)", /not a plain array/],
    ];
    for (const [what, from, to, message] of headers) {
      it(what, () => {
        const bad = edited(from, to);
        const fixed = withRightChecksums(bad);
        expect(() => decodeNpz(fixed)).to.throw(DataError, message);
      });
    }
    it("an int64 that no int32 can hold, by its place", () => {
      const wide = edited("'<f8'", "'<i8'"); // 1.0 as an int64 is 2⁶² − 2⁵²
      expect(() => decodeNpz(withRightChecksums(wide))).to.throw(
        DataError,
        /w\.npy: element 0 is 46071824188000/,
      );
    });
  });
});

/** What an entry of a zip's directory begins with. */
const entry = "PK\x01\x02";

/** The same zip with the checksums that its files have now, and without a comment. */
function withRightChecksums(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const latin1 = Buffer.from(bytes).toString("latin1");
  for (let at = latin1.indexOf(entry); at >= 0; at = latin1.indexOf(entry, at + 1)) {
    const [size, start] = [view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    const data = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    const checksum = crc(bytes.subarray(data, data + size));
    view.setUint32(at + 16, checksum, true);
    view.setUint32(start + 14, checksum, true);
  }
  const end = latin1.lastIndexOf("PK\x05\x06");
  view.setUint16(end + 20, 0, true);
  return bytes.subarray(0, end + 22);
}

/** CRC-32 bit by bit, without a table. */
function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}

describe("training, .npz: the checksums themselves", () => {
  it("are NumPy's", () => {
    const bytes = readFileSync(new URL("../../../../test/fixtures/state/numpy.npz", import.meta.url));
    const before = new Uint8Array(bytes);
    expect(withRightChecksums(before.slice())).to.deep.equal(before);
  });
});
