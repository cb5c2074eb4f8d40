import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Mlp } from "chalk-and-tape/manual";
import { array, DataError, random } from "chalk-and-tape/np";
import { loadState, saveState } from "chalk-and-tape/training";
import { rejection } from "./rejection.ts";
import { expectEqualStates } from "./states.ts";

describe("training, saveState and loadState", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-state-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  for (const ending of [".npz", ".safetensors", ".SafeTensors"]) {
    it(`${ending}: a model comes back to the last bit, and nothing else is left in the folder`, async () => {
      const path = join(folder, `mlp${ending}`);
      const state = new Mlp({ rng: random(3) }).stateDict();
      await saveState(path, { old: array(1) });
      await saveState(path, state);
      expectEqualStates(await loadState(path), state);
      expect(await readdir(folder)).to.deep.equal([`mlp${ending}`]);
    });
  }
  it("another ending is refused before anything is written", async () => {
    const error = await rejection(saveState(join(folder, "mlp.pt"), {}));
    expect(error).to.be.instanceOf(RangeError);
    expect(error.message).to.match(
      /^saveState: ".*mlp\.pt" ends in neither \.npz nor \.safetensors nor \.npy/,
    );
    expect(await readdir(folder)).to.deep.equal([]);
    expect((await rejection(loadState("mlp"))).message).to.match(/^loadState: "mlp" ends in neither/);
  });
  it("a damaged file is named", async () => {
    const path = join(folder, "mlp.safetensors");
    await writeFile(path, "PK");
    const error = await rejection(loadState(path));
    expect(error).to.be.instanceOf(DataError);
    expect(error.message).to.include(`loadState: ${path}: decodeSafetensors: the file has 2 byte(s)`);
  });
  it("a write that fails leaves the old file and no other", async () => {
    const path = join(folder, "sub", "mlp.npz");
    expect((await rejection(saveState(path, {}))).message).to.match(/ENOENT/);
    expect(await readdir(folder)).to.deep.equal([]);
  });
  it("two writes at once leave one of the two, whole", async () => {
    const path = join(folder, "mlp.npz");
    await Promise.all([1, 2, 3].map((n) => saveState(path, { a: array(Array(1000).fill(n)) })));
    const [first, ...rest] = [...((await loadState(path)).a?.flat() ?? [])];
    expect(rest.every((value) => value === first)).to.equal(true);
    expect(await readdir(folder)).to.deep.equal(["mlp.npz"]);
  });
});
