import { expect } from "chai";
import {
  Compose,
  DataLoader,
  type DataLoaderOptions,
  type DataLoaderState,
  type Dataset,
  Normalize,
  RandomCrop,
  RandomHorizontalFlip,
  ToTensor,
  type Transform,
} from "chalk-and-tape/datasets";
import { manualSeed, NDArray, random, ShapeError } from "chalk-and-tape/np";

/** n colour images of 6 × 5 noise. */
function images(n: number): Dataset {
  return {
    name: "noise",
    x: random(1).uniform(0, 256, [n, 3, 6, 5], { dtype: "uint8" }),
    y: NDArray.from(Int32Array.from({ length: n }, (_, i) => i % 7)),
    classes: [..."0123456"],
  };
}

const augment = new Compose([
  new RandomCrop([6, 5], { padding: 2 }),
  new RandomHorizontalFlip(),
  new ToTensor(),
  new Normalize([0.5, 0.4, 0.3], [0.2, 0.3, 0.4]),
]);

/** Says which items come: each becomes its index, read from the first pixels, and a number drawn. */
const tag: Transform = {
  forward: (image, rng) => NDArray.from(Float64Array.of(image.item(0, 0, 0), rng.next())),
};
function tagged(n: number): Dataset {
  const x = NDArray.from(
    Float64Array.from({ length: n }, (_, i) => i),
    [n, 1, 1, 1],
  );
  return { ...images(n), x };
}

/** The first so many batches of an epoch as text, bit for bit; all of them by default. */
async function epoch(loader: DataLoader, batches: number = Number.POSITIVE_INFINITY): Promise<string[]> {
  const seen: string[] = [];
  for await (const { x, y } of loader) {
    seen.push(JSON.stringify([x.shape, x.toArray(), y.toArray()]));
    if (seen.length >= batches) break;
  }
  return seen;
}

/** item → what was drawn for it, in one epoch. */
async function drawn(loader: DataLoader): Promise<Map<number, number>> {
  const draws = new Map<number, number>();
  for await (const { x } of loader)
    for (const [item, draw] of x.toArray() as [number, number][]) draws.set(item, draw);
  return draws;
}

describe("DataLoader with a transform", () => {
  it("gives each item of each epoch one draw of its own, whatever the batch size and the order", async () => {
    const loaders = [
      { batchSize: 1 },
      { batchSize: 7 },
      { batchSize: 40 },
      { batchSize: 7, shuffle: true },
      { batchSize: 13, shuffle: true },
    ].map((options) => new DataLoader(tagged(40), { ...options, transform: tag, seed: 5 }));
    const seen: number[] = [];
    for (const _ of [0, 1, 2]) {
      const [first, ...others] = await Promise.all(loaders.map(drawn));
      expect(first?.size).to.equal(40);
      for (const other of others) expect(new Map([...other].sort(([a], [b]) => a - b))).to.deep.equal(first);
      seen.push(...(first as Map<number, number>).values());
    }
    expect(new Set(seen).size).to.equal(120);
    const other = await drawn(new DataLoader(tagged(40), { transform: tag, seed: 6 }));
    expect(seen).not.to.include(other.get(0));
  });

  it("item i of epoch e draws from the stream random(seed).foldIn(0).foldIn(e, i), so that others can repeat it", async () => {
    const loader = new DataLoader(tagged(9), { batchSize: 4, shuffle: true, transform: tag, seed: 5 });
    for (const e of [0, 1, 2])
      for (const [item, draw] of await drawn(loader))
        expect(draw, `item ${item} of epoch ${e}`).to.equal(random(5).foldIn(0).foldIn(e, item).next());
  });

  it("leaves the orders of a seed as they are without one", async () => {
    const order = async (options: DataLoaderOptions): Promise<number[]> => {
      const loader = new DataLoader(tagged(40), { ...options, shuffle: true, seed: 5 });
      const items: number[] = [];
      for await (const { x } of loader)
        items.push(
          ...(x
            .reshape(x.shape[0] as number, -1)
            .slice(null, 0)
            .toArray() as number[]),
        );
      return items;
    };
    expect(await order({ transform: tag })).to.deep.equal(await order({}));
  });

  it("two loaders of one seed, one for either twin, give equal batches; neither changes the data", async () => {
    const dataset = images(20);
    const before = dataset.x.copy().toArray();
    const options = { batchSize: 6, shuffle: true, transform: augment, seed: 9 };
    const [a, b] = [new DataLoader(dataset, options), new DataLoader(dataset, options)];
    const first = await epoch(a);
    expect(await epoch(b)).to.deep.equal(first);
    const second = await epoch(a);
    expect(second).not.to.deep.equal(first);
    expect(await epoch(b)).to.deep.equal(second);
    expect(dataset.x.toArray()).to.deep.equal(before);
  });

  it("gives x the transform's shape and the loader's dtype; bytes that stay bytes are divided by 255", async () => {
    const crop = new RandomCrop([4, 2]);
    for await (const { x } of new DataLoader(images(3), { transform: crop, dtype: "float32", seed: 1 })) {
      expect([x.shape, x.dtype]).to.deep.equal([[3, 3, 4, 2], "float32"]);
      expect(x.max().item()).to.be.within(0.9, 1);
    }
    const plain = new DataLoader(images(9), { batchSize: 4 });
    expect(await epoch(new DataLoader(images(9), { batchSize: 4, transform: new ToTensor() }))).to.deep.equal(
      await epoch(plain),
    );
  });

  it("takes no stream of the program's seed for what draws nothing, and one for what does", () => {
    const nextAfter = (transform: Transform): number => {
      manualSeed(3);
      new DataLoader(images(3), { transform });
      return random().next();
    };
    manualSeed(3);
    const [first, second] = [random().next(), random().next()];
    expect(nextAfter(new Compose([new ToTensor(), new Normalize([0.5], [1])]))).to.equal(first);
    expect(nextAfter(augment)).to.equal(second);
  });

  it("refuses a transform that is none, and images of different shapes", async () => {
    expect(() => new DataLoader(images(2), { transform: {} as Transform })).to.throw(
      TypeError,
      "expected a transform with forward(image, rng)",
    );
    let count = 0;
    const uneven: Transform = { forward: (image) => image.slice(null, [0, 2 + (count++ % 2)]) };
    const error = await epoch(new DataLoader(images(2), { transform: uneven, seed: 1 })).catch(String);
    expect(error)
      .to.contain(ShapeError.name)
      .and.to.contain("item 1 of dataset noise (3, 3, 5) uint8, and item 0 (3, 2, 5)");
  });
});

