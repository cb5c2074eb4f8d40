import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { NDArray } from "chalk-and-tape/np";
import { promote } from "#internal/np";
import { dtypes } from "./plain.ts";

describe("np, making arrays", () => {
  it("booleans make a mask, uint8; with numbers among them, or another dtype, they are numbers", () => {
    const dtypes = [[true, false], [[true], [false]], [true, 0], []].map(
      (list) => np.array(list as np.Nested).dtype,
    );
    expect(dtypes).to.deep.equal(["uint8", "uint8", "float64", "float64"]);
    expect(np.array([true, false], { dtype: "float64" }).dtype).to.equal("float64");
    expect(np.array([true, false]).toArray()).to.deep.equal([1, 0]);
  });

  it("array: nested numbers, booleans, empty lists, scalars; float64 unless said otherwise", () => {
    const made = (nested: np.Nested): unknown[] => [np.array(nested).shape, np.array(nested).toArray()];
    expect(made([[1, 2], [3, 4]])).to.deep.equal([[2, 2], [[1, 2], [3, 4]]]); // biome-ignore format: matrices
    expect(made([[[1]], [[2]]])).to.deep.equal([[2, 1, 1], [[[1]], [[2]]]]); // biome-ignore format: cubes
    expect(made([true, false])).to.deep.equal([[2], [1, 0]]);
    expect(made([])).to.deep.equal([[0], []]);
    expect(made([[], []])).to.deep.equal([[2, 0], [[], []]]); // biome-ignore format: two rows
    expect(made(5)).to.deep.equal([[], 5]);
    expect(np.array([1]).dtype).to.equal("float64");
    for (const dtype of dtypes) {
      const x = np.array([[1, 2]], { dtype });
      expect([x.dtype, x.shape, x.toArray()]).to.deep.equal([dtype, [1, 2], [[1, 2]]]);
      for (const f of [np.zeros, np.ones]) expect(f([2], { dtype }).dtype).to.equal(dtype);
      expect(np.eye(2, { dtype }).toArray()).to.deep.equal([[1, 0], [0, 1]]); // biome-ignore format: a matrix
      expect(np.arange(3, undefined, 1, { dtype }).dtype).to.equal(dtype);
      expect(np.linspace(0, 2, 3, { dtype }).dtype).to.equal(dtype);
    }
  });

  it("array of an array or of memory is a copy; NDArray.from shares", () => {
    const memory = new Float32Array([1, 2]);
    const [copy, shared] = [np.array(memory), NDArray.from(memory)];
    const second = np.array(shared);
    const wide = np.array(shared, { dtype: "float64" });
    memory[0] = 9;
    expect([copy.toArray(), second.toArray(), shared.toArray()]).to.deep.equal([[1, 2], [1, 2], [9, 2]]); // biome-ignore format: three
    expect([copy.dtype, second.dtype, wide.dtype]).to.deep.equal(["float32", "float32", "float64"]);
  });

  it("oneHot: int32 rows with a single 1, whatever the shape and dtype of the indices", () => {
    const x = np.oneHot(np.array([[2], [0]], { dtype: "uint8" }), 3);
    expect([x.shape, x.dtype]).to.deep.equal([[2, 1, 3], "int32"]);
    expect(x.toArray()).to.deep.equal([[[0, 0, 1]], [[1, 0, 0]]]);
    expect(
      np.oneHot(np.array([1, 0]).slice([null, null, -1]), 2, { dtype: "float32" }).toArray(),
    ).to.deep.equal([
      [1, 0],
      [0, 1],
    ]);
  });

  it("promote: symmetric, and a dtype that holds both exactly", () => {
    const table = dtypes.map((a) => dtypes.map((b) => promote(a, b)));
    expect(table).to.deep.equal([
      ["float64", "float64", "float64", "float64"],
      ["float64", "float32", "float64", "float32"],
      ["float64", "float64", "int32", "int32"],
      ["float64", "float32", "int32", "uint8"],
    ]);
  });

  it("float to integer cuts towards zero; NaN and Infinity, which NumPy leaves open, give 0", () => {
    const x = np.array([2.9, -2.9, -0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32 + 5]);
    expect(x.astype("int32").toArray()).to.deep.equal([2, -2, 0, 0, 0, 5]);
    expect(x.astype("float64")).to.equal(x);
  });
});
