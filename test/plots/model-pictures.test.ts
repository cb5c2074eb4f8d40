import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { moons } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, type NDArray, random, zeros } from "chalk-and-tape/np";
import { confusionMatrix, decisionBoundary, heatmap, imageGrid, type Picture } from "chalk-and-tape/plots";
import { decode } from "fast-png";
import { draw, layers, rows } from "./drawn.ts";

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: ArrayLike<number>;
}

const pixelsOf = (url: unknown): Pixels => decode(Buffer.from(String(url).split(",")[1] ?? "", "base64"));

/** The picture under the points, and where its corners lie. */
function fieldOf(picture: Picture): {
  readonly corner: Record<string, number>;
  readonly at: (x: number, y: number) => string;
} {
  const corner = layers(picture)[0]?.data?.values[0] as Record<string, number>;
  const { width, height, data } = pixelsOf(corner.url);
  const { x = 0, x2 = 1, y = 0, y2 = 1 } = corner;
  return {
    corner,
    at(px, py) {
      const column = Math.round(((px - x) / (x2 - x)) * (width - 1));
      const row = Math.round(((y2 - py) / (y2 - y)) * (height - 1));
      return Array.from({ length: 3 }, (_, c) => data[4 * (row * width + column) + c]).join(",");
    },
  };
}

const blue = "0,114,178";
const orange = "230,159,0";
const green = "0,158,115";

