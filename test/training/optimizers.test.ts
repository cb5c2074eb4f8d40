import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { array, ones, random, zeros } from "chalk-and-tape/np";
import {
  chalkRig,
  numbersOf,
  type OptimizerName,
  optimizerNames,
  optimizerOptions,
  rigs,
  run,
  start,
  tapeRig,
  type Wrap,
} from "./optimizer-rig.ts";

/** p₀ = 1, loss p²: where p stands after each of three steps, by PyTorch 2.13. */
const golden: readonly [what: string, name: OptimizerName, options: object, wanted: readonly number[]][] = [
  ["plain", "SGD", { lr: 0.1 }, [0.8, 0.64, 0.512]],
  ["momentum", "SGD", { lr: 0.1, momentum: 0.9 }, [0.8, 0.46, 0.062]],
  ["Nesterov", "SGD", { lr: 0.1, momentum: 0.9, nesterov: true }, [0.62, 0.2224, -0.108352]],
  ["dampening", "SGD", { lr: 0.1, momentum: 0.9, dampening: 0.5 }, [0.8, 0.54, 0.252]],
  ["lr 0.1", "RMSprop", { lr: 0.1 }, [5e-8, -3e-10, 0]],
  [
    "centered, momentum",
    "RMSprop",
    { lr: 0.1, centered: true, momentum: 0.9 },
    [-0.0050377648, -0.9044836831, -1.0394789856],
  ],
  ["lr 0.1", "Adagrad", { lr: 0.1 }, [0.9, 0.8331035268, 0.7804561814]],
  ["lr 0.1", "Adam", { lr: 0.1 }, [0.9000000005, 0.8004122287, 0.7015862729]],
  ["amsgrad", "Adam", { lr: 0.1, amsgrad: true }, [0.9000000005, 0.8004122287, 0.7015862729]],
  ["weight decay", "Adam", { lr: 0.1, weightDecay: 0.1 }, [0.9000000005, 0.8004122286, 0.7015862729]],
  ["weight decay", "AdamW", { lr: 0.1, weightDecay: 0.1 }, [0.8900000005, 0.7815718559, 0.6751012216]],
  // PyTorch keeps the product of momenta in its default dtype; with float32 for that it answers 0.8943548214, 1.3e-9 away.
  ["lr 0.1", "NAdam", { lr: 0.1 }, [0.8943548226926871, 0.8199730706329195, 0.7527292663805714]],
  ["lr 0.1", "RAdam", { lr: 0.1 }, [0.8, 0.6210526316, 0.4623033599]],
  ["lr 0.1", "Adamax", { lr: 0.1 }, [0.9000000005, 0.8051683272, 0.7154994734]],
  ["lr 1", "Adadelta", { lr: 1 }, [0.9968377263, 0.9935981741, 0.9903090457]],
];

describe("optimizers, numbers known from PyTorch", () => {
  for (const rig of rigs)
    for (const [what, name, options, wanted] of golden)
      it(`${rig.name}: ${name}, ${what}: ${wanted.join(", ")}`, () => {
        const one = rig(name, options, [array([1])]);
        for (const value of wanted) {
          one.step(one.values.map((p) => p.mul(2)));
          expect(one.values[0]?.item()).to.be.closeTo(value, 1e-9);
        }
      });
});

