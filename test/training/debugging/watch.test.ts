import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { DataLoader, digits, moons, spirals } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { array, exp, log, logsumexp, type NDArray, random, zeros } from "chalk-and-tape/np";

const softmax = (x: NDArray): NDArray => exp(x.sub(logsumexp(x, 1, true)));
/** Only their forward matters here: what is watched is what enters the loss. */
const chalkParts = {
  Softmax: class Softmax extends manual.Layer {
    forward(x: NDArray): NDArray {
      return softmax(x);
    }
    backward(dy: NDArray): NDArray {
      return dy;
    }
  },
  LogSoftmax: class LogSoftmax extends manual.Layer {
    forward(x: NDArray): NDArray {
      return log(softmax(x));
    }
    backward(dy: NDArray): NDArray {
      return dy;
    }
  },
  ByHand: class ByHand extends manual.Layer {
    forward(x: NDArray): NDArray {
      return softmax(x);
    }
    backward(dy: NDArray): NDArray {
      return dy;
    }
  },
};
const tapeParts = {
  Softmax: class Softmax extends autograd.Module {
    forward(x: autograd.Tensor): autograd.Tensor {
      return exp(x.sub(logsumexp(x, 1, true)));
    }
  },
  LogSoftmax: class LogSoftmax extends autograd.Module {
    forward(x: autograd.Tensor): autograd.Tensor {
      return x.sub(logsumexp(x, 1, true));
    }
  },
  ByHand: class ByHand extends autograd.Module {
    forward(x: autograd.Tensor): autograd.Tensor {
      return exp(x.sub(logsumexp(x, 1, true)));
    }
  },
};

const data = moons({ n: 24, noise: 0.1, seed: 2 });
type Extra = keyof typeof chalkParts | "BatchNorm1d" | "Dropout";

function chalkNet(before: readonly Extra[] = [], after: readonly Extra[] = []): manual.Sequential {
  const rng = random(4);
  const part = (name: Extra): manual.Layer => {
    if (name === "BatchNorm1d") return new manual.BatchNorm1d(8);
    return name === "Dropout" ? new manual.Dropout(0.2, { rng }) : new chalkParts[name]();
  };
  return new manual.Sequential(
    new manual.Linear(2, 8, { rng }),
    ...before.map(part),
    new manual.ReLU(),
    new manual.Linear(8, 2, { rng }),
    ...after.map(part),
  );
}
function tapeNet(before: readonly Extra[] = [], after: readonly Extra[] = []): autograd.Sequential {
  const rng = random(4);
  const part = (name: Extra): autograd.Module => {
    if (name === "BatchNorm1d") return new autograd.BatchNorm1d(8);
    return name === "Dropout" ? new autograd.Dropout(0.2, { rng }) : new tapeParts[name]();
  };
  return new autograd.Sequential(
    new autograd.Linear(2, 8, { rng }),
    ...before.map(part),
    new autograd.ReLU(),
    new autograd.Linear(8, 2, { rng }),
    ...after.map(part),
  );
}

/** What a loop of one's own has at hand. `see` are the warnings. */
interface ChalkLoop {
  readonly model: manual.Sequential;
  readonly loss: manual.CrossEntropyLoss;
  readonly optimizer: manual.SGD;
  readonly watching: ReturnType<typeof manual.watch>;
  readonly warnings: string[];
}
function chalkLoop(model: manual.Sequential = chalkNet()): ChalkLoop {
  const warnings: string[] = [];
  const loss = new manual.CrossEntropyLoss();
  const optimizer = new manual.SGD(model.parameters(), { lr: 0.1 });
  const watching = manual.watch(model, { loss, optimizer, warn: (message) => warnings.push(message) });
  return { model, loss, optimizer, watching, warnings };
}
interface TapeLoop {
  readonly model: autograd.Sequential;
  readonly loss: autograd.CrossEntropyLoss;
  readonly optimizer: autograd.SGD;
  readonly watching: ReturnType<typeof autograd.watch>;
  readonly warnings: string[];
}
function tapeLoop(model: autograd.Sequential = tapeNet()): TapeLoop {
  const warnings: string[] = [];
  const loss = new autograd.CrossEntropyLoss();
  const optimizer = new autograd.SGD(model.parameters(), { lr: 0.1 });
  const watching = autograd.watch(model, { loss, optimizer, warn: (message) => warnings.push(message) });
  return { model, loss, optimizer, watching, warnings };
}

