import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateRawSync } from "node:zlib";
import { expect } from "chai";
import { array, DataError, type NDArray, random, zeros } from "chalk-and-tape/np";
import { decodeNpz, encodeNpz } from "chalk-and-tape/training";
import { type Zippable, zipSync } from "fflate";
import { zipRecords } from "#internal/training";

/** A state of this many arrays, each with its number. */
function numbered(count: number): Record<string, NDArray> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, array(i, { dtype: "int32" })]));
}

/** The .npy file of an array, out of an .npz. */
function npy(x: NDArray): Uint8Array {
  const bytes = encodeNpz({ w: x });
  const start = Buffer.from(bytes).indexOf("\x93NUMPY", "latin1");
  return bytes.subarray(start, start + new DataView(bytes.buffer).getUint32(22, true));
}

describe("training, .npz: how many and how large", function () {
  this.timeout(60_000);
  it("70,000 arrays: all of them", () => {
    const count = 70_000;
    const bytes = encodeNpz(numbered(count));
    const state = decodeNpz(bytes);
    expect(Object.keys(state)).to.have.length(count);
    for (const i of [0, 4463, count - 1]) expect(state[`k${i}`]?.item(), `${i}`).to.equal(i);
    const buffer = Buffer.from(bytes);
    const end = buffer.lastIndexOf("PK\x05\x06", undefined, "latin1");
    expect(buffer.readUInt16LE(end + 10)).to.equal(65_535); // look into the zip64 record
    expect(buffer.toString("latin1", end - 76, end - 72)).to.equal("PK\x06\x06");
    expect(buffer.readBigUInt64LE(end - 76 + 32)).to.equal(BigInt(count));
  });
  it("a zip whose count ran over, as other programs write it, is refused, not cut", () => {
    const one = npy(array(1));
    const files = Object.fromEntries(Array.from({ length: 66_000 }, (_, i) => [`k${i}.npy`, one]));
    expect(() => decodeNpz(zipSync(files as Zippable, { level: 0 }))).to.throw(
      DataError,
      "says that it has 464 files, but its directory lists 66000",
    );
  });
  it("a name of 65,535 bytes is the longest", () => {
    const longest = `${"ü".repeat(32_765)}x`; // and .npy
    expect(Object.keys(decodeNpz(encodeNpz({ [longest]: array(1) })))).to.deep.equal([longest]);
    expect(() => encodeNpz({ [`${longest}x`]: array(1) })).to.throw(RangeError, "a name has 65536 bytes");
  });
  it("a state larger than memory is refused in words, by both formats", () => {
    const huge = zeros([1]).broadcastTo([2 ** 32]);
    expect(() => encodeNpz({ huge })).to.throw(
      RangeError,
      /^encodeNpz: .* split the state into several files/,
    );
  });

  it("sizes and places beyond 4 GB stand in the zip64 field", () => {
    const record = {
      nameBytes: new TextEncoder().encode("a"),
      method: 0,
      checksum: 1,
      packedBytes: 5e9,
      size: 6e9,
    };
    const hex = (n: number): string => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(n));
      return bytes.toString("hex");
    };
    const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
    const local = text(zipRecords.localHeader(record));
    expect(local).to.equal(
      `504b03042d0000000000000021000100000${"0"}ffffffffffffffff0100140061` +
        `01001000${hex(6e9)}${hex(5e9)}`,
    );
    const directory = text(zipRecords.directoryRecord(record, 7e9));
    expect(directory.slice(-2 * 29)).to.equal(`6101001800${hex(6e9)}${hex(5e9)}${hex(7e9)}`);
    expect(
      text(zipRecords.directoryRecord({ ...record, size: 9, packedBytes: 9 }, 7e9)).slice(-2 * 13),
    ).to.equal(`6101000800${hex(7e9)}`);
    const end = text(zipRecords.endRecords({ count: 1, directoryBytes: 46, directoryAt: 7e9 }, 0));
    expect(end).to.include(`${hex(1)}${hex(1)}${hex(46)}${hex(7e9)}504b0607`);
    for (const [count, length] of [
      [65_534, 22],
      [65_535, 98], // all ones mean: look into the zip64 record
    ] as const)
      expect(zipRecords.endRecords({ count, directoryBytes: 1, directoryAt: 1 }, 0)).to.have.length(length);
    expect(end).to.include(`504b060700000000${hex(7e9 + 46)}01000000504b0506`);
  });
});