describe("optimizers, two spellings", () => {
  it("are all in optimizer-rig.ts", () => {
    const isOptimizer = (one: unknown): boolean =>
      typeof one === "function" && one.prototype instanceof manual.Optimizer;
    const classes = Object.entries(manual).filter(([, one]) => isOptimizer(one));
    expect(optimizerNames).to.have.members(classes.map(([name]) => name));
  });
  for (const name of optimizerNames) {
    for (const [what, options] of [
      ["with its defaults", {}],
      ["with every option", optimizerOptions[name]],
    ] as const)
      it(`${name} ${what}: chalk's array formulas and the tape's one pass are equal bit for bit, 100 steps`, () => {
        const [byHand, onePass] = rigs.map((rig) => run(rig(name, options, start), 1, 100));
        expect(numbersOf(byHand as never)).to.deep.equal(numbersOf(onePass as never));
        expect(numbersOf(byHand as never)).not.to.deep.equal(start.map((x) => [...x.flat()]));
      });
    it(`${name}: maximize takes a step down where the loss is turned round`, () => {
      for (const rig of rigs) {
        const options = { ...optimizerOptions[name], weightDecay: 0 };
        const plain = name === "Rprop" ? optimizerOptions.Rprop : options;
        const up = rig(name, { ...plain, maximize: true }, start);
        const down = rig(name, { ...plain, maximize: false }, start);
        for (let step = 0; step < 3; step++) {
          up.step(start.map((x) => x.neg()));
          down.step([...start]);
        }
        expect(numbersOf(up)).to.deep.equal(numbersOf(down));
      }
    });
    it(`${name}: a float32 parameter stays one, and its state is float32`, () => {
      for (const rig of rigs) {
        const single = start.map((x) => x.astype("float32"));
        const one = rig(name, optimizerOptions[name], single);
        one.step(single);
        const { arrays } = one.optimizer.stateDict();
        expect(new Set(Object.values(arrays).map((x) => x.dtype))).to.deep.equal(new Set(["float32"]));
        expect(one.values.map((x) => x.dtype)).to.deep.equal(["float32", "float32"]);
      }
    });
    it(`${name}: lr and what a group's numbers say now counts, not what they were at the start`, () => {
      for (const rig of rigs) {
        const one = rig(name, optimizerOptions[name], start);
        one.step([...start]);
        const before = numbersOf(one);
        const [group] = one.optimizer.groups;
        Object.assign(group as object, name === "Rprop" ? { stepSizes: [0, 0] } : { lr: 0 });
        one.step([...start]);
        expect(numbersOf(one)).to.deep.equal(before);
      }
    });
  }

  it("what a schedule switches on begins then, on both sides alike: momentum, centered, amsgrad", () => {
    for (const [name, early, late] of [
      ["SGD", {}, { momentum: 0.9, dampening: 0.5 }],
      ["RMSprop", {}, { momentum: 0.9, centered: true }],
      ["Adam", { betas: [0.8, 0.5] }, { amsgrad: true, betas: [0.9, 0.6] }],
      ["NAdam", {}, { betas: [0.5, 0.6], momentumDecay: 0.2 }],
    ] as const) {
      const [a, b] = rigs.map((rig) => {
        const one = run(rig(name, { ...early, lr: 0.01 }, start), 1, 5);
        Object.assign(one.optimizer.groups[0] as object, late);
        return numbersOf(run(one, 6, 12));
      });
      expect(a, name).to.deep.equal(b);
    }
  });
});

describe("optimizers, what a schedule switches off", () => {
  for (const [name, early, late] of [
    ["SGD", { momentum: 0.9 }, { momentum: 0 }],
    ["RMSprop", { momentum: 0.9, centered: true }, { centered: false }],
    ["RMSprop", { momentum: 0.9, centered: true }, { momentum: 0 }],
    ["Adam", { amsgrad: true, betas: [0.8, 0.5] }, { amsgrad: false }],
  ] as const)
    it(`${name} ${JSON.stringify(early)}, then ${JSON.stringify(late)}, then as before: it rests meanwhile, on both sides alike`, () => {
      const paths = rigs.map((rig) => {
        const one = run(rig(name, { lr: 0.01, ...early }, start), 1, 5);
        const [group] = one.optimizer.groups;
        Object.assign(group as object, late);
        run(one, 6, 9);
        const off = numbersOf(one);
        Object.assign(group as object, early);
        return {
          off,
          back: numbersOf(run(one, 10, 15)),
          on: numbersOf(run(rig(name, { lr: 0.01, ...early }, start), 1, 9)),
        };
      });
      const [byHand, onePass] = paths as [(typeof paths)[0], (typeof paths)[0]];
      expect(byHand.off).to.deep.equal(onePass.off);
      expect(byHand.back).to.deep.equal(onePass.back);
      expect(byHand.off).not.to.deep.equal(byHand.on);
    });
});