describe("plots: the decision boundary of a model", () => {
  const data = { x: [[-1, 0], [1, 0.5], [0, 2]], y: [0, 1, 1] }; // biome-ignore format: three points

  it("shows which class the model gives to each place, with the points over it", async () => {
    // Class 1 where 3 x₁ + x₂ > 1: neither axis can be swapped or turned over unnoticed.
    const rule = (x: NDArray): NDArray =>
      x
        .matmul(array([[3], [1]]))
        .sub(1)
        .mul(20);
    const picture = decisionBoundary(rule, data);
    const { corner, at } = fieldOf(picture);
    expect(corner).to.deep.include({ x: -1.2, x2: 1.2, y: -0.2, y2: 2.2 });
    let seen = 0;
    for (const x of [-1.1, -0.4, 0.1, 0.6, 1.1])
      for (const y of [-0.1, 0.4, 1.1, 2.1]) {
        const score = 3 * x + y - 1;
        if (Math.abs(score) < 0.15) continue;
        seen += 1;
        expect(at(x, y), `${x}, ${y}`).to.equal(score > 0 ? orange : blue);
      }
    expect(seen).to.be.above(15);
    expect(layers(picture)[1]?.data?.values.map(({ x, y, label }) => [x, y, label])).to.deep.equal([[-1, 0, 0], [1, 0.5, 1], [0, 2, 1]]); // biome-ignore format: three points
    const svg = await draw(picture);
    expect(svg.match(/<image /g)).to.have.length(1);
    expect(picture.description).to.equal(
      "Decision boundary between 2 classes over the plane, with 3 points.",
    );
  });

  it("of both sides of a network is the same, and is that of its logits", () => {
    const points = moons({ n: 60, noise: 0.1, seed: 1 });
    for (const out of [1, 2, 3]) {
      const build = { rng: random(out) };
      const chalk = new manual.Sequential(
        new manual.Linear(2, 8, build),
        new manual.ReLU(),
        new manual.Linear(8, out, build),
      );
      const tape = new autograd.Sequential(
        new autograd.Linear(2, 8, { rng: random(9) }),
        new autograd.ReLU(),
        new autograd.Linear(8, out, { rng: random(9) }),
      );
      tape.loadStateDict(chalk.stateDict());
      const output = "logits" as const;
      const drawn = decisionBoundary(chalk, points, { output });
      expect(JSON.stringify(decisionBoundary(tape, points, { output }))).to.equal(JSON.stringify(drawn));
      const { at } = fieldOf(drawn);
      for (const [x, y] of [
        [-0.8, -0.5],
        [0, 0.9],
        [1.7, -0.3],
        [2, 1],
      ] as const) {
        // biome-ignore format: four places
        const scores = [...chalk.forward(array([[x, y]])).flat()];
        const best = out === 1 ? Number((scores[0] ?? 0) > 0) : scores.indexOf(Math.max(...scores));
        expect([[blue, orange, green][best], "120,120,120"]).to.include(at(x, y));
      }
    }
  });

  it("draws three classes in three colours, and asks as often as the resolution says", () => {
    // biome-ignore format: three points
    const three = { x: array([[-1, -1], [1, 1], [0, 0]]), y: array([[0], [1], [2]], { dtype: "int32" }) };
    const asked: number[] = [];
    const nearest = (x: NDArray): NDArray => {
      asked.push(x.shape[0] ?? 0);
      return array(
        (x.toArray() as number[][]).map(([u = 0, v = 0]) => [
          u > 0 && v < 0 ? 9 : 0,
          v > 0 ? 3 : 0,
          v <= 0 ? 3 : 0,
        ]),
      );
    };
    const { at, corner } = fieldOf(decisionBoundary(nearest, three, { resolution: 40 }));
    expect(asked).to.deep.equal([1600]);
    const { x = 0, x2 = 0, y = 0, y2 = 0 } = corner;
    expect(at(x, y2)).to.equal(orange);
    expect(at(x, y)).to.equal(green);
    expect(at(x2, y)).to.equal(blue);
  });

  it("knows the small logits of a network before training by how they grow far away", () => {
    const points = moons({ n: 60, noise: 0.1, seed: 1 });
    let small = 0;
    for (let seed = 0; seed < 8; seed++) {
      const model = new manual.MlpClassifier({ rng: random(seed) });
      const picture = decisionBoundary(model, points, { resolution: 20 });
      expect(JSON.stringify(picture)).to.equal(
        JSON.stringify(decisionBoundary(model, points, { resolution: 20, output: "logits" })),
      );
      const scores = model.forward(points.x);
      if (scores.min().item() >= 0 && scores.max().item() <= 1) small += 1;
    }
    expect(small).to.be.above(1);
  });

  it("takes probabilities as they are, and asks what single scores in 0 … 1 are", () => {
    const share = (x: NDArray): NDArray =>
      x.slice(null, [0, 1]).greater(0.3).astype("float64").mul(0.6).add(0.2);
    expect(() => decisionBoundary(share, data)).to.throw(
      RangeError,
      'add { output: "logits" } or { output: "probabilities" }',
    );
    const { at } = fieldOf(decisionBoundary(share, data, { output: "probabilities" }));
    expect([at(-0.5, 1), at(0.9, 1)]).to.deep.equal([blue, orange]);
    const logits = fieldOf(decisionBoundary(share, data, { output: "logits" }));
    expect(logits.at(-0.5, 1)).to.equal(orange);
    const pair = (x: NDArray): NDArray => array([...share(x).flat()].map((p) => [1 - p, p]));
    const opacity = (picture: Picture): number =>
      pixelsOf(layers(picture)[0]?.data?.values[0]?.url).data[3] ?? 0;
    expect(opacity(decisionBoundary(pair, data))).to.equal(25 + 130 * 0.6);
    expect(opacity(decisionBoundary(pair, data, { output: "logits" }))).to.be.below(70);
  });

  it("asks in evaluation mode, changes no statistic and no mode, also when the model fails", () => {
    const rng = random(4);
    const frozen = new autograd.BatchNorm1d(6);
    const net = new autograd.Sequential(
      new autograd.Linear(2, 6, { rng }),
      frozen,
      new autograd.Dropout(0.5, { rng }),
      new autograd.Linear(6, 2, { rng }),
    );
    net.train();
    frozen.eval();
    const before = JSON.stringify(Object.values(net.stateDict()).map((x) => x.toArray()));
    const points = moons({ n: 20, seed: 1 });
    expect(JSON.stringify(decisionBoundary(net, points))).to.equal(
      JSON.stringify(decisionBoundary(net, points)),
    );
    expect(JSON.stringify(Object.values(net.stateDict()).map((x) => x.toArray()))).to.equal(before);
    expect([net.training, frozen.training, net.layers[2]?.training]).to.deep.equal([true, false, true]);
    const broken = Object.assign(net, { forward: () => { throw new Error("no"); } }); // biome-ignore format: one method
    expect(() => decisionBoundary(broken, points)).to.throw("no");
    expect([net.training, frozen.training]).to.deep.equal([true, false]);
  });

  it("gives a float32 model its own dtype", () => {
    const seen: string[] = [];
    const layer = new manual.Linear(2, 2, { rng: random(1), dtype: "float32" });
    const forward = layer.forward.bind(layer);
    Object.assign(layer, { forward: (x: NDArray) => { seen.push(x.dtype); return forward(x); } }); // biome-ignore format: one method
    decisionBoundary(layer, data);
    expect(seen).to.deep.equal(["float32"]);
  });

  it("refuses points of more dimensions, targets that are not classes, and results that fit nothing", () => {
    const two = (x: NDArray): NDArray => x;
    expect(() => decisionBoundary(two, { x: zeros([4, 3]), y: [0, 1, 0, 1] })).to.throw(
      "data.x has shape (4, 3), expected points (N, 2)",
    );
    expect(() => decisionBoundary(two, { ...data, y: [0, 0.5, 1] })).to.throw(RangeError, "data.y[1] is 0.5");
    expect(() => decisionBoundary(two, { ...data, y: [0, 1] })).to.throw("data.x has 3 entries and data.y 2");
    expect(() => decisionBoundary(() => zeros([3, 2]), data)).to.throw(
      "the model returns 3 rows for 6400 points",
    );
    expect(() => decisionBoundary(() => zeros([1, 2, 3]), data)).to.throw(
      "the model returns shape (1, 2, 3)",
    );
    expect(() => decisionBoundary((() => 3) as never, data)).to.throw(
      "the model returns 3, expected an array or a tensor",
    );
    expect(() => decisionBoundary(manual.Linear as never, data)).to.throw(TypeError, "expected a model");
  });
});

