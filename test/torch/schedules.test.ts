import { expect } from "chai";
import * as training from "chalk-and-tape/training";
import { answersOf, expectClose, expectUpToDate } from "./tables.ts";

interface ScheduleCase {
  readonly what: string;
  readonly optimizer?: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly args: readonly unknown[];
  readonly steps: number;
  readonly metrics?: readonly number[];
  /** Groups of their own numbers; default one with `options`. */
  readonly groups?: readonly Readonly<Record<string, unknown>>[];
  /** What of every group is read; default `lr`. Here in PyTorch's names, of which ours are equal. */
  readonly reads?: readonly ("lr" | "momentum" | "betas")[];
}
interface Schedule {
  step(metric?: number): void;
}
type Class = new (optimizer: object, ...args: readonly unknown[]) => Schedule;

/** make.py's `schedule_of`. */
function scheduleOf(name: string, args: readonly unknown[], optimizer: object): Schedule {
  const classes = training as unknown as Record<string, Class>;
  const value = (given: unknown): unknown => {
    const base = (given as { readonly lrLambda?: number }).lrLambda;
    if (base !== undefined) return (epoch: number) => base ** epoch;
    if (!Array.isArray(given) || typeof given[0] !== "object") return given;
    return given.map((one: object) => {
      const [[key, its]] = Object.entries(one) as [[string, readonly unknown[]]];
      return key === "lrLambda" ? value(one) : scheduleOf(key, its, optimizer);
    });
  };
  return new (classes[name] as Class)(optimizer, ...args.map(value));
}

const fixture = answersOf<ScheduleCase, (number | number[])[][]>("schedules");

describe(`schedules against ${fixture.madeBy}, float64 to 1e-9`, () => {
  it("PyTorch's answers are those to the table's cases", () => expectUpToDate("schedules", fixture));
  for (const [name, answered] of Object.entries(fixture.answers)) {
    for (const { case: one, answer } of answered) {
      it(`${name}, ${one.what}: at the start and after each of ${one.steps} steps`, () => {
        const groups = (one.groups ?? [{}]).map(
          (own) => ({ ...one.options, ...own }) as Record<string, number | number[]>,
        );
        const schedule = scheduleOf(name, one.args, { groups });
        const read = (): number[] =>
          groups.flatMap((group) => (one.reads ?? ["lr"]).flatMap((key) => group[key] as number | number[]));
        const path = [read()];
        for (let i = 0; i < one.steps; i++) {
          schedule.step(one.metrics?.[i]);
          path.push(read());
        }
        expect(path.length).to.equal(answer.length);
        for (const [i, wanted] of answer.entries())
          expectClose(path[i] as number[], wanted.flat(), `after step ${i}`);
      });
    }
  }
});
