import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { circles } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random, tanh, zeros } from "chalk-and-tape/np";
import {
  bendingSpace,
  filterGrid,
  generalizationGap,
  optimizerPaths,
  type Picture,
  roofline,
} from "chalk-and-tape/plots";
import { decode } from "fast-png";
import { draw, type Layer, layers, paths, rows } from "./drawn.ts";

const panels = ({ spec }: Picture): { layer: Layer[]; title: { text: string } }[] =>
  spec.concat as { layer: Layer[]; title: { text: string } }[];

const pixelsOf = (url: unknown): number[] =>
  Array.from(decode(Buffer.from(String(url).split(",")[1] ?? "", "base64")).data);

describe("plots: bending space", () => {
  const data = { x: [[-1, 0], [1, 0.5], [0, 2]], y: [0, 1, 1] }; // biome-ignore format: three points
  const pointsIn = (panel: { layer: Layer[] } | undefined): unknown[][] =>
    (panel?.layer.find(({ encoding }) => encoding.shape)?.data?.values ?? []).map(({ x, y }) => [x, y]);

  it("holds the points and the grid before the first layer and after each", async () => {
    const turn = (x: NDArray): NDArray => x.matmul(array([[0, 1], [-1, 0]])); // biome-ignore format: a matrix
    const picture = bendingSpace([turn, (x: NDArray) => x.mul(3)], data, {
      lines: 4,
      panelNames: ["before"],
    });
    const [before, turned, tripled] = panels(picture);
    expect(panels(picture).map(({ title }) => title.text)).to.deep.equal([
      "before",
      "after layer 1",
      "after layer 2",
    ]);
    expect(pointsIn(before)).to.deep.equal(data.x);
    expect(pointsIn(turned)).to.deep.equal([[0, -1], [-0.5, 1], [-2, 0]]); // biome-ignore format: three points
    expect(pointsIn(tripled)).to.deep.equal([[0, -3], [-1.5, 3], [-6, 0]]); // biome-ignore format: three points
    const lines = before?.layer.slice(0, 2).map((layer) => layer.data?.values ?? []);
    expect(lines?.map((values) => new Set(values.map(({ line }) => line)).size)).to.deep.equal([4, 4]);
    expect(new Set(lines?.[0]?.map(({ x }) => x))).to.deep.equal(new Set([-1.2, -0.4, 0.4, 1.2]));
    expect(
      lines?.[1]?.every(({ line, y }) => Math.abs(Number(y) + 0.2 - 0.8 * (Number(line) - 4)) < 1e-4),
    ).to.equal(true);
    expect(paths(await draw(picture), "symbol")).to.have.length(9);
  });

  it("asks both sides of a network alike, in evaluation mode, and takes a list as one step", () => {
    const points = circles({ n: 30, noise: 0.05, seed: 1 });
    const chalk = [
      new manual.Linear(2, 3, { rng: random(1) }),
      new manual.Tanh(),
      new manual.Dropout(0.5),
    ] as const;
    const tape = [
      new autograd.Linear(2, 3, { rng: random(1) }),
      new autograd.Tanh(),
      new autograd.Dropout(0.5),
    ] as const;
    const drawn = bendingSpace([[...chalk]], points);
    expect(JSON.stringify(bendingSpace([[...tape]], points))).to.equal(JSON.stringify(drawn));
    expect(panels(drawn)).to.have.length(2);
    expect(tape[2].training).to.equal(true);
    expect(drawn.description).to.contain(
      "after layer 1: 3 dimensions, seen from azimuth -60° and elevation 30°",
    );
  });

  it("sees three dimensions along the line of sight, and more by their principal components", async () => {
    const lift = (x: NDArray): NDArray => x.matmul(array([[1, 0, 0], [0, 1, 0]])); // biome-ignore format: a matrix
    // From above, with x to the right, the third dimension is not seen.
    const above = bendingSpace([lift], data, { azimuth: -90, elevation: 90 });
    for (const [i, [x, y]] of pointsIn(panels(above)[1]).entries()) {
      expect(x).to.be.closeTo(data.x[i]?.[0] ?? Number.NaN, 1e-4);
      expect(y).to.be.closeTo(data.x[i]?.[1] ?? Number.NaN, 1e-4);
    }
    const wide = (x: NDArray): NDArray => x.matmul(array([[3, 0, 0, 0], [0, 0, 0, 1]])); // biome-ignore format: a matrix
    const picture = bendingSpace([wide], data);
    // Variances of 3 x₁ and x₂ over the points, and their covariance, give the shares.
    expect(picture.description).to.contain(
      "4 dimensions as 2 principal components with 90 % and 10 % of the variance",
    );
    await draw(picture);
    await draw(bendingSpace([(x: NDArray) => x.slice(null, [0, 1])], data, { title: "A line" }));
  });

  it("refuses anything but layers, values that are not finite, and points of more dimensions", () => {
    expect(() => bendingSpace([], data)).to.throw(TypeError, "bendingSpace: layers is");
    expect(() => bendingSpace([manual.Tanh] as never, data)).to.throw(TypeError, "expected a list of layers");
    expect(() => bendingSpace([(x: NDArray) => x.div(0)], data)).to.throw("not finite");
    expect(() => bendingSpace([(x: NDArray) => tanh(x)], { ...data, x: zeros([3, 3]) })).to.throw(
      "data.x has shape (3, 3), expected points (N, 2)",
    );
  });
});