describe("DataLoader.state", () => {
  const options = { batchSize: 6, shuffle: true, transform: augment };
  const loader = (seed: number): DataLoader => new DataLoader(images(20), { ...options, seed });
  /** As a checkpoint stores it. */
  const stored = (from: DataLoader): DataLoaderState => JSON.parse(JSON.stringify(from.state));

  for (const taken of [0, 1, 3, 4, 5, 8, 10])
    it(`after ${taken} batches of 4 an epoch: a loader of another seed goes on bit for bit`, async () => {
      const whole = loader(3);
      const all = [...(await epoch(whole)), ...(await epoch(whole)), ...(await epoch(whole))];
      const interrupted = loader(3);
      for (let left = taken; left > 0; left -= 4) await epoch(interrupted, left);
      const resumed = loader(99);
      resumed.loadState(stored(interrupted));
      expect(resumed.state).to.deep.equal(stored(interrupted));
      const rest: string[] = [];
      while (rest.length < 12 - taken) rest.push(...(await epoch(resumed)));
      expect(rest).to.deep.equal(all.slice(taken));
      expect(resumed.state).to.deep.equal(stored(whole));
    });

  it("an epoch that was left and not resumed is over: the next one is the next", async () => {
    const [left, whole] = [loader(3), loader(3)];
    await epoch(left, 2);
    await epoch(whole);
    expect(await epoch(left)).to.deep.equal(await epoch(whole));
    expect(left.state).to.deep.equal(whole.state);
  });

  it("holds null for what is not drawn, and the epochs all the same", async () => {
    const plain = new DataLoader(images(4), { batchSize: 2 });
    await epoch(plain, 1);
    expect(plain.state).to.deep.equal({ epoch: 0, batch: 1, order: null, transform: null });
    const resumed = new DataLoader(images(4), { batchSize: 2 });
    resumed.loadState(plain.state);
    expect(await epoch(resumed)).to.deep.equal((await epoch(plain)).slice(1));
    expect(resumed.state.epoch).to.equal(1);
  });

  it("refuses the state of a loader with other options", () => {
    const state = loader(3).state;
    const plain = new DataLoader(images(20), { batchSize: 6 });
    expect(() => plain.loadState(state)).to.throw(TypeError, "another shuffle or transform");
    expect(() => loader(3).loadState(plain.state)).to.throw(TypeError, "another shuffle or transform");
    for (const wrong of [
      { batch: 4 },
      { batch: -1 },
      { epoch: 0.5 },
      { epoch: undefined as unknown as number },
    ])
      expect(() => loader(3).loadState({ ...state, ...wrong })).to.throw(RangeError, "batch below 4");
    expect(() => loader(3).loadState({ ...state, order: [1, 2] })).to.throw(TypeError, "Random.state");
  });
});
