import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import {
  addmm,
  argmaxPool,
  col2im,
  conv2d,
  convTranspose2d,
  type Engine,
  engine,
  im2col,
  maxPool2d,
  type NDArray,
  random,
  scatter,
  standardize,
  useEngine,
  vecdot,
  type Window,
  where,
  zeros,
} from "chalk-and-tape/np";
import {
  addcmul2,
  blasCrewOptions,
  Control,
  type CrewOptions,
  comoments,
  conv2dWeight,
  maxUnpool2d,
  moments,
  softmaxCrossEntropy,
  softmaxMinus,
  withCrew,
} from "#internal/np";

const root = join(import.meta.dirname, "../../..");
const crewOptions = blasCrewOptions();
const chosen = engine().name;

/** Counts the parts of each method that were computed on this thread. */
function counting({ alone, multiply, ...rest }: CrewOptions, counts: Map<string, number>): CrewOptions {
  const count = (name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1);
  const counted = Object.fromEntries(
    Object.entries(alone).map(([name, method]) => [
      name,
      typeof method !== "function"
        ? method
        : function (this: Engine, ...args: unknown[]): unknown {
            count(name);
            return (method as (...args: unknown[]) => unknown).apply(this, args);
          },
    ]),
  ) as unknown as Engine;
  const multiplyCounted: CrewOptions["multiply"] = (product) => {
    count("multiply");
    multiply(product);
  };
  return { ...rest, alone: counted, multiply: multiplyCounted };
}

const window: Window = { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: [[1, 1], [1, 1]], mode: "zeros" }; // biome-ignore format: one window
const pool: Window = { ...window, kernel: [2, 2], stride: [2, 2], padding: [[0, 0], [0, 0]] }; // biome-ignore format: one window

/** One large use of every method that is shared out, by the method's name. */
function uses(dtype: "float32" | "float64"): Record<string, () => NDArray> {
  const rng = random(20261126);
  const draw = (...shape: number[]): NDArray => rng.normal(0, 1, shape, { dtype });
  const [x, y, w, dy] = [draw(16, 8, 32, 32), draw(16, 8, 32, 32), draw(12, 8, 3, 3), draw(16, 12, 32, 32)];
  const [mean, std] = [draw(1, 8, 1, 1), draw(1, 8, 1, 1).mul(0.1).add(2)];
  const winners = argmaxPool(x, pool).reshape(16, 8, 256);
  const [values, pooled] = [draw(16, 8, 256), draw(16, 8, 16, 16)];
  return {
    assign: () => x.transpose([0, 1, 3, 2]).copy(),
    unary: () => x.neg(),
    binary: () => x.mul(y),
    where: () => where(x.greater(0), y, 0),
    fused: () => standardize(x, mean, std, []),
    "fused of six operands": () => addcmul2(mean, x, std, y, std, mean),
    sumProducts: () => vecdot(x, y, [0, 2, 3]),
    moments: () => moments(x, [0, 2, 3]).variance,
    comoments: () => comoments(x, y, mean, [0, 2, 3]).comoment,
    reduce: () => x.sum([2, 3]),
    softmaxCrossEntropy: () => softmaxCrossEntropy(x, y, 1),
    softmaxMinus: () => softmaxMinus(x, y, mean.broadcastTo([16, 8, 32, 32]).slice(null, 0), 1),
    largest: () => maxPool2d(x, pool),
    unpool: () => maxUnpool2d(pooled, x, pool),
    scatter: () => scatter(values, winners, 2, [16, 8, 1024]),
    convolve: () => conv2d(x, w, window),
    "convolve into x": () => convTranspose2d(dy, w, window, 1, [32, 32]),
    "convolve into w": () => conv2dWeight(dy, x, window),
    multiply: () => x.reshape(128, 1024).mT.matmul(y.reshape(128, 1024)),
    gemmBatch: () => x.reshape(16, 256, 32).mT.matmul(y.reshape(16, 256, 32)),
    "gemmBatch of one matrix with many": () =>
      w.reshape(12, 72).matmul(im2col(x, window).reshape(16, 72, 1024)),
    im2col: () => im2col(x, window),
    col2im: () => col2im(im2col(x, window), window, [32, 32]),
    "multiply by rows": () => x.reshape(512, 256).matmul(y.reshape(512, 256).slice([0, 100]).mT),
    "multiply onto a row": () =>
      addmm(x.slice(0, 0, 0), x.reshape(2048, 64), y.reshape(2048, 64).slice([0, 32]).T),
    "multiply onto a row, by columns": () =>
      addmm(x.reshape(-1).slice([0, 512]), x.reshape(512, 256).slice([0, 100]), y.reshape(512, 256).T),
    "multiply in float64 or float32, of a part": () =>
      x
        .reshape(512, 256)
        .slice([1, 200], [3, 250])
        .matmul(y.reshape(256, 512).slice([0, 247])),
  };
}

