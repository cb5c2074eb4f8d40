import { DeepMlp, MSELoss } from "../../autograd/index.ts";
import { linspace, random } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import { parameterCount } from "../parameter-count.ts";
import { measured, seedsWhere, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Study, Summary } from "../study.ts";
import { outputs, trainOnAll } from "../train-on-all.ts";
import { sawtoothByHand, sawtoothWave } from "./by-hand.ts";

type SawtoothOptions = {
  /** Each tooth goes from 0 to 1 and back: 2, 4, …. */
  readonly teeth: readonly number[];
  readonly steps: number;
  readonly lr: number;
};

/** About as many parameters, 61, 61 and 53, in one, two and three hidden layers. */
const nets = { "1-20-1": [1, 20, 1], "1-6-6-1": [1, 6, 6, 1], "1-4-4-4-1": [1, 4, 4, 4, 1] } as const;

/** Below this mean squared error a net has found the sawtooth; a flat line is off by 1/12. */
const found = 1e-3;

/** A function that a deep net can hold in very few weights, and that training does not find. */
export const sawtooth: Study<SawtoothOptions> = {
  name: "sawtooth",
  claims: ["depth-capacity", "enough-depth"],
  question: "A few weights set by hand fit a sawtooth exactly. Does training find them?",
  dataset: "257 points of a sawtooth on [0, 1]",
  seeds: 10,
  options: { teeth: [2, 4], steps: 1500, lr: 0.02 },
  async run(seed, { teeth, steps, lr }, report) {
    const rng = random(seed);
    const x = linspace(0, 1, 257).reshape(257, 1);
    const row: Record<string, number> = {};
    const jobs = teeth.flatMap((n) => Object.entries(nets).map(([net, sizes]) => ({ n, net, sizes })));
    for (const [i, { n, net, sizes }] of jobs.entries()) {
      const model = new DeepMlp({ sizes: [...sizes], rng: rng.spawn() });
      const loss = new MSELoss();
      const reportNet = (share: number): void => report((i + share) / jobs.length, `${n} teeth, ${net}`);
      row[`${n} teeth, ${net}`] = await trainOnAll(model, x, sawtoothWave(x, n), {
        loss,
        steps,
        lr,
        report: reportNet,
      });
    }
    for (const n of teeth) {
      const model = sawtoothByHand(1 + Math.log2(n));
      row[`${n} teeth, by hand`] = outputs(model, x).sub(sawtoothWave(x, n)).pow(2).mean().item();
      row[`weights by hand for ${n} teeth`] = parameterCount(model);
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

function teethOf(summary: Summary): string[] {
  return Object.keys(summary).flatMap((name) =>
    name.endsWith(", by hand") ? [name.split(" ")[0] ?? ""] : [],
  );
}

function verdict(summary: Summary): Finding {
  const most = teethOf(summary).at(-1) ?? "";
  const byHand = measured(summary, `${most} teeth, by hand`).max;
  const weights = measured(summary, `weights by hand for ${most} teeth`).median;
  const names = Object.keys(nets).map((net) => `${most} teeth, ${net}`);
  const runs = names.reduce((sum, name) => sum + measured(summary, name).values.length, 0);
  const hits = names.reduce((sum, name) => sum + seedsWhere(summary, name, (error) => error < found), 0);
  const sentence =
    `${weights} weights set by hand fit ${most} teeth with error ${byHand}; ` +
    `training nets of 53 to 61 weights found them in ${hits} of ${runs} runs`;
  if (byHand > 1e-20) return { verdict: "not seen here", sentence: `${sentence}.` };
  return {
    verdict: hits > runs / 2 ? "holds" : "holds within limits",
    sentence: `${sentence}: the capacity of depth is there, but gradient descent does not reach it.`,
  };
}

function pictures(summary: Summary): readonly Picture[] {
  const groups = Object.fromEntries(
    teethOf(summary).map((n) => [
      `${n} teeth`,
      Object.fromEntries(
        [...Object.keys(nets), "by hand"].map((net) => [net, measured(summary, `${n} teeth, ${net}`)]),
      ),
    ]),
  );
  return [
    strips(groups, {
      title: "A sawtooth, trained and set by hand",
      xLabel: "target",
      yLabel: "mean squared error (log scale)",
      log: true,
      level: { at: found, text: "found" },
    }),
  ];
}