describe("plots: confusion matrix", () => {
  const rng = random(1);
  const truth = Array.from({ length: 300 }, () => rng.integer(0, 4));
  const guess = truth.map((label, i) => (i % 3 === 0 ? (label * 2 + 1) % 5 : label));
  const counted = truth.reduce(
    (table, label, i) => {
      (table[label] as number[])[guess[i] as number] =
        ((table[label] as number[])[guess[i] as number] as number) + 1;
      return table;
    },
    Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]),
  );
  /** The number in each cell, by row and column. */
  const cells = (picture: Picture): number[][] => {
    const table: number[][] = [];
    for (const { x, y, text } of layers(picture)[1]?.data?.values ?? []) {
      const row = table[Number(y)] ?? [];
      row[Number(x)] = Number(text);
      table[Number(y)] = row;
    }
    return table;
  };

  it("counts the true classes in rows and the predicted ones in columns, as a loop does", async () => {
    const picture = confusionMatrix(truth, array(guess, { dtype: "int32" }));
    expect(cells(picture)).to.deep.equal(counted);
    const right = truth.filter((label, i) => label === guess[i]).length;
    expect(picture.spec.title).to.equal(`accuracy ${((100 * right) / 300).toFixed(2)} %`);
    const svg = await draw(picture);
    expect(svg).to.contain(">predicted class<").and.to.contain(">true class<");
  });

  it("takes scores and logits for predictions, of tensors too", () => {
    const scores = guess.map((label) => Array.from({ length: 5 }, (_, c) => (c === label ? 2 : -c)));
    expect(cells(confusionMatrix(truth, autograd.tensor(scores)))).to.deep.equal(counted);
    const logits = [[-0.5], [3], [0.1], [-2]];
    expect(cells(confusionMatrix([[0], [1], [0], [1]], logits))).to.deep.equal([[1, 1], [1, 1]]); // biome-ignore format: a matrix
    expect(() => confusionMatrix([0, 1], [[0.2], [0.9]])).to.throw(RangeError, "p.greater(0.5)");
    expect(() =>
      confusionMatrix(
        [0, 1],
        [
          [0.2, Number.NaN],
          [1, 0],
        ],
      ),
    ).to.throw(RangeError, "prediction[0] has NaN");
  });

  it("shades each cell by its share of the row, white for none", () => {
    const picture = confusionMatrix([0, 0, 0, 0, 1], [0, 0, 0, 1, 1]);
    const { data } = pixelsOf(layers(picture)[0]?.data?.values[0]?.url);
    const cell = (i: number): number[] => Array.from({ length: 3 }, (_, c) => data[3 * i + c] as number);
    expect(cell(2)).to.deep.equal([255, 255, 255]);
    expect(cell(3)).to.deep.equal([0, 84, 142]);
    const [most, some] = [cell(0), cell(1)];
    expect(most[0]).to.be.below(some[0] as number);
  });

  it("names the classes, also those that do not occur", async () => {
    const svg = await draw(confusionMatrix([0, 1], [0, 1], { classNames: ["cat", "dog", 'it\'s "a" bird'] }));
    for (const name of ["cat", "dog", 'it\'s "a" bird'])
      expect(svg.split(`>${name}<`), name).to.have.length(3);
    expect(() => confusionMatrix([0, 3], [0, 1], { classNames: ["cat", "dog"] })).to.throw(
      RangeError,
      "there is a class 3, but classNames has 2 names",
    );
    expect(() => confusionMatrix([0, -1], [0, 1])).to.throw(RangeError, "target[1] is -1");
    expect(() => confusionMatrix([0, 1, 1], [0, 1])).to.throw("target has 3 entries and prediction 2");
    await draw(confusionMatrix([], []));
  });
});

