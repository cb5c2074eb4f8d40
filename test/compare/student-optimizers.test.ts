import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import type { AdamOptions, SGDOptions } from "chalk-and-tape/contracts";
import { type CheckReport, formatReport } from "chalk-and-tape/gradcheck";
import { Adam, type Parameter, RAdam, SGD } from "chalk-and-tape/manual";
import { array, type NDArray, sqrt, zerosLike } from "chalk-and-tape/np";

const seeds = [0, 1, 2, 3];

function expectRight(report: CheckReport): void {
  expect(report.rows).not.to.have.length(0);
  expect(report.failed, formatReport(report)).to.equal(0);
}
function gradientOf(p: Parameter): NDArray {
  return p.gradient as NDArray;
}

/** A list, fields of its own, a Map by parameter. */
class WithMap {
  #v: Map<Parameter, NDArray> = new Map();
  parameters: readonly Parameter[];
  lr: number;
  mu: number;
  constructor(parameters: readonly Parameter[], { lr = 0.01, momentum = 0 }: SGDOptions = {}) {
    [this.parameters, this.lr, this.mu] = [parameters, lr, momentum];
  }
  step(): void {
    for (const p of this.parameters) {
      const v = (this.#v.get(p) ?? zerosLike(p.value)).mul(this.mu).add(gradientOf(p));
      this.#v.set(p, v);
      p.value.addInPlace(v, -this.lr);
    }
  }
}

/** Numbers in this.options, states in an object by name, and nothing but Math over flat arrays. */
class WithLoops {
  readonly parameters: readonly Parameter[];
  readonly options: { lr: number; momentum: number };
  readonly velocities: Record<string, number[]> = {};
  constructor(parameters: readonly Parameter[], options: SGDOptions) {
    this.parameters = parameters;
    this.options = { lr: options.lr ?? 1e-3, momentum: options.momentum ?? 0 };
  }
  step(): void {
    const { lr, momentum } = this.options;
    for (const { name, value, gradient } of this.parameters) {
      if (!gradient) continue;
      const [p, g] = [Array.from(value.flat()), Array.from(gradient.flat())];
      this.velocities[name] ??= g.map(() => 0);
      const v = this.velocities[name];
      for (let i = 0; i < p.length; i++) {
        v[i] = momentum * (v[i] as number) + (g[i] as number);
        p[i] = (p[i] as number) - lr * (v[i] as number);
      }
      value.copyFrom(array(p).reshape(value.shape));
    }
  }
}

/** lr inside the velocity: v ← μv − ηg; p ← p + v. */
class RateInside extends WithMap {
  readonly #u: NDArray[] = this.parameters.map(({ value }) => zerosLike(value));
  override step(): void {
    for (const [i, p] of this.parameters.entries()) {
      const u = (this.#u[i] as NDArray).mul(this.mu).sub(gradientOf(p).mul(this.lr));
      this.#u[i] = u;
      p.value.addInPlace(u);
    }
  }
}

/** Extends ours, with the sum in another order and lr first. */
class OtherOrder extends SGD {
  override step(): void {
    for (const { p, g, group, s } of this.each()) {
      const { lr, momentum, dampening, weightDecay, nesterov } = group;
      const d = p.mul(weightDecay).add(g);
      s.velocity = s.velocity ? d.mul(1 - dampening).add(s.velocity.mul(momentum)) : d;
      const direction = nesterov ? s.velocity.mul(momentum).add(d) : s.velocity;
      p.copyFrom(direction.mul(lr).neg().add(p));
    }
  }
}

/** Adam with running products of the betas, and the correction in the rate. */
class RunningProducts {
  readonly groups: { lr: number }[];
  readonly #betas: readonly [number, number];
  readonly #eps: number;
  readonly #slots: { p: Parameter; m: NDArray; v: NDArray }[];
  #products: [number, number] = [1, 1];
  constructor(
    parameters: readonly Parameter[],
    { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8 }: AdamOptions = {},
  ) {
    this.groups = [{ lr }];
    [this.#betas, this.#eps] = [betas, eps];
    this.#slots = parameters.map((p) => ({ p, m: zerosLike(p.value), v: zerosLike(p.value) }));
  }
  step(): void {
    const [b1, b2] = this.#betas;
    this.#products = [this.#products[0] * b1, this.#products[1] * b2];
    const [c1, c2] = [1 - this.#products[0], 1 - this.#products[1]];
    const lr = this.groups[0]?.lr ?? 0;
    for (const slot of this.#slots) {
      const g = gradientOf(slot.p);
      slot.m = slot.m.add(g.sub(slot.m).mul(1 - b1));
      slot.v = slot.v.add(
        g
          .mul(g)
          .sub(slot.v)
          .mul(1 - b2),
      );
      const root = sqrt(slot.v).add(this.#eps * Math.sqrt(c2));
      slot.p.value.addInPlace(slot.m.div(root), (-lr * Math.sqrt(c2)) / c1);
    }
  }
}

/** Everything private: no schedule can change lr. */
class Closed {
  readonly #step: () => void;
  constructor(parameters: readonly Parameter[], { lr = 0.1 }: SGDOptions) {
    this.#step = () => {
      for (const p of parameters) p.value.addInPlace(gradientOf(p), -lr);
    };
  }
  step(): void {
    this.#step();
  }
}

describe("compare, right optimizers of students", () => {
  for (const [what, name, student] of [
    ["a Map by parameter, fields lr and mu", "SGD", WithMap],
    ["loops over flat arrays, this.options", "SGD", WithLoops],
    ["lr in the velocity", "SGD", RateInside],
    ["running products, another order", "Adam", RunningProducts],
  ] as const)
    it(`${what}: passes at every seed`, () => {
      for (const seed of seeds) expectRight(check(name, student, { seed, quiet: true }));
    });
  it("extends ours, sums in another order: passes every row at every seed", () => {
    for (const seed of seeds) expectRight(check("SGD", OtherOrder, { seed, rows: "all", quiet: true }));
  });
  it("our own classes pass every row, and none is left out", () => {
    for (const [name, own] of Object.entries({ SGD, Adam, RAdam })) {
      const report = check(name, own, { rows: "all", quiet: true });
      expectRight(report);
      expect(report.notes?.join("\n")).not.to.contain("Not checked");
    }
  });

  it("what a class does not support is left out, and the report says so", () => {
    const report = check("SGD", WithMap, { quiet: true });
    expect(report.notes?.join("\n"))
      .to.contain("Not checked: two groups of parameters, as your class takes only a list")
      .and.to.contain("weight decay, as your class does not use { weightDecay }");
  });
  it("an lr that nothing can change is left out, too", () => {
    const report = check("SGD", Closed, { rows: ["plain"], quiet: true });
    expectRight(report);
    expect(report.notes?.join("\n")).to.contain(
      "neither groups[i].lr nor a field lr: no schedule can change it",
    );
  });
  it("a gradient's array kept as the velocity is right with our layers, and the report says what it takes", () => {
    class Keeps extends WithMap {
      readonly #v: NDArray[] = [];
      override step(): void {
        for (const [i, p] of this.parameters.entries()) {
          const v: NDArray = this.#v[i]?.mul(this.mu).add(gradientOf(p)) ?? gradientOf(p);
          this.#v[i] = v;
          p.value.addInPlace(v, -this.lr);
        }
      }
    }
    const report = check("SGD", Keeps, { quiet: true });
    expectRight(report);
    expect(report.notes?.join("\n")).to.contain("your step keeps the gradient's own array");
  });
  it("lr in the velocity is a right form, and the report says where it differs", () => {
    const { notes = [] } = check("SGD", RateInside, { quiet: true });
    expect(notes.join("\n")).to.contain("your velocity contains lr");
  });
});

describe("compare, what the report on an optimizer says", () => {
  it("it speaks of your step, with ours of both sides beside it, and names the first step", () => {
    class Dampened extends SGD {
      override step(): void {
        for (const { p, g, group, s } of this.each()) {
          s.velocity = (s.velocity ?? g.mul(0)).mul(group.momentum).add(g.mul(1 - group.momentum));
          p.addInPlace(s.velocity, -group.lr);
        }
      }
    }
    const text = formatReport(check("SGD", Dampened, { quiet: true }));
    expect(text).to.contain("your step gives other weights than ours from the first step on");
    expect(text).to.match(/yours \S+ +chalk \S+ +tape \S+/);
    expect(text).not.to.contain("two sides");
  });
  it("state that objects share is one message, not one for every row after it", () => {
    class Shared extends WithMap {
      static v: Map<string, NDArray> = new Map();
      override step(): void {
        for (const p of this.parameters) {
          const v = (Shared.v.get(p.name) ?? zerosLike(p.value)).mul(this.mu);
          Shared.v.set(p.name, v.add(gradientOf(p)));
          p.value.addInPlace(v.add(gradientOf(p)), -this.lr);
        }
      }
    }
    const report = check("SGD", Shared, { rows: ["momentum"], quiet: true });
    const wrong = report.rows.filter(({ verdict }) => verdict !== "agree");
    expect(wrong.map(({ quantity }) => quantity)).to.deep.equal(["two optimizers"]);
  });
});

/** Lion, which is not in the catalogue. */
class Lion {
  readonly #m: NDArray[];
  readonly parameters: readonly Parameter[];
  lr: number;
  constructor(parameters: readonly Parameter[], { lr = 1e-4 }: { readonly lr?: number } = {}) {
    [this.parameters, this.lr] = [parameters, lr];
    this.#m = parameters.map(({ value }) => zerosLike(value));
  }
  protected direction(i: number, g: NDArray): NDArray {
    const m = this.#m[i] as NDArray;
    const c = m.mul(0.9).add(g.mul(0.1));
    this.#m[i] = m.mul(0.99).add(g.mul(0.01));
    return c.div(c.mul(c).add(1e-30).pow(0.5));
  }
  step(): void {
    for (const [i, p] of this.parameters.entries())
      p.value.addInPlace(this.direction(i, gradientOf(p)), -this.lr);
  }
}

describe("compare, optimizers outside the catalogue", () => {
  const wrongOf = (report: CheckReport): string =>
    report.rows
      .flatMap((row) => (row.verdict === "agree" ? [] : [`${row.quantity}: ${row.diagnosis}`]))
      .join("\n");

  it("a right one passes at every seed, and the report says what it assumed", () => {
    for (const seed of seeds) {
      const report = check(Lion, { seed, quiet: true });
      expectRight(report);
      expect(report.notes?.[0]).to.contain(
        "Assumed: new Lion(parameters, { lr: 0.1 }) is an optimizer outside the catalogue",
      );
    }
  });
  it("other arguments: lr alone is found, others are given", () => {
    class Plain {
      readonly parameters: readonly Parameter[];
      lr: number;
      constructor(parameters: readonly Parameter[], lr: number) {
        if (typeof lr !== "number") throw new TypeError("lr");
        [this.parameters, this.lr] = [parameters, lr];
      }
      step(): void {
        for (const p of this.parameters) p.value.addInPlace(gradientOf(p), -this.lr);
      }
    }
    expect(check(Plain, { quiet: true }).notes?.[0]).to.contain("new Plain(parameters, 0.1)");
    const report = check(Lion, { args: [{ lr: 0.02 }], quiet: true });
    expectRight(report);
    expect(report.notes?.[0]).to.contain("new Lion(parameters, { lr: 0.02 })");
  });
  it("global clipping, which couples the parameters, is right", () => {
    class Clipped extends Lion {
      override step(): void {
        const squares = this.parameters.map((p) => gradientOf(p).mul(gradientOf(p)).sum().item());
        const norm = Math.sqrt(squares.reduce((a, b) => a + b));
        for (const p of this.parameters) p.value.addInPlace(gradientOf(p), -this.lr / Math.max(1, norm));
      }
    }
    expectRight(check(Clipped, { quiet: true }));
  });

  it("none of the habits needs a formula", () => {
    class Still extends Lion {
      override step(): void {
        this.parameters[0]?.value.addInPlace(gradientOf(this.parameters[0]), -this.lr);
      }
    }
    class Writes extends Lion {
      protected override direction(i: number, g: NDArray): NDArray {
        g.copyFrom(super.direction(i, g));
        return g;
      }
    }
    class OneRate extends Lion {
      readonly #rate: number = this.lr;
      override step(): void {
        this.lr = this.#rate;
        super.step();
      }
    }
    class ByShape extends Lion {
      readonly #byShape: Map<string, NDArray> = new Map();
      protected override direction(_i: number, g: NDArray): NDArray {
        const key = String(g.shape);
        const m = (this.#byShape.get(key) ?? g.mul(0)).mul(0.9).add(g);
        this.#byShape.set(key, m);
        return m;
      }
    }
    class Replaces extends Lion {
      override step(): void {
        for (const p of this.parameters) Object.assign(p, { value: p.value.sub(gradientOf(p).mul(this.lr)) });
      }
    }
    class Divides extends Lion {
      protected override direction(_i: number, g: NDArray): NDArray {
        return g.div(g.mul(g).pow(0.5));
      }
    }
    class Static extends Lion {
      static m: NDArray[] = [];
      protected override direction(i: number, g: NDArray): NDArray {
        const before = Static.m[i];
        const m = String(before?.shape) === String(g.shape) ? (before as NDArray).mul(0.9).add(g) : g;
        Static.m[i] = m;
        return m;
      }
    }
    for (const [Class, says] of [
      [Still, "steps: your step leaves a parameter as it is"],
      [Writes, "gradients unchanged: your step changes the gradients"],
      [OneRate, "lr changed midway: your steps stay the same after lr has changed"],
      [
        ByShape,
        "parameters of equal shapes: with two parameters of one shape your step depends on the order",
      ],
      [Replaces, "changed in place: your step replaces p.value"],
      [Divides, "a gradient of 0: where a gradient is 0 your step gives NaN or infinity"],
      [Static, "two optimizers: a second object of your class takes other steps"],
    ] as const)
      for (const seed of seeds) expect(wrongOf(check(Class, { seed, quiet: true })), says).to.contain(says);
  });

  it("a class that runs neither as an optimizer nor as a schedule: what was tried", () => {
    class Neither {
      constructor(_: unknown) {
        throw new Error("no");
      }
      step(): void {}
    }
    expect(formatReport(check(Neither, { quiet: true })))
      .to.contain("as new Neither(parameters, { lr: 0.1 }): no")
      .and.to.contain("as new Neither(optimizer): no");
  });
});
