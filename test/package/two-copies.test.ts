import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as datasets from "chalk-and-tape/datasets";
import * as gradcheck from "chalk-and-tape/gradcheck";
import * as initialisers from "chalk-and-tape/initialisers";
import * as manual from "chalk-and-tape/manual";
import * as np from "chalk-and-tape/np";
import * as training from "chalk-and-tape/training";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The package as its own copy exports it. */
interface Copy {
  readonly np: typeof np;
  readonly manual: typeof manual;
  readonly autograd: typeof autograd;
  readonly datasets: typeof datasets;
  readonly training: typeof training;
}

/** The same package, loaded a second time from another folder. */
async function secondCopy(folder: string): Promise<Copy> {
  await cp(join(root, "dist"), join(folder, "dist"), { recursive: true });
  await cp(join(root, "package.json"), join(folder, "package.json"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const room = (name: string): Promise<unknown> =>
    import(pathToFileURL(join(folder, "dist", name, "index.js")).href);
  const names = ["np", "manual", "autograd", "datasets", "training"] as const;
  const rooms = await Promise.all(names.map(async (name) => [name, await room(name)] as const));
  return Object.fromEntries(rooms) as unknown as Copy;
}

const rng = (): np.Random => np.random(0);
const row = (): np.NDArray => np.array([[1, 2]]);
const leaf = (): autograd.Tensor => autograd.tensor([[1, 2]], { requiresGrad: true });
const index = np.array([0], { dtype: "int32" });
const one = { batchSize: 1 };

/** What meets an object of the second copy, by what it is called. */
const calls: Readonly<Record<string, (other: Copy) => unknown>> = {
  "a.add(b)": (o) => row().add(o.np.array([[1, 2]])),
  "a.add(tensor)": (o) => row().add(o.autograd.tensor([[1, 2]]) as never),
  "tensor.add(a)": (o) => leaf().add(o.np.array([[1, 2]])),
  "tensor.add(tensor)": (o) => leaf().add(o.autograd.tensor([[1, 2]])),
  "the other's b.add(a)": (o) => o.np.array([[1, 2]]).add(row()),
  matmul: (o) => row().matmul(o.np.array([[1], [2]])),
  equal: (o) => row().equal(o.np.array([[1, 2]])),
  where: (o) => np.where(o.np.array([[1, 0]]), row(), row()),
  concatenate: (o) => np.concatenate([row(), o.np.array([[1, 2]])], 0),
  "stack of tensors": (o) => np.stack([leaf(), o.autograd.tensor([[1, 2]])], 0),
  gather: (o) => np.gather(row(), o.np.array([[0]], { dtype: "int32" }), 1),
  oneHot: (o) => np.oneHot(o.np.array([0], { dtype: "int32" }), 2),
  set: (o) => row().set(o.np.array([1, 2])),
  copyFrom: (o) => row().copyFrom(o.np.array([[1, 2]])),
  addInPlace: (o) => row().addInPlace(o.np.array([[1, 2]])),
  array: (o) => np.array(o.np.array([[1, 2]])),
  tensor: (o) => autograd.tensor(o.np.array([[1, 2]])),
  "new Tensor": (o) => new autograd.Tensor(o.np.array([[1, 2]])),
  backward: (o) => leaf().mul(2).backward(o.np.array([[1, 1]])),
  grad: (o) => autograd.grad((x: autograd.Tensor) => x.sum())(o.autograd.tensor([1])),
  "grad of a function that returns it": (o) => autograd.grad((_: autograd.Tensor) => o.autograd.tensor(1))(leaf()),
  "a custom op": (o) => autograd.op((x: np.NDArray) => x.mul(2), (dy) => dy)(o.autograd.tensor([1])),
  "Linear.forward in chalk": (o) => new manual.Linear(2, 1, { rng: rng() }).forward(o.np.array([[1, 2]])),
  "Linear.forward on tape": (o) => new autograd.Linear(2, 1, { rng: rng() }).forward(o.autograd.tensor([[1, 2]])),
  "Linear.backward": (o) => {
    const layer = new manual.Linear(2, 1, { rng: rng() });
    layer.forward(row());
    layer.backward(o.np.array([[1]]));
  },
  "Embedding in chalk": (o) => new manual.Embedding(2, 2, { rng: rng() }).forward(o.np.array([0], { dtype: "int32" })),
  "the stream of a layer": (o) => new manual.Linear(2, 1, { rng: o.np.random(0) }),
  "the stream of an initialiser": (o) => initialisers.xavierNormal([2, 2], { rng: o.np.random(0) }),
  "the stream of a data set": (o) => datasets.moons({ n: 4, rng: o.np.random(0) }),
  "a target in chalk": (o) => new manual.MSELoss().forward(row(), o.np.array([[1, 2]])),
  "a target on tape": (o) => new autograd.CrossEntropyLoss().forward(leaf(), o.np.array([0], { dtype: "int32" })),
  "class weights": (o) => new manual.CrossEntropyLoss({ weight: o.np.array([1, 2]) }),
  "a loss's dy": (o) => {
    const loss = new manual.MSELoss();
    loss.forward(row(), row());
    loss.backward(o.np.array(1));
  },
  "an optimizer in chalk": (o) => new manual.SGD(new o.manual.Linear(2, 1, { rng: o.np.random(0) }).parameters(), { lr: 1 }),
  "an optimizer on tape": (o) => new autograd.SGD(new o.autograd.Linear(2, 1, { rng: o.np.random(0) }).parameters(), { lr: 1 }),
  clipGradNorm: (o) => manual.clipGradNorm(new o.manual.Linear(2, 1, { rng: o.np.random(0) }).parameters(), 1),
  "an optimizer's state": (o) => {
    const build = ({ np: { array, random }, manual: { Linear, SGD } }: Pick<Copy, "np" | "manual">) => {
      const layer = new Linear(2, 1, { rng: random(0) });
      const optimizer = new SGD(layer.parameters(), { lr: 1, momentum: 0.9 });
      layer.forward(array([[1, 2]]));
      layer.backward(array([[1]]));
      optimizer.step();
      return optimizer;
    };
    build({ np, manual }).loadStateDict(build(o).stateDict());
  },
  loadStateDict: (o) => new manual.Linear(2, 1, { rng: rng() }).loadStateDict(new o.manual.Linear(2, 1, { rng: o.np.random(0) }).stateDict()),
  "Sequential in chalk": (o) => new manual.Sequential(new o.manual.ReLU()),
  "Sequential on tape": (o) => new autograd.Sequential(new autograd.ReLU(), new o.autograd.ReLU()),
  Residual: (o) => new manual.Residual(new manual.ReLU(), new o.manual.ReLU()),
  "a field in chalk": (o) => Object.assign(new manual.Identity(), { part: new o.manual.ReLU() }).parameters(),
  "a field on tape": (o) => Object.assign(new autograd.Identity(), { parts: [{ a: new o.autograd.ReLU() }] }).parameters(),
  DataLoader: (o) => new datasets.DataLoader({ x: o.np.array([[1, 2]]), y: index }),
  "DataLoader's stream": (o) => new datasets.DataLoader({ x: row(), y: index }, { shuffle: true, rng: o.np.random(0) }),
  accuracy: (o) => training.accuracy(row(), o.np.array([0], { dtype: "int32" })),
  SequentialLR: (o) => {
    const optimizer = new manual.SGD(new manual.Linear(2, 1, { rng: rng() }).parameters(), { lr: 1 });
    return new training.SequentialLR(optimizer, [new o.training.StepLR(optimizer, 1)], []);
  },
  "train with the other's loader": (o) => {
    const model = new autograd.Linear(2, 2, { rng: rng() });
    const loader = new o.datasets.DataLoader({ x: o.np.array([[1, 2]]), y: o.np.array([[1, 2]]) }, one);
    return autograd.train(model, loader, { loss: new autograd.MSELoss(), optimizer: new autograd.SGD(model.parameters(), { lr: 1 }) });
  },
  "train with the other's model": (o) => {
    const model = new o.manual.Linear(2, 2, { rng: o.np.random(0) });
    const loader = new datasets.DataLoader({ x: row(), y: row() }, one);
    return manual.train(model as never, loader, { loss: new manual.MSELoss(), optimizer: { step() {}, zeroGrad() {} } });
  },
  "train with the other's loss": (o) => {
    const model = new autograd.Linear(2, 2, { rng: rng() });
    const loader = new datasets.DataLoader({ x: row(), y: row() }, one);
    return autograd.train(model, loader, { loss: new o.autograd.MSELoss() as never, optimizer: new autograd.SGD(model.parameters(), { lr: 1 }) });
  },
  gradcheck: (o) => gradcheck.gradcheck({ forward: (x) => x, backward: (dy: np.NDArray) => [dy] }, [o.np.array([1])]),
}; // biome-ignore format: one call a line

describe("two copies of the package", () => {
  let folder: string;
  let other: Copy;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-second-copy-"));
    other = await secondCopy(folder);
  });
  after(() => rm(folder, { recursive: true }));

  it("are two: instanceof is false for the other's arrays", () => {
    expect(other.np.array([1])).not.to.be.instanceOf(np.NDArray);
    expect(
      other.np
        .array([1])
        .add(other.np.array([2]))
        .toArray(),
    ).to.deep.equal([3]);
  });
  for (const [name, call] of Object.entries(calls)) {
    it(`${name}: the message says so, and from where`, async () => {
      const error = await Promise.resolve()
        .then(() => call(other))
        .then(
          () => expect.fail("it did not fail"),
          (thrown) => thrown as Error,
        );
      const [, first, second] = /two copies of chalk-and-tape are loaded, from (\S+) and from (\S+);/.exec(
        error.message,
      ) ?? [error.message];
      expect([first, second].map((path) => path?.replace(/\/$/, "")).sort()).to.deep.equal(
        [folder, root.replace(/\/$/, "")].sort(),
      );
      expect(error.message).to.include("import everything from one");
      expect(error.message).not.to.match(/put it on the left|pass target\.data|pass model\.parameters/);
    });
  }
});