describe("plots: heatmap", () => {
  it("holds every number in its cell: row 0 on top, dark for the smallest and light for the largest", async () => {
    const matrix = [[1, -2, 0.123], [40, 5, 6]]; // biome-ignore format: a matrix
    const picture = heatmap(matrix, { rowNames: ["a", "b"], columnNames: ["x", "y", "z"], title: "W" });
    const texts = layers(picture)[1]?.data?.values.map(({ x, y, text }) => [x, y, text]);
    expect(texts).to.deep.equal([[0, 0, "1"], [1, 0, "-2"], [2, 0, "0.12"], [0, 1, "40"], [1, 1, "5"], [2, 1, "6"]]); // biome-ignore format: a matrix
    const { width, height, data } = pixelsOf(layers(picture)[0]?.data?.values[0]?.url);
    expect([width, height]).to.deep.equal([3, 2]);
    expect([data[3], data[4], data[5]]).to.deep.equal([0, 32, 81]); // -2: row 0, column 1
    expect([data[9], data[10], data[11]]).to.deep.equal([252, 230, 71]); // 40: row 1, column 0
    const inks = layers(picture)[1]?.data?.values.map(({ ink }) => ink);
    expect([inks?.[1], inks?.[3]]).to.deep.equal(["#ffffff", "#111111"]); // on dark, on light
    const svg = await draw(picture);
    const y = (text: string): number =>
      Number(new RegExp(`translate\\(-?[\\d.]+,([\\d.]+)\\)"[^>]*>${text}<`).exec(svg)?.[1]);
    expect(y("-2")).to.be.below(y("40"));
    expect(y("a")).to.be.below(y("b"));
    expect(picture.description).to.equal("W: A matrix of 2 × 3 numbers from -2 to 40.");
  });

  it("draws large matrices without numbers, equal ones, and red where a number is not finite", async () => {
    expect(layers(heatmap(zeros([100, 300])))).to.have.length(2);
    await draw(heatmap(random(1).normal(0, 1, [100, 300])));
    await draw(heatmap(zeros([1, 1])));
    const picture = heatmap([[Number.NaN, 1]]);
    const { data } = pixelsOf(layers(picture)[0]?.data?.values[0]?.url);
    expect([data[0], data[1], data[2]]).to.deep.equal([192, 40, 45]);
    expect(picture.description).to.contain("1 are not finite");
  });

  it("refuses vectors, nothing, and names that do not fit", () => {
    expect(() => heatmap([1, 2])).to.throw("heatmap: matrix has shape (2,), expected an array with 2 axes");
    expect(() => heatmap(zeros([0, 3]))).to.throw("heatmap: matrix is empty");
    expect(() => heatmap([[1, 2]], { rowNames: ["a", "b"] })).to.throw("rowNames has 2 entries, expected 1");
    expect(() => heatmap([[1, 2]], { columnNames: ["a"] })).to.throw("columnNames has 1 entries, expected 2");
  });
});

