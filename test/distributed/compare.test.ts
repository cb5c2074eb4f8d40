import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { CompareResult } from "chalk-and-tape/compare";
import { random } from "chalk-and-tape/np";
import { loadState } from "chalk-and-tape/training";
import { isExhaustive } from "../exhaustive.ts";
import { withBothLaunchers } from "./both-launchers.ts";
import { mpirun, type Run } from "./mpirun.ts";

const program = new URL("./programs/compare-job.js", import.meta.url);

/** What a rank writes at its end. */
interface Found {
  readonly rank: number;
  readonly steps: number;
  readonly verdict: string;
  readonly weights: { readonly manual: string; readonly autograd: string };
  readonly result: CompareResult;
}

/** The real job of the lecture, and one that takes seconds. */
const job = isExhaustive
  ? { dataset: "mnist", epochs: 3 }
  : { dataset: "digits", limit: 160, batchSize: 30, epochs: 3 };
const limit = isExhaustive ? 3600 : 60;

function losses({ result }: Found): number[] {
  return result.epochs.flatMap(({ manual, autograd }) =>
    [manual, autograd].flatMap((side) => [side.trainLoss, side.testLoss]),
  );
}

function furthest(a: readonly number[], b: readonly number[]): number {
  expect(a.length).to.equal(b.length).and.to.be.above(0);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
}

withBothLaunchers("compare under mpirun", (launcher) => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-compare-"));
  });
  after(() => rm(folder, { recursive: true }));
  const fileOf = (name: string): string => join(folder, `${name}.safetensors`);

  let runs = 0;
  async function run(ranks: number, given: object): Promise<Run & { readonly out: string }> {
    const out = join(folder, `found-${runs++}-`);
    const args = [JSON.stringify({ job, out, ...given })];
    const ended = await mpirun(launcher(), ranks, program, { args, limit, env: { CHALK_THREADS: "1" } });
    expect(ended.timedOut, ended.stderr).to.equal(false);
    expect(ended.left, "processes that are left").to.deep.equal([]);
    return { ...ended, out };
  }
  async function found(ranks: number, given: object = {}): Promise<Found[]> {
    const { code, stderr, out } = await run(ranks, given);
    expect(code, stderr).to.equal(0);
    const names = Array.from({ length: ranks }, (_, rank) => `${out}${rank}.json`);
    return Promise.all(names.map(async (name): Promise<Found> => JSON.parse(await readFile(name, "utf8"))));
  }
  /** Models of both sides in a checkpoint. */
  async function weightsIn(name: string): Promise<number[]> {
    const arrays = Object.entries(await loadState(fileOf(name)));
    const models = arrays.filter(([key]) => /^(manual|autograd)\.model\./.test(key));
    return models.flatMap(([, x]) => [...x.flat()]);
  }

  let alone: Found;
  it("1, 2 and 4 ranks: the same losses, agreement, the same bits on all ranks", async () => {
    [alone] = (await found(1, { checkpoint: { path: fileOf("alone") } })) as [Found];
    expect(alone.result).to.include({ agree: true }).and.not.to.have.property("ranks");
    for (const size of [2, 4]) {
      const all = await found(size);
      expect(all.map(({ rank }) => rank)).to.deep.equal([...Array(size).keys()]);
      for (const one of all) {
        expect(one.result, one.verdict).to.include({ agree: true, ranks: size });
        expect(furthest(losses(one), losses(alone))).to.be.below(1e-12);
        expect([one.weights, one.verdict, one.steps]).to.deep.equal([
          all[0]?.weights,
          all[0]?.verdict,
          alone.steps,
        ]);
      }
    }
  }).timeout(1000 * 4 * limit);

  const rng = random(Number(process.env.CHALK_TEST_SEED ?? 5));
  for (const [from, to] of isExhaustive ? [[4, 2], [2, 3], [3, 1], [2, 4]] : [[3, 2]]) // biome-ignore format: one line
    it(`kill -9 of one of ${from} ranks: all end; ${to} go on from the file`, async () => {
      const name = `killed-${from}-${to}`;
      const everySteps = isExhaustive ? 100 : 2;
      const checkpoint = { path: fileOf(name), everySteps };
      const step = isExhaustive ? rng.integer(200, 2600) : rng.integer(4, 9);
      const dies = { rank: rng.integer(0, (from as number) - 1), step, ms: rng.next() * 20 };
      const killed = await run(from as number, { checkpoint, dies });
      expect(killed.code).not.to.equal(0);
      expect((await readdir(folder)).filter((one) => join(folder, one).startsWith(killed.out))).to.deep.equal(
        [],
      );
      expect(killed.stdout + killed.stderr).to.match(/signal 9|Killed/i);
      const [again] = (await found(to as number, { checkpoint })) as [Found];
      expect(again.steps, "steps that were not taken again").to.be.below(alone.steps);
      expect(again.result.agree, again.verdict).to.equal(true);
      expect(furthest(await weightsIn(name), await weightsIn("alone"))).to.be.below(1e-10);
      expect(furthest(losses(again), losses(alone))).to.be.below(1e-10);
    }).timeout(1000 * 2 * limit);
});