describe("training, .npz: what unpacks to more than it should", () => {
  /** A zip with one deflated file; the zip says that it has `size` bytes. */
  function bomb(content: Uint8Array, size: number): Uint8Array {
    const bytes = zipSync({ "w.npy": deflateRawSync(content) }, { level: 0 });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const at = Buffer.from(bytes).lastIndexOf("PK\x01\x02", undefined, "latin1");
    for (const method of [8, at + 10]) view.setUint16(method, 8, true);
    for (const checksumAt of [14, at + 16]) view.setUint32(checksumAt, crc32(content), true);
    for (const sizeAt of [22, at + 24]) view.setUint32(sizeAt, size, true);
    return bytes;
  }
  const mega = 2 ** 20;
  const three = npy(array([1, 2, 3]));
  const padded = (bytes: Uint8Array, length: number): Uint8Array => {
    const out = new Uint8Array(length);
    out.set(bytes);
    return out;
  };

  it("a file whose zip admits it: by the sum of its sizes", () => {
    const content = npy(zeros([9 * mega]));
    const zeros9 = bomb(content, content.length);
    expect(zeros9.length).to.be.below(mega / 10);
    expect(() => decodeNpz(zeros9)).to.throw(
      DataError,
      `${zeros9.length} bytes unpack to ${72 * mega + 128}, more than the ${64 * mega} allowed; if you trust the file, pass { maxBytes: ${72 * mega + 128} }`,
    );
    expect(decodeNpz(zeros9, { maxBytes: 72 * mega + 128 }).w?.size).to.equal(9 * mega);
    expect(() => decodeNpz(zeros9, { maxBytes: 72 * mega + 127 })).to.throw(DataError, "allowed");
  });
  it("a file whose zip says less: as soon as it goes on after that", () => {
    const lies = bomb(padded(three, 20 * mega), three.length);
    expect(() => decodeNpz(lies)).to.throw(DataError, `w.npy has more than the ${three.length} bytes`);
  });
  it("a file whose zip says as much, but whose .npy header says less", () => {
    const lies = bomb(padded(three, 20 * mega), 20 * mega);
    expect(() => decodeNpz(lies)).to.throw(DataError, /<f8 of shape \(3,\) fills 24 bytes, found 2097/);
  });
  it("a file that is no array", () => {
    const lies = bomb(new Uint8Array(20 * mega), 20 * mega);
    expect(() => decodeNpz(lies)).to.throw(DataError, "does not begin as an .npy file does");
  });
  it("a file that unpacks to less than the zip says", () => {
    const whole = npy(zeros([mega]));
    const lies = bomb(whole.subarray(0, mega), whole.length);
    expect(() => decodeNpz(lies)).to.throw(DataError, `w.npy has ${mega} bytes, not the ${whole.length}`);
  });
  it("files that share their bytes", () => {
    const one = zipSync({ "a.npy": three, "b.npy": three }, { level: 0 });
    const at = Buffer.from(one).lastIndexOf("PK\x01\x02", undefined, "latin1");
    const view = new DataView(one.buffer, one.byteOffset);
    view.setUint32(at + 42, 0, true); // b is where a is
    one[at + 46] = "a".charCodeAt(0) + 1;
    expect(() => decodeNpz(one)).to.throw(DataError, "the header of b.npy does not match");
  });
  it("none of them takes memory", async () => {
    const folder = await mkdtemp(join(tmpdir(), "chalk-bomb-"));
    try {
      const all = [
        bomb(padded(npy(zeros([mega])).subarray(0, 128), 200 * mega), 200 * mega),
        bomb(padded(three, 200 * mega), three.length),
      ];
      for (const [i, bytes] of all.entries()) await writeFile(join(folder, `${i}.npz`), bytes);
      const program = `
        import { readFileSync } from "node:fs";
        import { decodeNpz } from "chalk-and-tape/training";
        const read = (name) => decodeNpz(new Uint8Array(readFileSync(${JSON.stringify(folder)} + "/" + name)));
        const before = process.resourceUsage().maxRSS;
        let refused = 0;
        for (const name of ["0.npz", "1.npz"]) try { read(name); } catch (error) { refused += error.name === "DataError"; }
        console.log(JSON.stringify([refused, process.resourceUsage().maxRSS - before]));`;
      const cwd = fileURLToPath(new URL("../../../../", import.meta.url));
      const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
        cwd,
        encoding: "utf8",
      });
      const [refused, kilobytes] = JSON.parse(stdout) as [number, number];
      expect(refused).to.equal(2);
      expect(kilobytes).to.be.below(100_000); // of 200 MB each
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("training, .npz: zips of other programs", () => {
  const state = { w: random(1).normal(0, 1, [3, 4]) };
  const w = npy(state.w);
  it("folders in it are not arrays", () => {
    expect(Object.keys(decodeNpz(zipSync({ "a/": new Uint8Array(0), "a/w.npy": w })))).to.deep.equal(["a/w"]);
  });
  it("a comment in it is no checksum, even one as long", () => {
    const bytes = zipSync({ "w.npy": w });
    for (const comment of ["hello", "x".repeat(29), "chalk"]) {
      const longer = Buffer.concat([bytes, Buffer.from(comment)]);
      longer.writeUInt16LE(comment.length, bytes.length - 2);
      expect(Object.keys(decodeNpz(longer))).to.deep.equal(["w"]);
    }
  });
  it("w and w.npy are one name", () => {
    expect(() => decodeNpz(zipSync({ w, "w.npy": w }))).to.throw(
      DataError,
      "w is there with and without .npy",
    );
  });
  it("encrypted, or packed by another method", () => {
    const changed = (at: number, value: number): Uint8Array => {
      const bytes = zipSync({ "w.npy": w }, { level: 0 });
      bytes[at + 6] = value;
      bytes[Buffer.from(bytes).indexOf("PK\x01\x02", "latin1") + 8 + at] = value;
      return bytes;
    };
    expect(() => decodeNpz(changed(0, 1))).to.throw(DataError, "w.npy is encrypted");
    expect(() => decodeNpz(changed(2, 14))).to.throw(DataError, "w.npy is compressed by method 14");
  });
});