describe("plots: image grid", () => {
  const images = random(1).uniform(0, 256, [5, 3, 4], { dtype: "uint8" });
  const shown = (picture: Picture): number[][] =>
    rows(picture).map(({ url }) => Array.from(pixelsOf(url).data));

  it("draws every image, its pixels unchanged, row by row, above its label", async () => {
    const picture = imageGrid(images, {
      labels: [1, 0, 1, 1, 0],
      classNames: ["cat", "dog"],
      columns: 2,
      title: "Pets",
    });
    expect(shown(picture)).to.deep.equal(Array.from({ length: 5 }, (_, i) => [...images.slice(i).flat()]));
    expect(rows(picture).map((row) => row.label)).to.deep.equal(["dog", "cat", "dog", "dog", "cat"]);
    const svg = await draw(picture);
    const places = [...svg.matchAll(/<image [^>]*transform="translate\(([\d.]+),([\d.]+)\)"/g)].map(
      ([, x, y]) => [Number(x), Number(y)],
    );
    const [first = [], second = [], third = []] = places;
    expect([first[1], first[0]]).to.deep.equal([second[1], third[0]]);
    expect(second[0]).to.be.above(first[0] as number);
    expect(third[1]).to.be.above(first[1] as number);
    expect(svg.match(/>(dog|cat)</g)).to.have.length(5);
    expect(picture.description).to.equal("Pets: 5 images of 3 × 4, labelled dog, cat.");
  });

  it("takes colour, floats, tensors, one image, texts and numbers as labels", async () => {
    const colour = random(2).uniform(0, 1, [2, 3, 4, 4]);
    const picture = imageGrid(autograd.tensor(colour), { labels: ["a", "b"] });
    const byte = (i: number, c: number, p: number): number =>
      Math.round(colour.item(i, c, Math.floor(p / 4), p % 4) * 255);
    expect(shown(picture)[1]?.slice(0, 6)).to.deep.equal([
      byte(1, 0, 0),
      byte(1, 1, 0),
      byte(1, 2, 0),
      byte(1, 0, 1),
      byte(1, 1, 1),
      byte(1, 2, 1),
    ]);
    expect(shown(imageGrid(images.slice(2)))).to.deep.equal([[...images.slice(2).flat()]]);
    expect(shown(imageGrid([[0, 1]]))).to.deep.equal([[0, 255]]);
    expect(rows(imageGrid(images, { labels: array([3, 1, 4, 1, 5]) })).map((row) => row.label)).to.deep.equal(
      ["3", "1", "4", "1", "5"],
    );
    await draw(picture);
  });

  it("stretches numbers that leave 0 … 1 over black to white, and says so", () => {
    const picture = imageGrid([[[-1, 0, 3]], [[1, 1, 1]]]);
    expect(shown(picture)).to.deep.equal([[0, 64, 255], [128, 128, 128]]); // biome-ignore format: two images
    expect(picture.description).to.contain("black is -1 and white 3");
    expect(shown(imageGrid([[[5, 5]]]))).to.deep.equal([[0, 0]]);
  });

  it("draws the first 200 of many and says so", () => {
    const picture = imageGrid(zeros([1000, 2, 2], { dtype: "uint8" }), { labels: zeros([1000]) });
    expect(rows(picture)).to.have.length(200);
    expect(picture.description).to.contain("The first 200 of 1,000 images");
  });

  it("refuses other channels, other numbers of labels, and labels without a name", () => {
    expect(() => imageGrid(zeros([2, 2, 4, 4]))).to.throw(
      "imageGrid: images have shape (2, 2, 4, 4), expected (N, H, W)",
    );
    expect(() => imageGrid(zeros([0, 4, 4]))).to.throw("expected (N, H, W)");
    expect(() => imageGrid(images, { labels: ["a"] })).to.throw("labels has 1 entries, expected 5");
    expect(() => imageGrid(images, { labels: [0, 1, 2, 0, 0], classNames: ["a", "b"] })).to.throw(
      RangeError,
      "there is a label 2, but classNames has 2 names",
    );
  });
});