const chalkStep = ({ model, loss, optimizer }: ChalkLoop): void => {
  optimizer.zeroGrad();
  loss.forward(model.forward(data.x), data.y);
  model.backward(loss.backward());
  optimizer.step();
};
const tapeStep = ({ model, loss, optimizer }: TapeLoop): void => {
  optimizer.zeroGrad();
  loss.forward(model.forward(new autograd.Tensor(data.x)), data.y).backward();
  optimizer.step();
};
const x = (): autograd.Tensor => new autograd.Tensor(data.x);

/** Exactly one warning, which says this. */
function expectOne(warnings: readonly string[], text: RegExp): void {
  expect(warnings).to.have.length(1);
  expect(warnings[0]).to.match(text);
  expect(warnings[0]).to.match(/^Beware: .*\.$/);
}

describe("training, watch: warns once of each likely mistake", () => {
  // biome-ignore format: a table
  const softmaxes: [part: Extra, text: RegExp][] = [
    ["Softmax", /layers\[3\] \(Softmax\) gives probabilities to CrossEntropyLoss, which takes logits .* the loss cannot fall below 0\.313; drop the softmax from forward/],
    ["ByHand", /forward gives probabilities to CrossEntropyLoss/],
    ["LogSoftmax", /layers\[3\] \(LogSoftmax\) gives log-probabilities to CrossEntropyLoss.*or use NLLLoss/],
  ];
  for (const [part, text] of softmaxes) {
    it(`${part} before CrossEntropyLoss`, () => {
      const [a, b] = [chalkLoop(chalkNet([], [part])), tapeLoop(tapeNet([], [part]))];
      for (let i = 0; i < 3; i++) {
        chalkStep(a);
        tapeStep(b);
      }
      expectOne(a.warnings, text);
      expectOne(b.warnings, text);
    });
  }
  it("Sigmoid before BCEWithLogitsLoss", () => {
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const loss = new manual.BCEWithLogitsLoss();
    const model = new manual.Sequential(new manual.Linear(2, 1, { rng: random(1) }), new manual.Sigmoid());
    manual.watch(model, { loss, warn });
    loss.forward(model.forward(data.x), data.y.reshape(-1, 1).astype("float64"));
    const taped = new autograd.Sequential(
      new autograd.Linear(2, 1, { rng: random(1) }),
      new autograd.Sigmoid(),
    );
    const tapeLoss = new autograd.BCEWithLogitsLoss();
    autograd.watch(taped, { loss: tapeLoss, warn });
    tapeLoss.forward(taped.forward(x()), data.y.reshape(-1, 1).astype("float64"));
    expect(warnings).to.have.length(2);
    for (const text of warnings)
      expect(text).to.match(/layers\[1\] \(Sigmoid\) comes before BCEWithLogitsLoss.*BCELoss/);
  });
  it("tape: a forgotten zeroGrad", () => {
    const b = tapeLoop();
    for (let i = 0; i < 3; i++) {
      b.loss.forward(b.model.forward(x()), data.y).backward();
      b.optimizer.step();
    }
    expectOne(b.warnings, /zeroGrad\(\) is missing; call optimizer\.zeroGrad\(\) before backward/);
  });
  it("tape: zeroGrad of another optimizer's parameters", () => {
    const b = tapeLoop();
    const other = new autograd.SGD(tapeNet().parameters(), { lr: 0.1 });
    for (let i = 0; i < 3; i++) {
      other.zeroGrad();
      b.loss.forward(b.model.forward(x()), data.y).backward();
      b.optimizer.step();
    }
    expectOne(b.warnings, /zeroGrad\(\) is missing/);
  });
  it("chalk: a forgotten zeroGrad does no harm, and is not told; a step without backward is", () => {
    const a = chalkLoop();
    for (let i = 0; i < 3; i++) {
      a.loss.forward(a.model.forward(data.x), data.y);
      a.model.backward(a.loss.backward());
      a.optimizer.step();
    }
    expect(a.warnings).to.deep.equal([]);
    a.optimizer.step();
    expectOne(a.warnings, /step\(\) ran twice on one backward/);
    const b = tapeLoop();
    tapeStep(b);
    b.optimizer.step();
    expectOne(b.warnings, /step\(\) ran twice on one backward/);
  });
  for (const part of ["BatchNorm1d", "Dropout"] as const) {
    it(`${part}: evaluation mode left on while training`, () => {
      const [a, b] = [chalkLoop(chalkNet([part])), tapeLoop(tapeNet([part]))];
      a.model.eval();
      b.model.eval();
      chalkStep(a);
      chalkStep(a);
      tapeStep(b);
      tapeStep(b);
      const text = new RegExp(
        `in evaluation mode, where layers\\[1\\] \\(${part}\\) behave differently .* call model\\.train\\(\\)`,
      );
      expectOne(a.warnings, text);
      expectOne(b.warnings, text);
    });
    it(`${part}: training mode left on while evaluating`, () => {
      const [a, b] = [chalkLoop(chalkNet([part])), tapeLoop(tapeNet([part]))];
      chalkStep(a);
      tapeStep(b);
      a.model.forward(data.x);
      a.model.forward(data.x);
      autograd.noGrad(() => b.model.forward(x()));
      const text = new RegExp(`evaluated in training mode, where layers\\[1\\] \\(${part}\\)`);
      expectOne(a.warnings, text);
      expectOne(b.warnings, text);
    });
  }
  it("a first loss far above −log(1/C), once, and not in evaluation", () => {
    const [a, b] = [chalkLoop(), tapeLoop()];
    for (const { model } of [a, b]) for (const w of Object.values(model.stateDict())) w.copyFrom(w.mul(12));
    chalkStep(a);
    tapeStep(b);
    const text =
      /the first loss is [\d.]+; a network that rates all 2 classes equally has −log\(1\/2\) = 0\.693.*divide pixels by 255/;
    expectOne(a.warnings, text);
    expectOne(b.warnings, text);
    for (const reduction of ["sum", "none"] as const) {
      const warnings: string[] = [];
      const loss = new manual.CrossEntropyLoss({ reduction });
      manual.watch(a.model, { loss, warn: (message) => warnings.push(message) });
      loss.forward(array([[40, 0], [0, 40]]), array([1, 0], { dtype: "int32" })); // biome-ignore format: a matrix
      expectOne(warnings, /the first loss is 40\.0/);
    }
  });
  it("a layer of ReLUs that is dead for a whole epoch; of fewer dead units there is a report only", () => {
    const run = (
      biases: number[],
      endEpoch: () => readonly object[],
      state: Record<string, NDArray>,
      step: () => void,
    ): readonly object[] => {
      state["0.bias"]?.copyFrom(array(biases));
      state["0.weight"]?.copyFrom(array(Array.from({ length: 8 }, (_, i) => [Math.sin(i), Math.cos(i)])));
      step();
      step();
      return endEpoch();
    };
    for (const side of [() => chalkLoop(), () => tapeLoop()]) {
      const few = side();
      const step = (loop: ChalkLoop | TapeLoop): void =>
        few.loss instanceof manual.CrossEntropyLoss
          ? chalkStep(loop as ChalkLoop)
          : tapeStep(loop as TapeLoop);
      const report = run(
        [-9, -9, -9, -9, -9, -9, -9, 5],
        () => few.watching.endEpoch(),
        few.model.stateDict(),
        () => step(few),
      );
      expect(report).to.deep.equal([{ layer: "layers[1] (ReLU)", dead: [0, 1, 2, 3, 4, 5, 6], units: 8 }]);
      expect(few.warnings).to.deep.equal([]);
      const all = side();
      run(
        Array(8).fill(-9),
        () => all.watching.endEpoch(),
        all.model.stateDict(),
        () => step(all),
      );
      expectOne(all.warnings, /8 of the 8 units of layers\[1\] \(ReLU\) were 0 for every item of the epoch/);
      // A unit that is alive for one item of one batch is not dead.
      all.model.stateDict()["0.bias"]?.copyFrom(array([-9, 5, 5, 5, 5, 5, 5, 5]));
      step(all);
      all.model.stateDict()["0.bias"]?.copyFrom(array(Array(8).fill(-9)));
      step(all);
      expect(all.watching.endEpoch()).to.deep.equal([{ layer: "layers[1] (ReLU)", dead: [0], units: 8 }]);
    }
  });
  it("images: a channel is a unit, and is alive if any of its pixels is", () => {
    const warnings: string[] = [];
    const relu = new manual.ReLU();
    const model = new manual.Sequential(relu);
    const watching = manual.watch(model, { warn: (message) => warnings.push(message) });
    const x = zeros([2, 3, 2, 2]).sub(1).copy();
    x.flat()[2 * 4 + 3] = 1; // item 0, channel 2, last pixel
    model.forward(x);
    expect(watching.endEpoch()).to.deep.equal([{ layer: "layers[0] (ReLU)", dead: [0, 1], units: 3 }]);
    expect(warnings).to.deep.equal([]);
  });
});

