import { expect } from "chai";
import { arange, array, zeros } from "chalk-and-tape/np";
import fc from "fast-check";
import { decode, encode } from "#internal/homework";
import { seed } from "../np/seeded.ts";

/** A frame as it travels, without its first length. */
function sent(head: unknown, numbers: readonly number[] = []): Uint8Array {
  const text = new TextEncoder().encode(typeof head === "string" ? head : JSON.stringify(head));
  const bytes = new Uint8Array(4 + text.length + 8 * numbers.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(new Uint8Array(Float64Array.from(numbers).buffer), 4 + text.length);
  return bytes;
}

const head = (shapes: unknown): unknown => ({ kind: "values", text: "", shapes });

describe(`a frame between grader and submission, seed ${seed}`, () => {
  it("comes back as it was: words, shapes, and every float64 number", () => {
    const numbers = fc.array(fc.double(), { maxLength: 12 });
    fc.assert(
      fc.property(fc.string(), numbers, numbers, (text, x, y) => {
        const arrays = {
          x: array(Float64Array.from(x)),
          "a.b": array(Float64Array.from(y)).reshape([1, -1, 1]),
        };
        if (y.length === 0) return;
        const back = decode(encode({ kind: "ask", text, arrays }).subarray(4));
        expect([back.kind, back.text]).to.deep.equal(["ask", text]);
        expect(Object.keys(back.arrays)).to.deep.equal(["x", "a.b"]);
        expect(back.arrays.x?.flat()).to.deep.equal(Float64Array.from(x));
        expect(back.arrays["a.b"]?.flat()).to.deep.equal(Float64Array.from(y));
        expect(back.arrays["a.b"]?.shape).to.deep.equal([1, y.length, 1]);
      }),
      { seed },
    );
  });

  it("keeps −0, infinities, NaN, scalars and arrays without elements", () => {
    const values = Float64Array.of(-0, Infinity, -Infinity, Number.NaN, 5e-324);
    const { arrays } = decode(
      encode({
        kind: "k",
        text: "",
        arrays: { values: array(values), one: array(3), none: zeros([0, 4]) },
      }).subarray(4),
    );
    expect(arrays.values?.flat()).to.deep.equal(values);
    expect([arrays.one?.shape, arrays.one?.item(), arrays.none?.shape]).to.deep.equal([[], 3, [0, 4]]);
  });

  it("does not share memory with the bytes that came", () => {
    const bytes = encode({ kind: "k", text: "", arrays: { x: arange(3) } });
    const { arrays } = decode(bytes.subarray(4));
    bytes.fill(0);
    expect(arrays.x?.toArray()).to.deep.equal([0, 1, 2]);
  });

  for (const [what, bytes] of Object.entries({
    "no bytes": new Uint8Array(0),
    "a head longer than the frame": Uint8Array.of(255, 255, 255, 255, 1),
    "a head that is not JSON": sent("{"),
    "null as head": sent("null"),
    "a list as head": sent([]),
    "no shapes": sent({ kind: "values", text: "" }),
    "a kind that is a number": sent({ kind: 1, text: "", shapes: [] }),
    "a name that leaves the record": sent(head([["../x", [1]]]), [1]),
    "a negative length": sent(head([["x", [-1]]]), [1]),
    "a length of 1.5": sent(head([["x", [1.5]]]), [1]),
    "a length that is text": sent(head([["x", ["1"]]]), [1]),
    "nine axes": sent(head([["x", Array(9).fill(1)]]), [1]),
    "more numbers than it says": sent(head([["x", [1]]]), [1, 2]),
    "fewer numbers than it says": sent(head([["x", [3]]]), [1, 2]),
    "a size beyond every array": sent(head([["x", [2 ** 30, 2 ** 30]]]), [1]),
  }))
    it(`refuses ${what}`, () => {
      expect(() => decode(bytes)).to.throw(RangeError);
    });

  it("has names that no prototype knows", () => {
    const { arrays } = decode(sent(head([["__proto__", [1]]]), [7]));
    expect(Object.keys(arrays)).to.deep.equal(["__proto__"]);
    expect("toString" in arrays).to.equal(false);
  });
});