describe("optimizers, what they refuse", () => {
  const make = (rig: typeof chalkRig, name: OptimizerName, options: object, wrap?: Wrap) => () =>
    rig(name, options, start, wrap);
  const refused: [name: OptimizerName, options: object, error: typeof RangeError, message: RegExp][] = [
    ["SGD", { lr: -1 }, RangeError, /^SGD: lr is -1, expected a number >= 0$/],
    ["SGD", { lr: Number.NaN }, RangeError, /^SGD: lr is NaN/],
    ["SGD", { lr: "0.1" }, TypeError, /^SGD: lr is "0.1", expected a number >= 0/],
    ["SGD", { momentum: -0.1 }, RangeError, /^SGD: momentum/],
    ["SGD", { weightDecay: -0.1 }, RangeError, /^SGD: weightDecay/],
    ["SGD", { nesterov: true }, RangeError, /Nesterov momentum requires a momentum and zero dampening/],
    ["SGD", { nesterov: true, momentum: 0.9, dampening: 0.1 }, RangeError, /Nesterov/],
    ["SGD", { nesterov: 1, momentum: 0.9 }, TypeError, /^SGD: nesterov is 1, expected true or false/],
    [
      "SGD",
      { weight_decay: 0.1 },
      TypeError,
      /^SGD: unknown option "weight_decay"; .*Did you mean "weightDecay"\?/,
    ],
    ["Adam", { beta: [0.9, 0.99] }, TypeError, /unknown option "beta".*Did you mean "betas"\?/],
    ["Adam", { decoupledWeightDecay: true }, TypeError, /unknown option "decoupledWeightDecay"/],
    ["Adam", { betas: [1, 0.9] }, RangeError, /^Adam: betas\[0\] is 1, expected a number in \[0, 1\)$/],
    ["Adam", { betas: [0.9, -1] }, RangeError, /^Adam: betas\[1\]/],
    ["Adam", { betas: 0.9 }, TypeError, /^Adam: betas is 0.9, expected a pair of numbers/],
    ["Adam", { eps: -1 }, RangeError, /^Adam: eps/],
    ["AdamW", { lr: undefined, amsgrad: "yes" }, TypeError, /^AdamW: amsgrad is "yes"/],
    ["Adadelta", { rho: 1.1 }, RangeError, /^Adadelta: rho is 1.1, expected a number in 0 … 1/],
    ["RMSprop", { alpha: -0.1 }, RangeError, /^RMSprop: alpha/],
    ["Adagrad", { initialAccumulatorValue: -1 }, RangeError, /^Adagrad: initialAccumulatorValue/],
    ["NAdam", { momentumDecay: -1 }, RangeError, /^NAdam: momentumDecay/],
    [
      "Rprop",
      { etas: [1.2, 0.5] },
      RangeError,
      /^Rprop: etas is \[1.2, 0.5\], expected 0 < etas\[0\] < 1 < etas\[1\]/,
    ],
    ["Rprop", { etas: [0, 1.2] }, RangeError, /^Rprop: etas is \[0, 1.2\]/],
    ["Rprop", { etas: [1, 1.2] }, RangeError, /^Rprop: etas is \[1, 1.2\]/],
    ["Rprop", { etas: [0.5, 1] }, RangeError, /^Rprop: etas is \[0.5, 1\]/],
    ["Rprop", { stepSizes: [-1, 1] }, RangeError, /^Rprop: stepSizes is \[-1, 1\]/],
    ["Rprop", { stepSizes: [2, 1] }, RangeError, /^Rprop: stepSizes is \[2, 1\]/],
    ["Rprop", { weightDecay: 0.1 }, TypeError, /^Rprop: unknown option "weightDecay"/],
  ];
  for (const [name, options, error, message] of refused)
    it(`${name} ${JSON.stringify(options)}`, () => {
      for (const rig of rigs) expect(make(rig, name, options)).to.throw(error, message);
    });

  it("but not what lies on the edge of its range: 0 for everything that may be 0, averages that remember nothing", () => {
    const edges: [OptimizerName, object][] = [
      ["SGD", { lr: 0, momentum: 0, weightDecay: 0, dampening: -1 }],
      ["Adam", { betas: [0, 0], eps: 0 }],
      ["AdamW", { weightDecay: 0 }],
      ["Adadelta", { rho: 0 }],
      ["RMSprop", { alpha: 1 }],
      ["Rprop", { stepSizes: [0, 0] }],
    ];
    for (const [name, options] of edges) for (const rig of rigs) run(rig(name, options, start), 1, 2);
  });

  const groups: [title: string, wrap: (p: readonly never[]) => unknown, message: RegExp][] = [
    ["nothing", () => [], /^SGD: no parameters given; pass model\.parameters\(\)$/],
    [
      "a group of nothing",
      ([p]) => [{ parameters: [p] }, { parameters: [] }],
      /^SGD: group 1 has no parameters$/,
    ],
    ["one parameter", ([p]) => p, /^SGD: expected a list of parameters, got one; pass \[parameter\]$/],
    ["a null", () => null, /^SGD: expected a list of parameters, got null; pass model\.parameters\(\)$/],
    [
      "an array",
      ([p]) => [p, ones([2])],
      /^SGD: parameter 1 is a float64 NDArray of shape \(2,\), expected a parameter: pass model\.parameters/,
    ],
    [
      "a group without parameters",
      ([p]) => [{ parameters: [p] }, { weights: [p], lr: 1 }],
      /^SGD: group 1 is \{ weights, lr \}, expected \{ parameters: model\.parameters\(\), … \}$/,
    ],
    [
      "a group with both words for parameters",
      ([p, q]) => [{ parameters: [p], params: [q] }],
      /^SGD: group 0 has both params and parameters; pass one of them$/,
    ],
    [
      "an unknown option of a group",
      ([p, q]) => [{ parameters: [p] }, { parameters: [q], Lr: 1 }],
      /^SGD: group 1: unknown option "Lr".*Did you mean "lr"\?/,
    ],
    [
      "a value of a group",
      ([p, q]) => [{ parameters: [p] }, { parameters: [q], lr: -1 }],
      /^SGD: group 1: lr is -1/,
    ],
    [
      "Nesterov without momentum in one group",
      ([p, q]) => [
        { parameters: [p], momentum: 0.9 },
        { parameters: [q], nesterov: true },
      ],
      /^SGD: group 1: Nesterov/,
    ],
  ];
  for (const [title, wrap, message] of groups)
    it(`instead of parameters, ${title}`, () => {
      for (const rig of rigs) expect(make(rig, "SGD", { lr: 0.1 }, wrap)).to.throw(message);
    });
  it("groups under PyTorch's key params do the same as under parameters", () => {
    for (const rig of rigs) {
      const paths = ["parameters", "params"].map((key) => {
        const test = rig("SGD", {}, start, ([p, q]) => [{ [key]: [p] }, { [key]: [q], lr: 0.5 }]);
        run(test, 1, 3);
        return numbersOf(test);
      });
      expect(paths[1]).to.deep.equal(paths[0]);
    }
  });
  it("a parameter in two groups, or twice in one, is named", () => {
    const twice = ([p, q]: readonly never[]): unknown => [{ parameters: [p, q] }, { parameters: [q] }];
    expect(make(chalkRig, "SGD", {}, twice)).to.throw(
      RangeError,
      "SGD: p1 is in group 0 and again in group 1; some parameters appear in more than one parameter group: pass each once",
    );
    expect(make(tapeRig, "SGD", {}, twice)).to.throw(
      RangeError,
      "SGD: parameter 0 of group 1, of shape (4,), is in group 0 and again in group 1",
    );
    const again = ([p, q]: readonly never[]): unknown => [p, q, p];
    expect(make(chalkRig, "SGD", {}, again)).to.throw(RangeError, "p0 is in the list and again in the list");
    const model = new manual.Mlp({ rng: random(0) });
    const both = [{ parameters: model.parameters() }, { parameters: model.layer2.parameters() }];
    expect(() => new manual.SGD(both)).to.throw(RangeError, "SGD: weight is in group 0 and again in group 1");
  });
  it("a bare learning rate, as PyTorch takes it, is not left out silently", () => {
    for (const rig of rigs)
      expect(make(rig, "SGD", 0.1 as unknown as object)).to.throw(
        TypeError,
        "SGD: the options are 0.1, expected an object: { lr: 0.1 }",
      );
  });
  it("a model in the place of its parameters", () => {
    const rng = random(0);
    for (const [Optimizer, model] of [
      [manual.Adam, new manual.Linear(2, 1, { rng })],
      [autograd.Adam, new autograd.Linear(2, 1, { rng })],
    ] as unknown as [new (x: unknown) => object, object][]) {
      expect(() => new Optimizer(model)).to.throw(
        TypeError,
        "Adam: expected parameters, got a Linear; pass model.parameters()",
      );
      expect(() => new Optimizer([{ parameters: model }])).to.throw(
        TypeError,
        "Adam: group 0: expected parameters, got a Linear",
      );
      expect(() => new Optimizer([model])).to.throw(
        TypeError,
        /Adam: group 0: expected .*pass model\.parameters\(\)/,
      );
    }
  });
  it("the other side's parameters, and on tape a tensor that was computed", () => {
    const rng = random(0);
    const [chalk, tape] = [new manual.Linear(2, 1, { rng }), new autograd.Linear(2, 1, { rng })];
    expect(() => new manual.SGD(tape.parameters() as never)).to.throw(
      TypeError,
      "parameter 0 is a float64 Tensor",
    );
    expect(() => new autograd.SGD(chalk.parameters() as never)).to.throw(
      TypeError,
      "parameter 0 is { name, value, gradient }",
    );
    expect(() => new autograd.SGD([tape.weight.mul(2)])).to.throw(
      TypeError,
      "SGD: parameter 0, of shape (1, 2), was made by mul: can't optimize a non-leaf Tensor",
    );
  });
  it("a step on tape when backward was forgotten", () => {
    for (const name of optimizerNames) {
      const rig = tapeRig(name, {}, start);
      expect(() => rig.step([null, null])).to.throw(
        TypeError,
        `${name}.step: no parameter has a gradient; call loss.backward() between zeroGrad() and step()`,
      );
      rig.step([null, ones([4])]);
      expect(rig.values[0]?.toArray()).to.deep.equal(start[0]?.toArray());
    }
  });
  it("in chalk one missing gradient stops the step before anything has changed", () => {
    for (const name of optimizerNames) {
      const rig = chalkRig(name, {}, start);
      expect(() => rig.step([ones([2, 3]), null])).to.throw(TypeError, `${name}.step: p1 has no gradient`);
      expect(numbersOf(rig)).to.deep.equal(start.map((x) => [...x.flat()]));
      expect(rig.optimizer.stateDict().numbers).to.deep.equal({});
    }
  });
  it("without weight decay an infinite weight stays infinite, where 0 · ∞ were NaN", () => {
    for (const name of optimizerNames) {
      for (const rig of rigs) {
        const one = rig(name, {}, [array([Number.POSITIVE_INFINITY, 1])]);
        one.step([ones([2])]);
        one.step([zeros([2]).add(1)]);
        expect(one.values[0]?.item(0), name).to.equal(Number.POSITIVE_INFINITY);
        expect(one.values[0]?.item(1), name).to.be.below(1);
      }
    }
  });
});
