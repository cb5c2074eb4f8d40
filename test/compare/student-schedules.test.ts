import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { type CheckReport, formatReport } from "chalk-and-tape/gradcheck";
import type { ScheduledOptimizer } from "chalk-and-tape/training";
import * as training from "chalk-and-tape/training";

type Class = Parameters<typeof check>[1];
const names = Object.keys(training.scheduleContracts);

function expectRight(report: CheckReport): void {
  expect(report.rows).not.to.have.length(0);
  expect(report.failed, formatReport(report)).to.equal(0);
}
const wrongOf = ({ rows }: CheckReport): string =>
  rows.flatMap((row) => (row.verdict === "agree" ? [] : [`${row.quantity}: ${row.diagnosis}`])).join("\n");

/** Multiplies step by step. */
class StepByStep {
  readonly #optimizer: ScheduledOptimizer;
  readonly #size: number;
  readonly #gamma: number;
  #t = 0;
  constructor(
    optimizer: ScheduledOptimizer,
    size: number,
    { gamma = 0.1 }: { readonly gamma?: number } = {},
  ) {
    [this.#optimizer, this.#size, this.#gamma] = [optimizer, size, gamma];
  }
  step(): void {
    this.#t += 1;
    if (this.#t % this.#size === 0) for (const group of this.#optimizer.groups) group.lr *= this.#gamma;
  }
}

/** Counts from the epoch that step is given, and knows no groups. */
class ByEpoch {
  readonly optimizer: { lr: number };
  readonly first: number;
  readonly tMax: number;
  constructor(optimizer: { lr: number }, tMax: number) {
    [this.optimizer, this.first, this.tMax] = [optimizer, optimizer.lr, tMax];
  }
  step(epoch: number): void {
    this.optimizer.lr = this.first * Math.cos((Math.PI * epoch) / (2 * this.tMax)) ** 2;
  }
}

/** Milestones in a Set, reduced as they pass. */
class Milestones {
  readonly #groups: ScheduledOptimizer["groups"];
  readonly #at: ReadonlySet<number>;
  readonly #gamma: number;
  lastEpoch = 0;
  constructor(
    optimizer: ScheduledOptimizer,
    at: readonly number[],
    { gamma = 0.1 }: { readonly gamma?: number } = {},
  ) {
    [this.#groups, this.#at, this.#gamma] = [optimizer.groups, new Set(at), gamma];
  }
  step(): void {
    this.lastEpoch += 1;
    if (this.#at.has(this.lastEpoch)) for (const group of this.#groups) group.lr *= this.#gamma;
  }
}

/** Counts down. */
class CountsDown {
  readonly optimizer: ScheduledOptimizer;
  #best = Number.POSITIVE_INFINITY;
  #left: number;
  readonly #patience: number;
  constructor(optimizer: ScheduledOptimizer, { patience = 10 }: { readonly patience?: number } = {}) {
    [this.optimizer, this.#patience, this.#left] = [optimizer, patience, patience];
  }
  step(loss: number): void {
    if (loss < this.#best - 1e-4 * this.#best || this.#best === Number.POSITIVE_INFINITY) {
      [this.#best, this.#left] = [loss, this.#patience];
    } else if (this.#left > 0) {
      this.#left -= 1;
    } else {
      for (const group of this.optimizer.groups) group.lr /= 10;
      this.#left = this.#patience;
    }
  }
}

describe("compare, schedules of students", () => {
  it("ours pass every row, and every schedule has rows", () => {
    for (const name of names) {
      const own: unknown = Reflect.get(training, name);
      const report = check(name, own as Class, { rows: "all", quiet: true });
      expectRight(report);
      expect(report.notes, name).to.deep.equal([]);
    }
  });

  it("right ones of other kinds pass: step by step, with a given epoch, with a Set, counting down", () => {
    expectRight(check("StepLR", StepByStep, { rows: "all", quiet: true }));
    expectRight(check("MultiStepLR", Milestones, { quiet: true }));
    expectRight(check("ReduceLROnPlateau", CountsDown, { quiet: true }));
    const report = check("CosineAnnealingLR", ByEpoch, { quiet: true });
    expectRight(report);
    expect(report.notes?.join("\n")).to.contain(
      "Not checked: two groups, as your schedule changes optimizer.lr",
    );
  });

  it("check.rows lists them with what they need, and { rows } chooses", () => {
    expect(check.rows("StepLR")).to.deep.include({
      row: "every third epoch",
      basic: true,
      builds: "new StepLR(optimizer, 3, { gamma: 0.5 })",
      points: 1,
    });
    const all = check.rows("StepLR").map(({ row }) => row);
    expect(all).to.have.length(4);
    const titles = (choice: "basic" | "all" | readonly string[]): string[] => [
      ...new Set(check("StepLR", StepByStep, { rows: choice, quiet: true }).rows.map((row) => row.case)),
    ];
    expect(titles("basic")).to.deep.equal(["StepLR: every third epoch"]);
    expect(titles("all")).to.deep.equal(all.map((what) => `StepLR: ${what}`));
    expect(titles(["gamma 0"])).to.deep.equal(["StepLR: gamma 0"]);
    expect(() => titles(["gama 0"])).to.throw(RangeError, 'Did you mean "gamma 0"?');
    expect(() => check("StepLRs", StepByStep, { quiet: true })).to.throw(
      RangeError,
      'Did you mean "StepLR"?',
    );
  });

  it("every epoch is compared: the first that differs, with both values", () => {
    class Rounds extends StepByStep {
      override step(): void {
        super.step();
      }
      constructor(optimizer: ScheduledOptimizer, size: number) {
        super(optimizer, size, { gamma: 0.51 });
      }
    }
    const report = check("StepLR", Rounds, { quiet: true });
    expect(wrongOf(report)).to.match(/^lr: your schedule gives another lr than ours, first at epoch 3 /);
    expect(formatReport(report)).to.contain("at [3, 0]: yours 0.2040000000   chalk 0.2000000000");
  });
  it("an lr that is NaN is a wrong formula, and not state that objects share", () => {
    class Root extends StepByStep {
      readonly #groups: ScheduledOptimizer["groups"];
      constructor(optimizer: ScheduledOptimizer, size: number) {
        super(optimizer, size);
        this.#groups = optimizer.groups;
      }
      override step(): void {
        for (const group of this.#groups) group.lr = Math.sqrt(group.lr - 0.3);
      }
    }
    expect(wrongOf(check("StepLR", Root, { quiet: true }))).to.match(
      /^lr: your schedule gives another lr than ours/,
    );
  });
  it("an error is a failed row, with the place", () => {
    class Throws extends StepByStep {
      override step(): void {
        throw new Error("not yet");
      }
    }
    expect(wrongOf(check("StepLR", Throws, { quiet: true }))).to.match(
      /no error: Error: not yet \(in Throws\.step, student-schedules/,
    );
  });
});

/** 1 / (1 + t / T), which is not in the catalogue. */
class Hyperbola {
  protected readonly optimizer: ScheduledOptimizer;
  protected readonly first: readonly number[];
  protected t = 0;
  constructor(optimizer: ScheduledOptimizer) {
    [this.optimizer, this.first] = [optimizer, optimizer.groups.map(({ lr }) => lr)];
  }
  step(): void {
    this.t += 1;
    for (const [i, group] of this.optimizer.groups.entries())
      group.lr = (this.first[i] as number) / (1 + this.t / 10);
  }
}

describe("compare, schedules outside the catalogue", () => {
  it("a right one passes, and the report says what it assumed", () => {
    const report = check(Hyperbola, { quiet: true });
    expectRight(report);
    expect(report.rows.map(({ quantity }) => quantity)).to.include.members([
      "lr",
      "two groups",
      "two schedules",
    ]);
    expect(report.notes?.[0]).to.contain("Assumed: new Hyperbola(optimizer) is a schedule");
  });
  it("arguments are given, a metric that step asks for too", () => {
    expectRight(check(StepByStep, { args: [7], quiet: true }));
    expectRight(check(CountsDown, { args: [{ patience: 3 }], quiet: true }));
    expectRight(check(training.StepLR, { args: [5], quiet: true }));
    class Highest extends CountsDown {
      override step(accuracy: number): void {
        super.step(1 - accuracy);
      }
    }
    expectRight(check(Highest, { args: [{ patience: 3 }], quiet: true }));
  });

  it("none of these needs a formula", () => {
    class Still extends Hyperbola {
      override step(): void {
        this.t += 1;
      }
    }
    class Negative extends Hyperbola {
      override step(): void {
        for (const group of this.optimizer.groups) group.lr -= 0.05;
      }
    }
    class OneGroup extends Hyperbola {
      override step(): void {
        const [group] = this.optimizer.groups;
        if (group) group.lr *= 0.9;
      }
    }
    class Shared extends Hyperbola {
      static t = 0;
      override step(): void {
        this.t = Shared.t++;
        super.step();
      }
    }
    class Decays extends Hyperbola {
      override step(): void {
        super.step();
        for (const group of this.optimizer.groups) Object.assign(group, { weightDecay: group.lr });
      }
    }
    for (const [Class, says] of [
      [Negative, "lr: your schedule sets lr to -0.0"],
      [OneGroup, "two groups: your schedule leaves the lr of the second group alone"],
      [Shared, "two schedules: a second object of your class gives another lr"],
      [Decays, "other options unchanged: your schedule changes weightDecay"],
    ] as const)
      expect(wrongOf(check(Class, { quiet: true })), says).to.contain(says);
    expect(formatReport(check(Still, { quiet: true }))).to.contain("✗");
  });
});
