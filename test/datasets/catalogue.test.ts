import { expect } from "chai";
import { catalogue, DataError, DataLoader, loadDataset } from "chalk-and-tape/datasets";
import { nearestName } from "#internal/np";
import { images, labels, put } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("expected an error"),
    (error: Error) => error,
  );
}

describe("loadDataset", () => {
  const scratch = scratchFolder();

  it("knows toy sets, digits, shapes, mnist, fashion-mnist and cifar10", () => {
    expect(Object.keys(catalogue)).to.deep.equal([
      "moons",
      "circles",
      "spirals",
      "xor",
      "blobs",
      "digits",
      "shapes",
      "mnist",
      "fashion-mnist",
      "cifar10",
    ]);
  });

  for (const name of ["moons", "circles", "spirals", "xor", "blobs", "digits", "shapes"])
    it(`generates ${name}: train and test of one kind with no item in common; equal for equal seeds`, async () => {
      const { train, test } = await loadDataset(name, { seed: 1, limit: 300 });
      expect([train.name, test.name]).to.deep.equal([name, name]);
      expect(test.classes).to.deep.equal(train.classes);
      expect([train.x.shape[0], test.x.shape[0]]).to.deep.equal([300, 300]);
      const rows = [train, test].flatMap(({ x }) =>
        (x.toArray() as unknown[]).map((row) => JSON.stringify(row)),
      );
      expect(new Set(rows).size).to.equal(600);
      for (const part of [train, test]) {
        expect(new Set(part.y.toArray() as number[]).size).to.equal(part.classes.length);
        expect(new DataLoader(part).length).to.equal(5);
      }
      const again = await loadDataset(name, { seed: 1, limit: 300 });
      expect(again.test.x.flat()).to.deep.equal(test.x.flat());
      expect(again.train.x.flat()).to.deep.equal(train.x.flat());
      const other = await loadDataset(name, { seed: 2, limit: 300 });
      expect(other.train.x.flat()).not.to.deep.equal(train.x.flat());
    });

  it("gives blobs the same centres in both parts", async () => {
    const { train, test } = await loadDataset("blobs", { seed: 3 });
    for (const label of [0, 1, 2]) {
      const center = ({ x, y }: typeof train): number => {
        const own = (x.toArray() as [number, number][]).filter((_, i) => y.item(i) === label);
        return own.reduce((sum, [x0]) => sum + x0, 0) / own.length;
      };
      expect(center(train)).to.be.closeTo(center(test), 0.5);
    }
  });

  it("a smaller limit gives the beginning of a larger one", async () => {
    for (const name of ["moons", "digits", "shapes"]) {
      const few = await loadDataset(name, { limit: 20 });
      const more = await loadDataset(name, { limit: 40 });
      for (const part of ["train", "test"] as const)
        expect(more[part].x.slice([0, 20]).toArray()).to.deep.equal(few[part].x.toArray());
    }
  });

  it("gives 800 and 400 points, 10,000 and 2,000 digits without a limit", async () => {
    const sizes = async (name: string): Promise<unknown> => {
      const { train, test } = await loadDataset(name);
      return [train.x.shape[0], test.x.shape[0]];
    };
    expect(await sizes("xor")).to.deep.equal([800, 400]);
    expect(await sizes("digits")).to.deep.equal([10_000, 2000]);
  });

  it("loads MNIST from the root that is given, and downloads nothing", async () => {
    const root = await scratch.make();
    await put(root, "train-images-idx3-ubyte.gz", images(3));
    await put(root, "train-labels-idx1-ubyte.gz", labels(1, 2, 3));
    expect(await failure(loadDataset("mnist", { root }))).to.be.instanceOf(DataError);
    await put(root, "t10k-images-idx3-ubyte.gz", images(2));
    await put(root, "t10k-labels-idx1-ubyte.gz", labels(4, 5));
    const { train, test } = await loadDataset("mnist", { root, limit: 2 });
    expect([train.y.toArray(), test.y.toArray()]).to.deep.equal([
      [1, 2],
      [4, 5],
    ]);
  });

  it("refuses an unknown name with the list of known ones and the nearest", async () => {
    const error = await failure(loadDataset("Spiral"));
    expect(error).to.be.instanceOf(RangeError);
    expect(error.message)
      .to.contain('"Spiral"')
      .and.to.contain("moons, circles")
      .and.to.contain('mean "spirals"?');
    expect((await failure(loadDataset("qwertyuiop"))).message).not.to.contain("mean");
    expect(await failure(loadDataset("toString"))).to.be.instanceOf(RangeError);
  });

  it("refuses a limit that is not a whole number from 1 on", async () => {
    for (const limit of [0, -2, 1.5, Number.NaN])
      for (const name of ["moons", "digits", "mnist"])
        expect((await failure(loadDataset(name, { limit }))).message).to.contain(
          `limit is ${limit}; expected`,
        );
  });
});

describe("nearestName", () => {
  it("finds the name with the fewest edits, whatever the case, unless all are far away", () => {
    const names = ["moons", "xor", "digits", "mnist"];
    expect(nearestName("mnits", names)).to.equal("mnist");
    expect(nearestName("DIGIT", names)).to.equal("digits");
    expect(nearestName("or", names)).to.equal("xor");
    expect(nearestName("cifar10", names)).to.equal(null);
    expect(nearestName("x", [])).to.equal(null);
  });
});
