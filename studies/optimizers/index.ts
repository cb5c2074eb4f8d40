import type { Picture } from "../../plots/index.ts";
import { curves } from "../curves.ts";
import { inPercent, measured, numbersIn, percent, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Study, Summary } from "../study.ts";
import { type RaceName, raceNames, raceOptimizers, rateGrid } from "./race-optimizers.ts";
import { expectedBest } from "./tuning-budget.ts";

type TuningOptions = {
  readonly rates: readonly number[];
  readonly dataset: string;
  readonly images: number;
  readonly test: number;
  readonly epochs: number;
};

/** Each optimizer gets the same seven learning rates: what does it reach after how many tries? */
export const optimizers: Study<TuningOptions> = {
  name: "optimizers",
  claims: ["more-than-sgd"],
  question: "Which optimizer wins at its default learning rate, and which with the best of seven?",
  dataset: "800 drawn digits, 28 × 28, 3 epochs; 200 to choose the rate, 1,000 to test",
  seeds: 5,
  options: { rates: rateGrid, dataset: "digits", images: 800, test: 1000, epochs: 3 },
  otherDatasets: {
    mnist: {
      dataset: "3,000 images of MNIST, 2 epochs; 750 to choose the rate, 2,000 to test",
      options: { images: 3000, test: 2000, epochs: 2 },
    },
  },
  async run(seed, options, report) {
    const runs = await raceOptimizers({ ...options, seed }, report);
    const row: Record<string, number> = {};
    for (const { optimizer, lr, testAccuracy } of runs) row[`${optimizer}, ${rateName(lr)}`] = testAccuracy;
    for (const name of raceNames) {
      const tried = runs.filter(({ optimizer, lr }) => optimizer === name && lr !== null);
      const best = tried.reduce((a, b) => (b.validationAccuracy > a.validationAccuracy ? b : a));
      row[`${name}, best rate`] = best.lr ?? 0;
      for (let tries = 1; tries <= tried.length; tries++)
        row[`${name}, ${triesName(tries)}`] = expectedBest(tried, tries);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

function rateName(lr: number | null): string {
  return lr === null ? "default rate" : `rate ${lr}`;
}

function triesName(tries: number): string {
  return tries === 1 ? "1 try" : `${tries} tries`;
}

function verdict(summary: Summary): Finding {
  const most = numbersIn(summary, /^SGD, (\d+) tr/).at(-1) ?? 1;
  const best = triesName(most);
  const of = (name: RaceName, what: string): number => measured(summary, `${name}, ${what}`).median;
  const order = (what: string): RaceName[] => [...raceNames].sort((a, b) => of(b, what) - of(a, what));
  const lead = (what: string): number => of(order(what)[0] ?? "SGD", what) - of("SGD", what);
  const said = (what: string): string =>
    order(what)
      .map((name) => `${name} ${percent(measured(summary, `${name}, ${what}`))}`)
      .join(", ");
  const sentence = `Test accuracy at the library's default rates: ${said("default rate")}. With the best of ${most} rates: ${said(best)}.`;
  if (lead("default rate") < 0.01 && lead(best) < 0.01) return { verdict: "not seen here", sentence };
  const isSame = order("default rate")[0] === order(best)[0] && order("1 try")[0] === order(best)[0];
  if (isSame && lead(best) >= 0.01) return { verdict: "holds", sentence };
  return {
    verdict: "holds within limits",
    sentence: `${sentence} The order depends on the tuning budget.`,
  };
}

function pictures(summary: Summary): readonly Picture[] {
  const rates = numbersIn(summary, /^SGD, rate (.+)$/);
  const tries = numbersIn(summary, /^SGD, (\d+) tr/);
  const of = (name: string, what: string): ReturnType<typeof inPercent> =>
    inPercent(summary, `${name}, ${what}`);
  const byOptimizer = <T>(value: (name: string) => T): Record<string, T> =>
    Object.fromEntries(raceNames.map((name) => [name, value(name)]));
  return [
    curves(
      byOptimizer((name) => rates.map((lr) => of(name, rateName(lr)))),
      {
        title: "The same seven learning rates for each optimizer",
        x: rates,
        xLabel: "learning rate (log scale)",
        yLabel: "test accuracy (%)",
      },
    ),
    curves(
      byOptimizer((name) => tries.map((n) => of(name, triesName(n)))),
      {
        title: "The more rates are tried, the less the optimizer matters",
        x: tries,
        xLabel: "learning rates tried, at random from the seven (log scale)",
        yLabel: "expected test accuracy (%)",
      },
    ),
    strips(
      byOptimizer((name) => ({
        "default rate": of(name, "default rate"),
        tuned: of(name, triesName(tries.at(-1) ?? 1)),
      })),
      {
        title: "At the library's default rate, and tuned",
        xLabel: "optimizer",
        yLabel: "test accuracy (%)",
      },
    ),
  ];
}
