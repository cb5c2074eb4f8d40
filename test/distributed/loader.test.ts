import { expect } from "chai";
import {
  type Batch,
  Compose,
  DataLoader,
  type DataLoaderOptions,
  type DataLoaderState,
  digits,
  RandomCrop,
  RandomRotation,
  type Samples,
} from "chalk-and-tape/datasets";
import { concatenate, NDArray, random } from "chalk-and-tape/np";
import fc from "fast-check";

const count = (n: number): Samples => ({
  x: NDArray.from(
    Float64Array.from({ length: 2 * n }, (_, i) => i),
    [n, 2],
  ),
  y: NDArray.from(Int32Array.from({ length: n }, (_, i) => i)),
});

/** The options as a program writes them; every rank makes its own loader, with streams of its own. */
type Given = Omit<DataLoaderOptions, "rng"> & { readonly seed: number };

async function epoch(loader: DataLoader): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of loader) batches.push(batch);
  return batches;
}
const plain = ({ x, y }: Batch): unknown[] => [x.toArray(), y.toArray(), x.shape, y.shape, x.dtype, y.dtype];

/** The batches that the parts of all ranks make up, put one after the other. */
async function together(
  data: Samples,
  size: number,
  options: Given,
  state?: DataLoaderState,
): Promise<Batch[]> {
  const parts: Batch[][] = [];
  for (let rank = 0; rank < size; rank++) {
    const loader = new DataLoader(data, { ...options, ranks: { rank, size } });
    if (state) loader.loadState(state);
    parts.push(await epoch(loader));
  }
  return (parts[0] ?? []).map((_, i) => ({
    x: concatenate(parts.map((of) => (of[i] as Batch).x)),
    y: concatenate(parts.map((of) => (of[i] as Batch).y)),
  }));
}

describe("a DataLoader with ranks", function () {
  this.timeout(60_000);

  it("gives each rank its rows of every batch, in order: together they are the batches of one process", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (n, batchSize, size, shuffle) => {
          const options = { batchSize, shuffle, seed: 3 };
          const whole = await epoch(new DataLoader(count(n), options));
          expect((await together(count(n), size, options)).map(plain)).to.deep.equal(whole.map(plain));
        },
      ),
      { numRuns: 30 },
    );
  });

  it("cuts 10 rows for 4 ranks at 2, 5 and 7, and 2 rows so that ranks 1 and 3 get one", async () => {
    const sizes = async (n: number): Promise<(number | undefined)[]> => {
      const parts = [];
      for (let rank = 0; rank < 4; rank++)
        parts.push(...(await epoch(new DataLoader(count(n), { ranks: { rank, size: 4 } }))));
      return parts.map(({ x }) => x.shape[0]);
    };
    expect(await sizes(10)).to.deep.equal([2, 3, 2, 3]);
    expect(await sizes(2)).to.deep.equal([0, 1, 0, 1]);
  });

  it("transforms each item as in one process; an empty part has the shape of the transformed items", async () => {
    const transform = new Compose([new RandomRotation(20), new RandomCrop(10)]);
    const data = digits({ n: 10, seed: 1 });
    const options = { batchSize: 4, shuffle: true, seed: 5, transform, dtype: "float32" } as const;
    const whole = await epoch(new DataLoader(data, options));
    for (const size of [2, 3, 7])
      expect((await together(data, size, options)).map(plain)).to.deep.equal(whole.map(plain));
    const [first] = await epoch(new DataLoader(data, { ...options, ranks: { rank: 0, size: 7 } }));
    expect([first?.x.shape, first?.y.shape]).to.deep.equal([[0, ...(whole[0]?.x.shape.slice(1) ?? [])], [0]]);
    const [untouched] = await epoch(
      new DataLoader(data, { batchSize: 4, seed: 5, ranks: { rank: 0, size: 7 } }),
    );
    expect(untouched?.x.shape).to.deep.equal([0, ...data.x.shape.slice(1)]);
  });

  it("goes on in the middle of an epoch with another number of ranks", async () => {
    const options = { batchSize: 4, shuffle: true, seed: 3 };
    const all = new DataLoader(count(23), options);
    const whole = [...(await epoch(all)), ...(await epoch(all))];
    const four = new DataLoader(count(23), { ...options, ranks: { rank: 2, size: 4 } });
    await epoch(four);
    let seen = 0;
    for await (const _ of four) if (++seen === 2) break;
    for (const size of [1, 2, 5]) {
      const rest = await together(count(23), size, { ...options, seed: 77 }, four.state);
      expect(rest.map(plain)).to.deep.equal(whole.slice(6 + 2).map(plain));
    }
  });

  it("keeps the ranks that were given, and says so in its text", () => {
    const ranks = { rank: 1, size: 4, sum: () => {}, broadcast: () => {} };
    const loader = new DataLoader(count(8), { ranks, batchSize: 4 });
    expect(loader.ranks).to.equal(ranks);
    expect(`${loader}`).to.match(/8 items in 2 batches of 4, rank 1 of 4\)$/);
    expect(new DataLoader(count(8)).ranks).to.equal(null);
    expect(`${new DataLoader(count(8))}`).to.not.match(/rank/);
  });

  it("wants rng or seed of several ranks that shuffle or transform at random", async () => {
    const ranks = { rank: 0, size: 2 };
    const transform = new RandomCrop(10);
    const message =
      "DataLoader: without rng or seed, each of the 2 ranks would draw another order; pass all the same: { seed: 1 }";
    expect(() => new DataLoader(count(8), { ranks, shuffle: true })).to.throw(RangeError, message);
    expect(() => new DataLoader(digits({ n: 4, seed: 1 }), { ranks, transform })).to.throw(
      RangeError,
      message,
    );
    new DataLoader(count(8), { ranks });
    new DataLoader(count(8), { ranks, shuffle: true, rng: random(1) });
    new DataLoader(digits({ n: 4, seed: 1 }), { ranks, transform, seed: 0 });
    new DataLoader(count(8), { ranks: { rank: 0, size: 1 }, shuffle: true }); // alone, any order will do
  });

  it("refuses ranks that are none", () => {
    const make = (ranks: unknown) => () => new DataLoader(count(8), { ranks: ranks as never });
    for (const [rank, size] of [
      [2, 2],
      [-1, 2],
      [0.5, 2],
      [0, 0],
      [0, 1.5],
    ])
      expect(make({ rank, size }), `${rank} of ${size}`).to.throw(RangeError, /ranks is .*0 … size − 1/);
    for (const ranks of [4, "4", {}, { rank: 0 }]) expect(make(ranks)).to.throw(TypeError, /distributed\(\)/);
  });
});
