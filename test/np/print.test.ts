import { inspect } from "node:util";
import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import fc from "fast-check";
import { printCases } from "./print-cases.ts";

const defaults = np.getPrintOptions();
/** The text without its first line, which gives dtype and shape. */
const body = (x: np.NDArray): string => String(x).split("\n").slice(1).join("\n");

describe("np, printing arrays", () => {
  afterEach(() => np.setPrintOptions(defaults));

  it("the text is NumPy's array2string with commas, to the byte", () => {
    for (const { x, options, numpy, title } of printCases) {
      np.setPrintOptions({ ...defaults, ...options });
      expect(body(x), title).to.equal(numpy);
    }
    expect(printCases.length).to.be.greaterThan(300);
  });

  it("views print like copies", () => {
    const x = np.arange(24).reshape(4, 6).div(7);
    for (const view of [x.T, x.slice([1, 3], [null, null, 2]), x.slice(2), x.slice(0, 0).broadcastTo([2, 3])])
      expect(String(view)).to.equal(String(view.copy()));
  });

  it("the first line gives dtype and shape", () => {
    expect(String(np.array([[1, -0.5]]))).to.equal("NDArray float64 (1, 2)\n[[ 1. , -0.5]]");
    expect(String(np.array(3, { dtype: "int32" }))).to.equal("NDArray int32 ()\n3");
    expect(String(np.zeros([0, 3]))).to.equal("NDArray float64 (0, 3)\n[]");
  });

  it("ten logits are shown whole", () => {
    const logits = np.random(1).normal(0, 3, [10]);
    expect(body(logits).match(/\d\.\d+/g)).to.have.length(10);
  });

  it("with precision null, the numbers read back are the same", () => {
    np.setPrintOptions({ precision: null });
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 8 }), (list) => {
        const read = body(np.array(list)).match(/[-+.\de]+/g);
        expect(read?.map(Number)).to.deep.equal(list);
      }),
    );
  });

  it("options change one by one, and getPrintOptions gives a copy", () => {
    np.setPrintOptions({ precision: 2 });
    np.setPrintOptions({ threshold: 4, edgeItems: 1 });
    expect(body(np.array([1 / 3, 2, 3, 4, 5]))).to.equal("[0.33, ..., 5.  ]");
    expect(np.getPrintOptions()).to.deep.equal({ ...defaults, precision: 2, threshold: 4, edgeItems: 1 });
    Object.assign(np.getPrintOptions(), { precision: 9 });
    expect(np.getPrintOptions().precision).to.equal(2);
    np.setPrintOptions({ threshold: Number.POSITIVE_INFINITY });
    expect(body(np.zeros([1001]))).to.not.include("...");
    expect(() => np.setPrintOptions({ precision: -1 })).to.throw(
      RangeError,
      "setPrintOptions: precision is -1",
    );
  });

  it("console.log and a notebook print the text, inside objects too", () => {
    const x = np.array([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    expect(inspect(x)).to.equal(String(x));
    expect(inspect({ x })).to.include("NDArray float64 (2, 2)");
  });
});

describe("np, arrays among JavaScript's values", () => {
  const a = np.array([[1, 2], [3, 4]]); // biome-ignore format: a matrix
  const unchecked = a as unknown as number;

  it("a template prints an array", () => {
    expect(`${np.array([1, 2])}`).to.equal("NDArray float64 (2,)\n[1., 2.]");
    expect([np.array(1), "x"].join(" ")).to.equal("NDArray float64 ()\n1. x");
  });
  it("JSON holds the numbers, and np.array reads them back", () => {
    expect(JSON.stringify({ a, b: np.array(3) })).to.equal('{"a":[[1,2],[3,4]],"b":3}');
    expect(JSON.stringify(np.array([1, Number.NaN]))).to.equal("[1,null]");
    expect(np.array(JSON.parse(JSON.stringify(a))).toArray()).to.deep.equal(a.toArray());
  });
  for (const [name, use] of Object.entries({
    "a * 2": () => unchecked * 2,
    "a + a": () => unchecked + unchecked,
    "a + text": () => unchecked + String(),
    "a > 0": () => unchecked > 0,
    "-a": () => -unchecked,
    "+a": () => +unchecked,
    "Math.max(a)": () => Math.max(unchecked),
    "+ of one element": () => +(np.array([5]) as unknown as number),
  }))
    it(`${name} is refused, with what to write`, () =>
      expect(use)
        .to.throw(TypeError)
        .with.property("message")
        .that.matches(/a\.mul\(2\).*`\$\{a\}`.*a\.item\(\)/s));
});