describe("training, watch: right programs are left alone", () => {
  const quiet = (what: string, run: (warn: (message: string) => void) => Promise<void> | void): void => {
    it(what, async () => {
      const warnings: string[] = [];
      await run((message) => void warnings.push(message));
      expect(warnings).to.deep.equal([]);
    });
  };
  quiet("a loop with dropout and batch normalisation, evaluated in evaluation mode", () => {
    const [a, b] = [
      chalkLoop(chalkNet(["BatchNorm1d", "Dropout"])),
      tapeLoop(tapeNet(["BatchNorm1d", "Dropout"])),
    ];
    for (let epoch = 0; epoch < 3; epoch++) {
      chalkStep(a);
      tapeStep(b);
      a.model.eval().forward(data.x);
      a.loss.forward(a.model.forward(data.x), data.y);
      autograd.noGrad(() => b.loss.forward(b.model.eval().forward(x()), data.y));
      a.model.train();
      b.model.train();
      a.watching.endEpoch();
      b.watching.endEpoch();
    }
    expect([...a.warnings, ...b.warnings]).to.deep.equal([]);
  });
  quiet("gradients of several batches added up before one step", () => {
    const b = tapeLoop();
    for (let i = 0; i < 3; i++) {
      b.optimizer.zeroGrad();
      for (let k = 0; k < 3; k++) b.loss.forward(b.model.forward(x()), data.y).backward();
      b.optimizer.step();
    }
    expect(b.warnings).to.deep.equal([]);
  });
  quiet(
    "zeroGrad between forward and backward, after the step, by the model, by null, by zeros, by a clipped gradient",
    () => {
      const b = tapeLoop();
      for (let i = 0; i < 12; i++) {
        const value = b.loss.forward(b.model.forward(x()), data.y);
        if (i % 2 === 0) b.optimizer.zeroGrad();
        value.backward();
        for (const p of b.model.parameters()) p.grad = p.grad && new autograd.Tensor(p.grad.data.mul(0.5));
        b.optimizer.step();
        if (i % 2 === 1) continue;
        if (i % 4 === 0) b.model.zeroGrad();
        else
          for (const p of b.model.parameters())
            p.grad = i % 3 === 0 ? null : new autograd.Tensor(p.data.mul(0));
      }
      // Every odd round begins with cleared gradients, every even one clears them itself.
      expect(b.warnings).to.deep.equal([]);
    },
  );
  quiet(
    "one part frozen in evaluation mode; dropout left on for sampling; two forwards for one backward on tape",
    () => {
      const frozen = tapeLoop(tapeNet(["BatchNorm1d"]));
      (frozen.model.layers[1] as autograd.Module).eval();
      tapeStep(frozen);
      const sampled = tapeLoop(tapeNet(["Dropout"]));
      sampled.model.eval();
      (sampled.model.layers[1] as autograd.Module).train();
      autograd.noGrad(() => sampled.model.forward(x()));
      const twice = tapeLoop(tapeNet(["Dropout"]));
      twice.optimizer.zeroGrad();
      const [one, two] = [twice.model.forward(x()), twice.model.forward(x())];
      twice.loss.forward(one.add(two), data.y).backward();
      twice.optimizer.step();
      expect([...frozen.warnings, ...sampled.warnings, ...twice.warnings]).to.deep.equal([]);
    },
  );
  for (const seed of [1, 2]) {
    quiet(`train on spirals, moons and digits with the catalogue's defaults, seed ${seed}`, async (warn) => {
      const rng = random(seed);
      const points = spirals({ n: 90, seed });
      const pictures = digits({ n: 40, seed });
      const loader = (set: typeof points): DataLoader =>
        new DataLoader(set, { batchSize: 10, shuffle: true, seed });
      const jobs = [
        [
          points,
          new manual.Sequential(
            new manual.Linear(2, 10, { rng }),
            new manual.ReLU(),
            new manual.Linear(10, 3, { rng }),
          ),
          new autograd.Sequential(
            new autograd.Linear(2, 10, { rng }),
            new autograd.ReLU(),
            new autograd.Linear(10, 3, { rng }),
          ),
        ],
        [pictures, new manual.Mlp({ rng, dtype: "float64" }), new autograd.Mlp({ rng, dtype: "float64" })],
      ] as const;
      for (const [set, a, b] of jobs) {
        await manual.train(a, loader(set), {
          loss: new manual.CrossEntropyLoss(),
          optimizer: new manual.Adam(a.parameters()),
          epochs: 2,
          warn,
        });
        await autograd.train(b, loader(set), {
          loss: new autograd.CrossEntropyLoss(),
          optimizer: new autograd.Adam(b.parameters()),
          epochs: 2,
          warn,
        });
      }
    });
  }
  for (const seed of [0, 1, 2, 3]) {
    quiet(
      `the lecture's classifier of ten units a layer, some of them dead from the start, seed ${seed}`,
      async (warn) => {
        const model = new manual.MlpClassifier({ rng: random(seed) });
        const inner = new DataLoader(moons({ n: 60, seed }), { batchSize: 30, shuffle: true, seed });
        const loader = {
          async *[Symbol.asyncIterator]() {
            for await (const { x, y } of inner) yield { x, y: y.reshape(-1, 1).astype("float64") };
          },
        };
        const optimizer = new manual.Adam(model.parameters(), { lr: 1e-2 });
        await manual.train(model, loader, {
          loss: new manual.BCEWithLogitsLoss(),
          optimizer,
          epochs: 10,
          warn,
        });
      },
    );
  }
  it("after stop nothing is left on model, loss, optimizer and parameters", () => {
    const b = tapeLoop();
    const before = JSON.stringify(Object.getOwnPropertyNames(tapeNet()));
    tapeStep(b);
    const gradient = b.model.parameters()[0]?.grad;
    b.watching.stop();
    expect(JSON.stringify(Object.getOwnPropertyNames(b.model))).to.equal(before);
    for (const one of [...b.model.layers, b.loss, b.optimizer])
      for (const key of ["forward", "step"]) expect(Object.hasOwn(one, key)).to.equal(false);
    const [p] = b.model.parameters();
    expect(Object.getOwnPropertyDescriptor(p, "grad")?.value).to.equal(gradient);
    for (let i = 0; i < 3; i++) {
      b.loss.forward(b.model.forward(x()), data.y).backward();
      b.optimizer.step();
    }
    expect(b.warnings).to.deep.equal([]);
    b.watching.start();
    b.loss.forward(b.model.forward(x()), data.y).backward();
    b.optimizer.step();
    b.loss.forward(b.model.forward(x()), data.y).backward();
    expectOne(b.warnings, /zeroGrad/);
  });
  it("train takes its hooks off, when it ends and when it throws", async () => {
    const model = chalkNet(["BatchNorm1d"]);
    const options = {
      loss: new manual.CrossEntropyLoss(),
      optimizer: new manual.SGD(model.parameters(), { lr: 0.1 }),
    };
    await manual.train(model, new DataLoader(data), options);
    const beforeStep = (): never => {
      throw new Error("stop");
    };
    const error = await manual
      .train(model, new DataLoader(data), { ...options, beforeStep })
      .catch((e: Error) => e.message);
    expect(error).to.equal("stop");
    for (const one of [model, ...model.layers, options.loss, options.optimizer])
      for (const key of ["forward", "backward", "step"]) expect(Object.hasOwn(one, key), key).to.equal(false);
  });
  it("train warns on console.warn unless told otherwise", async () => {
    const model = chalkNet([], ["Softmax"]);
    const { warn } = console;
    const seen: unknown[] = [];
    console.warn = (...message: unknown[]) => void seen.push(...message);
    try {
      await manual.train(model, new DataLoader(data), {
        loss: new manual.CrossEntropyLoss(),
        optimizer: new manual.SGD(model.parameters(), { lr: 0.1 }),
        epochs: 3,
      });
    } finally {
      console.warn = warn;
    }
    expect(seen).to.have.length(1);
  });
});