describe("np, a crew of threads", () => {
  afterEach(() => useEngine(chosen));

  if (!crewOptions) {
    it("there is none on this machine: it takes a BLAS and two cores");
    return;
  }

  it("the helpers take parts of everything that is shared out", async () => {
    for (const [use, run] of Object.entries(uses("float32"))) {
      const [name] = use.split(" ") as [string];
      const mine = new Map<string, number>();
      const again = new Map<string, number>();
      const whole = counting(crewOptions, again).alone;
      const crew = withCrew(whole, { ...counting(crewOptions, mine), worthSharing: 0, worthMultiplying: 0 });
      let helped = false;
      for (let turn = 0; turn < 5000 && !helped; turn++) {
        useEngine(crew);
        mine.clear();
        run();
        const onePerThread = use === "convolve into w" || name === "multiply";
        helped = (mine.get(name) ?? 0) < (crewOptions.helpers + 1) * (onePerThread ? 1 : 2);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(helped, use).to.equal(true);
      expect(again.get(name === "multiply" ? "gemm" : name) ?? 0, `${use}, a part failed`).to.equal(0);
    }
  });

  for (const dtype of ["float32", "float64"] as const)
    it(`${dtype}: the same bits as one thread, every time, whoever computes what`, () => {
      for (const [use, run] of Object.entries(uses(dtype))) {
        useEngine(crewOptions.alone);
        const alone = run().flat();
        useEngine(withCrew(crewOptions.alone, { ...crewOptions, worthSharing: 0, worthMultiplying: 0 }));
        const first = run().flat();
        for (let turn = 0; turn < 30; turn++) expect(sameBits(run().flat(), first), use).to.equal(true);
        // A sum over samples is added up part by part, and a product of fewer columns may take other instructions: there last bits may differ.
        if (!/^multiply|into w$/.test(use)) expect(sameBits(first, alone), use).to.equal(true);
      }
    });

  it("what takes more numbers than a task has room for, this thread computes", async () => {
    const x = random(1).normal(0, 1, [64, ...new Array<number>(400).fill(1), 64]);
    const mine = new Map<string, number>();
    useEngine(withCrew(crewOptions.alone, { ...counting(crewOptions, mine), worthSharing: 0 }));
    for (let turn = 0; turn < 60; turn++) {
      mine.clear();
      expect(sameBits(x.neg().neg().flat(), x.flat())).to.equal(true);
      expect(mine.get("unary")).to.equal(2 * 2 * (crewOptions.helpers + 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });

  it("what cannot be computed in parts is computed as a whole, and says there what is wrong", () => {
    const x = random(1).normal(0, 1, [4, 9]);
    const calls: string[] = [];
    const broken: CrewOptions = {
      ...crewOptions,
      worthSharing: 0,
      alone: {
        ...crewOptions.alone,
        unary: () => {
          throw new Error("a part");
        },
      },
    };
    const whole: Engine = {
      ...crewOptions.alone,
      unary: (f) => {
        calls.push(f);
        throw new Error("the whole");
      },
    };
    useEngine(withCrew(whole, broken));
    expect(() => x.neg()).to.throw("the whole");
    expect(calls).to.deep.equal(["neg"]);
  });

  it("a product onto a row begins again from the row where a part failed, after it had added", () => {
    const rng = random(20261128);
    for (const [m, n] of [
      [200, 33],
      [33, 200],
    ] as const) {
      const [a, b, row] = [rng.normal(0, 1, [m, 70]), rng.normal(0, 1, [70, n]), rng.normal(0, 1, [n])];
      let [parts, again] = [0, 0];
      const broken: CrewOptions = {
        ...crewOptions,
        worthMultiplying: 0,
        start: () => undefined, // all parts are this thread's
        multiply: (product) => {
          crewOptions.multiply(product);
          if (++parts === 2) throw new Error("the last part, when it was done");
        },
      };
      const whole: Engine = {
        ...crewOptions.alone,
        gemm: (...args) => {
          again++;
          crewOptions.alone.gemm(...args);
        },
      };
      useEngine(crewOptions.alone);
      const wanted = addmm(row, a, b).flat();
      useEngine(withCrew(whole, broken));
      const found = addmm(row, a, b).flat();
      expect([parts, again]).to.deep.equal([crewOptions.helpers + 1, 1]);
      expect(sameBits(found, wanted)).to.equal(true);
      // What c held is not there to begin again from, so it is not shared at all.
      parts = 0;
      const onto = row.broadcastTo([m, n]).copy();
      const matrix = (x: NDArray) => ({ data: x.data as Float64Array, offset: 0, ld: x.shape[1] as number, transposed: false }); // biome-ignore format: one object
      engine().gemm(m, n, 70, matrix(a), matrix(b), onto.data as Float64Array, true);
      expect([parts, sameBits(onto.flat(), wanted)]).to.deep.equal([0, true]);
    }
  });

  it("a machine that gives no threads computes everything on this one", () => {
    const x = random(1).normal(0, 1, [4, 9]);
    const none: CrewOptions = {
      ...crewOptions,
      worthSharing: 0,
      start: () => {
        throw new Error("no threads here");
      },
    };
    useEngine(withCrew(crewOptions.alone, none));
    expect(x.neg().add(x).toArray()).to.deep.equal(zeros([4, 9]).toArray());
  });

  it("one who comes late takes nothing of the next task", () => {
    const control = new Control();
    const first = control.open();
    control.announce(first);
    expect(control.take(first, 3, 10)).to.deep.equal({ index: 0, from: 0, to: 3 });
    const second = control.open();
    expect(control.take(first, 3, 10)).to.equal(null);
    expect(control.take(second, 3, 10)).to.deep.equal({ index: 0, from: 0, to: 3 });
    expect(control.take(second, 3, 10)).to.deep.equal({ index: 1, from: 3, to: 6 });
    expect(control.take(second, 3, 10)).to.deep.equal({ index: 2, from: 6, to: 10 });
    expect(control.take(second, 3, 10)).to.equal(null);
  });

  it("does not keep a program alive", async () => {
    const code = `
      import { random, useEngine } from "chalk-and-tape/np";
      useEngine("blas");
      const x = random(1).normal(0, 1, [64, 10_000]);
      const until = performance.now() + 500;
      while (performance.now() < until) x.mul(x);
      console.log("done");`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const said: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => said.push(String(chunk)));
    const [status] = await once(child, "close");
    expect([status, said.join("")]).to.deep.equal([0, "done\n"]);
  });
});

function sameBits(a: NDArray["data"], b: NDArray["data"]): boolean {
  return (
    Buffer.compare(
      new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
      new Uint8Array(b.buffer, b.byteOffset, b.byteLength),
    ) === 0
  );
}
