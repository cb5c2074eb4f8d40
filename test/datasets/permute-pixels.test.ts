import { expect } from "chai";
import { permutePixels, shapes } from "chalk-and-tape/datasets";
import { arange, argsort, array, random, ShapeError, take, zeros } from "chalk-and-tape/np";

const { x } = shapes({ n: 3, seed: 0 });
const order = random(0).permutation(32 * 32);

describe("permutePixels", () => {
  it("moves every pixel of every image and colour to the same place, as indexing the flat image does", () => {
    const moved = permutePixels(x, order);
    expect([moved.shape, moved.dtype]).to.deep.equal([[3, 3, 32, 32], "uint8"]);
    expect(moved.flat()).to.deep.equal(take(x.reshape(3, 3, 1024), order, 2).flat());
    expect(moved.flat()).not.to.deep.equal(x.flat());
  });

  it("loses nothing: the inverse order gives the images back", () => {
    expect(permutePixels(permutePixels(x, order), argsort(order)).flat()).to.deep.equal(x.flat());
  });

  it("takes one image, and images that are not square", () => {
    const wide = array([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(permutePixels(wide, array([5, 4, 3, 2, 1, 0])).toArray()).to.deep.equal([
      [6, 5, 4],
      [3, 2, 1],
    ]);
  });

  it("refuses an order of the wrong length, an order that misses a place, and an array without rows and columns", () => {
    expect(() => permutePixels(x, arange(3072))).to.throw(ShapeError, "expected (1024,)");
    expect(() => permutePixels(zeros([4]), arange(4))).to.throw(ShapeError, "expected (…, H, W)");
    for (const wrong of [
      [0, 1, 2, 2],
      [0, 1, 2, 4],
      [0, 1, 2, -1],
      [0, 1, 2, 0.5],
    ])
      expect(() => permutePixels(zeros([2, 2]), array(wrong))).to.throw(RangeError, "order[3] is");
  });
});
