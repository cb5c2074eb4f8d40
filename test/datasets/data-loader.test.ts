import { expect } from "chai";
import { type Batch, DataError, DataLoader, type Dataset } from "chalk-and-tape/datasets";
import { NDArray, random } from "chalk-and-tape/np";
import fc from "fast-check";

/** n images of 1 × 2 pixels: image i is [i, 255 − i], class i % 5. */
function images(n: number): Dataset {
  return {
    name: "images",
    x: NDArray.from(
      Uint8Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? i / 2 : 255 - (i - 1) / 2)),
      [n, 1, 2],
    ),
    y: NDArray.from(Int32Array.from({ length: n }, (_, i) => i % 5)),
    classes: ["0", "1", "2", "3", "4"],
  };
}

async function epoch(loader: DataLoader): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
}

/** Which images a batch holds; checks each against its second pixel and its label. */
function ids({ x, y }: Batch): number[] {
  const labels = y.toArray() as number[];
  return (x.toArray() as [[number, number]][]).map(([[first, second]], i) => {
    const id = Math.round(first * 255);
    expect(first).to.equal(id / 255);
    expect(second).to.equal((255 - id) / 255);
    expect(labels[i]).to.equal(id % 5);
    return id;
  });
}

describe("DataLoader", () => {
  it("gives every item once an epoch, in batches of batchSize, the last one smaller or left out", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        fc.boolean(),
        fc.boolean(),
        async (n, batchSize, shuffle, dropLast) => {
          fc.pre(!dropLast || batchSize <= n);
          const loader = new DataLoader(images(n), { batchSize, shuffle, dropLast, seed: 1 });
          const batches = await epoch(loader);
          expect(batches.length).to.equal(loader.length);
          expect(batches.slice(0, -1).every(({ x }) => x.shape[0] === batchSize)).to.equal(true);
          const seen = batches.flatMap(ids);
          expect(seen.length).to.equal(dropLast ? n - (n % batchSize) : n);
          expect(new Set(seen).size).to.equal(seen.length);
          if (!shuffle) expect(seen).to.deep.equal(Array.from(seen, (_, i) => i));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("keeps the shape of an item; x is float64 by default, float32 on request, y int32", async () => {
    const [batch] = await epoch(new DataLoader(images(10)));
    expect([batch?.x.shape, batch?.x.dtype]).to.deep.equal([[10, 1, 2], "float64"]);
    expect([batch?.y.shape, batch?.y.dtype]).to.deep.equal([[10], "int32"]);
    const [single] = await epoch(new DataLoader(images(10), { dtype: "float32" }));
    expect(single?.x.dtype).to.equal("float32");
    expect(single?.x.item(7, 0, 0)).to.equal(Math.fround(7 / 255));
  });

  it("makes 0 … 255 exactly 0 … 1, and leaves the dataset as it was", async () => {
    const dataset = images(256);
    const before = [...dataset.x.flat()];
    const [batch] = await epoch(new DataLoader(dataset, { batchSize: 256 }));
    expect(batch?.x.item(255, 0, 0)).to.equal(1);
    expect(batch?.x.item(0, 0, 0)).to.equal(0);
    expect([...dataset.x.flat()]).to.deep.equal(before);
  });

  it("does not divide numbers that are not images", async () => {
    const x = NDArray.from(Float64Array.of(3, 510, -7, 0.5), [2, 2]);
    const dataset = { name: "floats", x, y: NDArray.from(Int32Array.of(0, 0)), classes: ["0"] };
    expect((await epoch(new DataLoader(dataset)))[0]?.x.toArray()).to.deep.equal(x.toArray());
  });

  it("reads a dataset that is a strided view", async () => {
    const dataset = images(10);
    const view = { ...dataset, x: dataset.x.slice([1, 10, 3]), y: dataset.y.slice([1, 10, 3]) };
    expect((await epoch(new DataLoader(view, { batchSize: 2 }))).flatMap(ids)).to.deep.equal([1, 4, 7]);
  });

  it("draws a new order every epoch; loaders of one seed agree epoch by epoch", async () => {
    const orders = async (options: object): Promise<number[][]> => {
      const loader = new DataLoader(images(40), { batchSize: 7, shuffle: true, ...options });
      return [(await epoch(loader)).flatMap(ids), (await epoch(loader)).flatMap(ids)];
    };
    const [first, second] = await orders({ seed: 3 });
    expect(first).not.to.deep.equal(second);
    expect(await orders({ seed: 3 })).to.deep.equal([first, second]);
    expect(await orders({ rng: random(3) })).to.deep.equal([first, second]);
    expect((await orders({ seed: 4 }))[0]).not.to.deep.equal(first);
  });

  it("goes on from a stored state", async () => {
    const loader = new DataLoader(images(40), { shuffle: true, seed: 3 });
    await epoch(loader);
    const state = loader.rng?.state ?? [];
    const second = (await epoch(loader)).flatMap(ids);
    const resumed = new DataLoader(images(40), { shuffle: true, seed: 9 });
    if (resumed.rng) resumed.rng.state = state;
    expect((await epoch(resumed)).flatMap(ids)).to.deep.equal(second);
  });

  it("gives batches memory of their own", async () => {
    const [a, b] = await epoch(new DataLoader(images(4), { batchSize: 2 }));
    a?.x.flat().fill(9);
    expect(ids(b as Batch)).to.deep.equal([2, 3]);
  });

  it("lets timers run during a long epoch", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    for await (const _ of new DataLoader(images(20), { batchSize: 1 })) {
      const start = performance.now();
      while (performance.now() - start < 10);
    }
    clearInterval(timer);
    expect(ticks).to.be.at.least(2);
  });

  const rejects: [string, Dataset, object, ErrorConstructor | typeof DataError, string][] = [
    ["batchSize 0", images(4), { batchSize: 0 }, RangeError, "batchSize is 0, expected a whole number >= 1"],
    ["batchSize 2.5", images(4), { batchSize: 2.5 }, RangeError, "batchSize is 2.5"],
    ["batchSize NaN", images(4), { batchSize: Number.NaN }, RangeError, "batchSize is NaN"],
    [
      "no full batch with dropLast",
      images(4),
      { batchSize: 5, dropLast: true },
      RangeError,
      "do not fill one batch of 5",
    ],
    ["no items", images(0), {}, DataError, "dataset images has no items"],
    [
      "NaN",
      { ...images(3), x: NDArray.from(Float64Array.of(0, 0, 0, 0, 0, Number.NaN), [3, 2]) },
      {},
      DataError,
      "NaN in item 2, element 1",
    ],
    [
      "Infinity",
      { ...images(1), x: NDArray.from(Float32Array.of(1, Number.POSITIVE_INFINITY), [1, 2]) },
      {},
      DataError,
      "Infinity in item 0, element 1",
    ],
    [
      "a class index beyond the classes",
      { ...images(3), y: NDArray.from(Int32Array.of(0, 5, 1)) },
      {},
      DataError,
      "item 1: class index 5; expected a whole number from 0 to 4",
    ],
    [
      "a negative class index",
      { ...images(2), y: NDArray.from(Int32Array.of(0, -1)) },
      {},
      DataError,
      "index -1",
    ],
    [
      "labels of another count",
      { ...images(3), y: NDArray.from(Int32Array.of(0, 1)) },
      {},
      TypeError,
      "(3, 1, 2) and y (2,)",
    ],
  ];
  for (const [what, dataset, options, type, message] of rejects)
    it(`refuses ${what} and says so`, () => {
      expect(() => new DataLoader(dataset, options)).to.throw(type as ErrorConstructor, message);
    });
});