describe("plots: filters", () => {
  it("draws signed weights on one scale: negative dark, 0 grey, positive light", async () => {
    const picture = filterGrid([[-2, 0, 2, 1], [0, 0, 0, 0]]); // biome-ignore format: two filters
    const [first = [], second = []] = rows(picture).map(({ url }) => pixelsOf(url));
    const grey = [142, 146, 152];
    expect(first).to.deep.equal([0, 24, 84, ...grey, 255, 240, 196, 238, 178, 74]);
    expect(second).to.deep.equal([...grey, ...grey, ...grey, ...grey]);
    const lightness = [0, 1, 2].map((i) =>
      first.slice(3 * i, 3 * i + 3).reduce((sum, part) => sum + part, 0),
    );
    expect(lightness).to.deep.equal([...lightness].sort((a, b) => a - b));
    expect(picture.description).to.equal(
      "2 filters of 2 × 2, with weights from -2 (dark blue) over 0 (grey) to 2 (light).",
    );
    expect((await draw(picture)).match(/<image /g)).to.have.length(2);
  });

  it("takes a linear layer's weights by the shape of the image, and a convolution's with all channels", async () => {
    const rng = random(1);
    const layer = new autograd.Linear(12, 5, { rng });
    const picture = filterGrid(layer.weight, { shape: [3, 2, 2], labels: ["a", "b", "c", "d", "e"] });
    expect(rows(picture)).to.have.length(15);
    expect(rows(picture)[4]?.label).to.equal("b, ch. 1");
    const conv = filterGrid(new manual.Conv2d(1, 4, 3, { rng }).weight, { columns: 2 });
    expect(new Set(rows(conv).map(({ x }) => x)).size).to.equal(2);
    await draw(conv);
    expect(rows(filterGrid(zeros([1000, 4])))).to.have.length(200);
    expect(filterGrid([[Number.NaN]]).description).to.contain("1 are not finite and red");
  });

  it("refuses weights that cannot be arranged as an image", () => {
    expect(() => filterGrid(zeros([2, 5]))).to.throw("a filter has 5 weights, but 5 is not a square");
    expect(() => filterGrid(zeros([2, 5]), { shape: [2, 2] })).to.throw("but shape is [2, 2]");
    expect(() => filterGrid(zeros([2, 4]), { labels: ["a"] })).to.throw("labels has 1 entries, expected 2");
    expect(() => filterGrid(zeros([2, 4]), { shape: [4] })).to.throw(RangeError, "shape");
    expect(() => filterGrid(zeros([0, 4]))).to.throw("weights have shape (0, 4)");
    expect(() => filterGrid(zeros([2, 1, 2, 2]), { shape: [2, 2] })).to.throw("leave shape out");
  });
});

