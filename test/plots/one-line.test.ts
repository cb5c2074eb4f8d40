import { expect } from "chai";
import { tensor } from "chalk-and-tape/autograd";
import { array, linspace, random, zeros } from "chalk-and-tape/np";
import { histogram, line, scatter } from "chalk-and-tape/plots";
import { draw, paths, rows } from "./drawn.ts";

/** The labels of an axis and of a legend, as they stand in the picture. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]+)<\/text>/g)].map(([, text = ""]) => text);
}

describe("plots: line", () => {
  const y = [3, -1, 4, 1.5];

  it("holds y over 0, 1, … or over x, whatever the numbers come in", async () => {
    const expected = y.map((value, i) => ({ series: "", x: i, y: value }));
    for (const given of [y, Float64Array.from(y), array(y), tensor(y), array([y, y]).slice(0)])
      expect(rows(line(given))).to.deep.equal(expected);
    const x = [0.5, 1, 2, 7];
    for (const at of [x, tensor(x)])
      expect(rows(line(at, array(y)))).to.deep.equal(
        y.map((value, i) => ({ series: "", x: x[i], y: value })),
      );
    const svg = await draw(line(y, { title: "Four numbers", xLabel: "time (s)", yLabel: "volts" }));
    expect(texts(svg)).to.include.members(["Four numbers", "time (s)", "volts"]);
    expect(paths(svg, "line")).to.have.length(1);
    expect(paths(svg, "symbol")).to.have.length(4);
    expect(svg).to.match(/aria-label="Four numbers: A line: 4 points from 3 to 1.5, lowest -1, highest 4."/);
  });

  it("draws several lines in different colours and dashes, named in the legend", async () => {
    const many = Array.from({ length: 40 }, (_, i) => i);
    const picture = line(many, { train: many, test: array(many).mul(2), mean: tensor(many).mul(3) });
    expect(
      rows(picture)
        .filter(({ series }) => series === "test")
        .map((row) => row.y),
    ).to.deep.equal(many.map((i) => 2 * i));
    const svg = await draw(picture);
    const drawn = paths(svg, "line");
    expect(drawn).to.have.length(3);
    for (const part of [/stroke="([^"]+)"/, /stroke-dasharray="([^"]+)"/])
      expect(new Set(drawn.map((path) => part.exec(path)?.[1])).size).to.equal(3);
    expect(texts(svg)).to.include.members(["train", "test", "mean", "value"]);
    expect(paths(svg, "symbol")).to.have.length(0); // too many points for markers
  });

  it("draws the rows of a matrix as the mean of several runs, in the band from lowest to highest", async () => {
    const runs = [[1, 5, 3], [3, 1, 3], [2, 0, 3]]; // biome-ignore format: a matrix
    const picture = line({ adam: runs });
    expect(rows(picture)).to.deep.equal([
      { series: "adam", x: 0, y: 2, low: 1, high: 3 },
      { series: "adam", x: 1, y: 2, low: 0, high: 5 },
      { series: "adam", x: 2, y: 3, low: 3, high: 3 },
    ]);
    expect(paths(await draw(picture), "area")).to.have.length(1);
    expect(paths(await draw(line({ adam: [1, 2] })), "area")).to.have.length(0);
    expect(rows(line([[1, 5, 3]]))).to.deep.equal(rows(line([1, 5, 3])));
  });

  it("breaks at what is not finite, and survives one point, none and equal ones", async () => {
    const picture = line([1, Number.NaN, 3, Number.POSITIVE_INFINITY]);
    expect(rows(picture).map((row) => row.y)).to.deep.equal([1, null, 3, null]);
    expect(picture.description).to.contain("2 not finite");
    await draw(picture);
    for (const given of [[7], [], [0, 0], [Number.NaN], [1e308, -1e308]]) await draw(line(given));
    await draw(line({ a: [[1, Number.NaN], [2, 3]] })); // biome-ignore format: a matrix
    await draw(line(Array.from({ length: 200_000 }, (_, i) => i % 7)));
  });

  it("refuses x and y of different lengths, arrays of three axes, and what is not numbers, by name", () => {
    expect(() => line([1, 2], [1])).to.throw("line: x has 2 entries and y 1");
    expect(() => line([1, 2], { loss: [1] })).to.throw("line: x has 2 entries and loss 1");
    expect(() => line(zeros([2, 2, 2]))).to.throw(
      "line: y has shape (2, 2, 2), expected an array with 1 axis or 2 axes",
    );
    expect(() => line([1], { titel: "x" } as object)).to.throw('unknown option "titel"');
    expect(() => line([[1], [1, 2]])).to.throw("line: ");
    expect(() => line({ loss: "1" } as never)).to.throw(TypeError, "line: ");
    expect(() => line({}, {})).to.throw(TypeError, "line: ");
  });
});

describe("plots: scatter", () => {
  const points = [[0, 1], [2, 3], [4, -5]]; // biome-ignore format: a matrix

  it("holds the points, given as columns or as rows", async () => {
    const expected = points.map(([x, y]) => ({ x, y }));
    expect(rows(scatter(points))).to.deep.equal(expected);
    expect(rows(scatter(tensor(points)))).to.deep.equal(expected);
    expect(rows(scatter([0, 2, 4], array([1, 3, -5])))).to.deep.equal(expected);
    const svg = await draw(scatter([0, 2, 4], [1, 3, -5], { xLabel: "weight (kg)" }));
    expect(paths(svg, "symbol")).to.have.length(3);
    expect(texts(svg)).to.include("weight (kg)");
  });

  it("gives each class a colour and a shape of its own, and its name", async () => {
    const n = 36;
    const labels = Array.from({ length: n }, (_, i) => n - 1 - i);
    const svg = await draw(scatter(labels, labels, { color: array(labels, { dtype: "int32" }) }));
    const marks = paths(svg, "symbol");
    expect(marks).to.have.length(n);
    const looks = marks.map(
      (path) => `${/fill="([^"]+)"/.exec(path)?.[1]} ${/ d="([^"]+)"/.exec(path)?.[1]}`,
    );
    expect(new Set(looks).size).to.equal(n);
    const named = scatter(points, { color: [[1], [0], [1]], classNames: ["cat", "dog"] });
    expect(rows(named).map((row) => row.class)).to.deep.equal(["dog", "cat", "dog"]);
    expect(texts(await draw(named))).to.include.members(["cat", "dog"]);
  });

  it("draws other numbers as a scale with a legend", async () => {
    const picture = scatter(points, { color: [0.5, 1, 2] });
    expect(rows(picture).map((row) => row.color)).to.deep.equal([0.5, 1, 2]);
    const svg = await draw(picture);
    expect(svg).to.contain("rgb(0, 32, 81)").and.to.contain("rgb(252, 230, 71)");
    expect(picture.description).to.contain("coloured by a number from 0.5 to 2");
    expect(() => scatter(points, { color: [0.5, 1, 2], classNames: ["a"] })).to.throw(
      RangeError,
      "color holds 0.5",
    );
  });

  it("leaves out what is not finite and says so; survives no points", async () => {
    const picture = scatter([1, Number.NaN, 3], [1, 2, Number.POSITIVE_INFINITY]);
    expect(rows(picture)).to.deep.equal([{ x: 1, y: 1 }]);
    expect(picture.description).to.contain("2 that are not finite are left out");
    await draw(picture);
    await draw(scatter(zeros([0, 2])));
  });

  it("refuses other columns and other lengths", () => {
    expect(() => scatter(zeros([4, 3]))).to.throw("scatter: points have shape (4, 3), expected (N, 2)");
    expect(() => scatter([1, 2], [1])).to.throw("scatter: x has 2 entries and y 1");
    expect(() => scatter(points, { color: [1] })).to.throw("scatter: x has 3 entries and color 1");
  });
});

describe("plots: histogram", () => {
  const counts = (values: number[], bins?: number): unknown[] =>
    rows(histogram(values, { bins })).map((row) => row.count);

  it("counts as numpy.histogram does, at the edges too", () => {
    // biome-ignore format: numpy.random.default_rng(1).normal(size=30), rounded
    const values = [0.3, 0.8, 0.3, -1.3, 0.9, 0.4, -0.5, 0.6, 0.4, 0.3, 0.0, 0.5, -0.7, -0.2, -0.5, 0.6, 0.0, -0.3, -0.8, -0.3, 0.0, -0.3, 1.3, 1.0, -2.7, -1.9, -0.2, -0.4, 0.2, 0.2];
    expect(counts(values)).to.deep.equal([1, 0, 1, 1, 1, 7, 5, 7, 4, 3]);
    expect(counts(values, 3)).to.deep.equal([2, 11, 17]);
    expect(counts(values, 7)).to.deep.equal([1, 1, 1, 4, 9, 10, 4]);
    const tenths = Array.from({ length: 21 }, (_, i) => 0.1 * i);
    expect(counts(tenths, 20)).to.deep.equal([...Array(19).fill(1), 2]);
    expect(counts(tenths, 7)).to.deep.equal([3, 3, 3, 3, 3, 3, 3]);
    // Here x / width rounds to the bin below, and the edge itself decides.
    expect(counts([0, 0.1, 0.2, 0.3, 0.4], 12)).to.deep.equal([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1]);
    expect(counts([3, 3, 3], 4)).to.deep.equal([0, 0, 3, 0]);
  });

  it("draws a bar for each bin from edge to edge, of any array", async () => {
    const picture = histogram(random(1).normal(0, 1, [7, 5, 4]), { bins: 12, xLabel: "weight" });
    const held = rows(picture);
    expect(held.reduce((sum, row) => sum + Number(row.count), 0)).to.equal(140);
    for (const [i, row] of held.slice(1).entries()) expect(row.from).to.equal(held[i]?.to);
    const svg = await draw(picture);
    const full = held.filter((row) => Number(row.count) > 0).length;
    expect(paths(svg, "rect").length).to.be.within(full, 12);
    expect(texts(svg)).to.include.members(["weight", "count"]);
    expect(rows(histogram(tensor([[1, 2]]))).map((row) => row.count)).to.deep.equal([
      1, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    ]);
  });

  it("takes 200,000 weights, leaves out what is not finite and says so, and survives none", async () => {
    await draw(histogram(linspace(0, 1, 200_000)));
    expect(histogram([1, Number.NaN, 2]).description).to.contain("1 that are not finite are left out");
    await draw(histogram([]));
    await draw(histogram([Number.NaN]));
    expect(() => histogram([1], { bins: 0 })).to.throw(RangeError, "histogram: bins is 0");
  });
});