describe("plots: generalization gap", () => {
  it("shades between the means of both losses, and marks choices", async () => {
    const picture = generalizationGap(
      [1, 10, 100],
      { train: [[3, 1, 0], [1, 1, 0]], validation: [3, 2, 4] }, // biome-ignore format: two runs
      { xScale: "log", marks: { best: 10, last: 100 } },
    );
    expect(layers(picture)[0]?.data?.values).to.deep.equal([
      { x: 1, y: 2, y2: 3 },
      { x: 10, y: 1, y2: 2 },
      { x: 100, y: 0, y2: 4 },
    ]);
    expect(picture.description).to.contain("validation is lowest, 2, at 10; the gap there is 1; 4 at 100.");
    const svg = await draw(picture);
    expect(svg).to.contain(">best<").and.to.contain(">last<").and.to.contain(">validation<");
    const drawn = paths(svg, "line");
    expect(new Set(drawn.map((path) => /stroke-dasharray="([^"]+)"/.exec(path)?.[1])).size).to.equal(2);
    await draw(generalizationGap([1], { train: [Number.NaN], validation: [1] }));
  });

  it("refuses other lengths, and what a logarithmic axis cannot show", () => {
    const losses = { train: [1, 2], validation: [1, 2] };
    expect(() => generalizationGap([1], losses)).to.throw("capacity has 1 entries and loss.train 2");
    expect(() => generalizationGap([1, 2], { ...losses, validation: [1] })).to.throw("loss.validation 1");
    expect(() => generalizationGap([0, 1], losses, { xScale: "log" })).to.throw(
      RangeError,
      "capacity holds 0",
    );
    expect(() => generalizationGap([1, 2], losses, { xScale: "log", marks: { a: -3 } })).to.throw(
      'marks.a is -3, and a logarithmic axis shows numbers above 0; use xScale: "linear"',
    );
    expect(() => generalizationGap([1, 2], { ...losses, validation: [-1, 1] }, { yScale: "log" })).to.throw(
      'loss.validation holds -1, and a logarithmic axis shows numbers above 0; use yScale: "linear"',
    );
    expect(() => generalizationGap([1, 2], losses, { marks: { a: Number.NaN } })).to.throw(
      TypeError,
      "marks",
    );
    expect(() => generalizationGap([1, 2], { train: [1, 2] } as never)).to.throw(TypeError, "loss");
  });
});

describe("plots: roofline", () => {
  const machine = { peak: 40, bandwidth: 20 };
  const kernels = [
    { name: "add", intensity: 0.1, speed: 1 },
    { name: "matmul", intensity: 50, speed: 30 },
  ];
  it("draws min(peak, bandwidth · intensity), and how far below it each kernel is", async () => {
    const picture = roofline(kernels, machine);
    const roof = layers(picture)[0]?.data?.values ?? [];
    expect(roof[1]).to.deep.equal({ x: 2, y: 40 });
    for (const { x, y } of roof) expect(y).to.be.closeTo(Math.min(40, 20 * Number(x)), 1e-9);
    expect(layers(picture)[1]?.data?.values.map(({ limit, roof: most }) => [limit, most])).to.deep.equal([
      ["memory", 2],
      ["arithmetic", 40],
    ]);
    expect(picture.description).to.contain("matmul reaches 75 % of what arithmetic allows");
    const svg = await draw(picture);
    for (const text of ["add", "matmul", "arithmetic intensity (FLOP/byte)", "speed (GFLOP/s)"])
      expect(svg).to.contain(`>${text}<`);
    await draw(roofline([], machine));
  });

  it("refuses limits and measurements that are not above 0", () => {
    expect(() => roofline(kernels, { peak: 0, bandwidth: 1 })).to.throw(RangeError, "machine.peak");
    expect(() => roofline([{ name: "a", intensity: -1, speed: 1 }], machine)).to.throw(
      RangeError,
      "kernels[0].intensity",
    );
  });
});

describe("plots: optimizer paths", () => {
  const bowl = (x: number, y: number): number => x * x + y * y;
  it("draws contours of the loss and each path in its own colour, dash and shape", async () => {
    const picture = optimizerPaths(bowl, { SGD: [[2, 0], [1, 0], [0.5, 0]], Adam: array([[2, 0], [0, 1]]) }, { xRange: [-2, 2], yRange: [-2, 2] }); // biome-ignore format: two paths
    expect(picture.description).to.contain(
      "SGD goes from 4 to 0.25 in 2 steps; Adam goes from 4 to 1 in 1 step.",
    );
    const { data } = decode(
      Buffer.from(String(layers(picture)[0]?.data?.values[0]?.url).split(",")[1] ?? "", "base64"),
    );
    const at = (column: number, row: number): number => data[3 * (row * 300 + column)] ?? 0;
    expect(at(150, 150)).to.equal(255); // the minimum is white
    expect(at(2, 2)).to.be.below(at(150, 60)); // a corner is darker than a place near it
    const svg = await draw(picture);
    const drawn = paths(svg, "line");
    expect(drawn).to.have.length(2);
    for (const part of [/stroke="([^"]+)"/, /stroke-dasharray="([^"]+)"/])
      expect(new Set(drawn.map((path) => part.exec(path)?.[1])).size).to.equal(2);
    expect(svg).to.contain(">start<").and.to.contain(">SGD<").and.to.contain(">Adam<");
  });

  it("counts the steps to points that are not finite", () => {
    const odd = [Number.NaN, Number.NaN];
    const told = (path: number[][]): string => optimizerPaths(bowl, { SGD: path }).description;
    expect(told([[1, 1], [2, 2], odd, odd])).to.contain("SGD takes 3 steps: from 2 to 8, then 2 points that are not finite."); // biome-ignore format: a path
    expect(told([[1, 1], odd, [2, 2]])).to.contain("SGD takes 2 steps: from 2 to 8, with 1 point that is not finite."); // biome-ignore format: a path
  });

  it("survives a path that stays, and a loss that is not finite everywhere", async () => {
    await draw(optimizerPaths(bowl, { SGD: [[0, 0]] }));
    await draw(optimizerPaths((x) => Math.log(x), { SGD: [[-1, 1], [Number.NaN, 0], [2, 1]] })); // biome-ignore format: a path
    await draw(optimizerPaths(() => 3, { SGD: [[1, 1], [2, 2]] })); // biome-ignore format: a path
  });

  it("refuses paths of other shapes, none that is finite, and a loss that is not a number", () => {
    expect(() => optimizerPaths(bowl, { SGD: zeros([3, 3]) })).to.throw("SGD has shape (3, 3)");
    expect(() => optimizerPaths(bowl, { SGD: [[Number.NaN, 1]] })).to.throw(RangeError, "none is finite");
    expect(() => optimizerPaths(bowl, {})).to.throw(TypeError, "paths");
    expect(() => optimizerPaths(bowl, { SGD: [[1, 1]] }, { xRange: [2, 1] })).to.throw(RangeError, "xRange");
    expect(() => optimizerPaths((() => "no") as never, { SGD: [[1, 1]] })).to.throw(
      TypeError,
      "loss returns",
    );
  });
});
