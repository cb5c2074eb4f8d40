import { BCEWithLogitsLoss, Linear, ReLU, Sequential, Tanh } from "../../autograd/index.ts";
import { type Random, random } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import {
  discAndRing,
  discAndRingGrid,
  isSeparated,
  judgeSeparation,
  mostOfTwoUnits,
  type Plane,
  type Separation,
} from "../disc-and-ring.ts";
import { inPercent, measured, spreads } from "../spread.ts";
import { strips } from "../strips.ts";
import type { Finding, Report, Study, Summary } from "../study.ts";
import { outputs, trainOnAll } from "../train-on-all.ts";

type CirclesOptions = {
  readonly widths: readonly number[];
  readonly activations: readonly ("tanh" | "ReLU")[];
  readonly steps: number;
  readonly lr: number;
  /** How many points are trained on. */
  readonly points: number;
  /** Points of the judging grid along each axis. */
  readonly grid: number;
};

/** The key of the largest share that any two units can reach. */
const most = "two units at most";

/** A filled disc inside a ring: no straight line separates them, in whatever direction it runs. */
export const circles: Study<CirclesOptions> = {
  name: "circles",
  claims: ["width-helps"],
  question: "Can one hidden layer of two units separate a disc from the ring around it, and of three?",
  dataset: "400 random points in a disc and a ring, judged on a dense grid",
  seeds: 10,
  options: {
    widths: [2, 3, 4],
    activations: ["tanh", "ReLU"],
    steps: 1500,
    lr: 0.05,
    points: 400,
    grid: 120,
  },
  async run(seed, options, report) {
    const rng = random(seed);
    const train = discAndRing(options.points, rng.spawn());
    const judge = discAndRingGrid(options.grid);
    const nets = options.widths.flatMap((width) => options.activations.map((name) => ({ width, name })));
    const row: Record<string, number> = { [most]: mostOfTwoUnits(judge) };
    for (const [i, { width, name }] of nets.entries()) {
      const note: Report = (share) => report((i + share) / nets.length, `${width} ${name} units`);
      const { share, worstPlace } = await judged(width, name, {
        train,
        judge,
        rng: rng.spawn(),
        options,
        note,
      });
      row[`${width} ${name}`] = share;
      row[`${width} ${name}: worst place`] = worstPlace;
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

interface Trial {
  readonly train: Plane;
  readonly judge: Plane;
  readonly rng: Random;
  readonly options: CirclesOptions;
  readonly note: Report;
}

async function judged(
  width: number,
  activation: string,
  { train, judge, rng, options: { steps, lr }, note }: Trial,
): Promise<Separation> {
  const bend = activation === "tanh" ? new Tanh() : new ReLU();
  const model = new Sequential(new Linear(2, width, { rng }), bend, new Linear(width, 1, { rng }));
  const loss = new BCEWithLogitsLoss();
  await trainOnAll(model, train.x, train.y, { loss, steps, lr, report: (share) => note(share, "") });
  return judgeSeparation(outputs(model, judge.x), judge);
}

/** In how many runs disc and ring were separated. */
function separated(summary: Summary, net: string): number {
  const worst = measured(summary, `${net}: worst place`).values;
  const bound = measured(summary, most).max;
  return measured(summary, net).values.filter((share, i) => isSeparated(share, worst[i] ?? 0, bound)).length;
}

function verdict(summary: Summary): Finding {
  const [tanh, relu] = [measured(summary, "2 tanh"), measured(summary, "2 ReLU")];
  const seeds = tanh.values.length;
  const two = separated(summary, "2 tanh") + separated(summary, "2 ReLU");
  const three = [separated(summary, "3 tanh"), separated(summary, "3 ReLU")] as const;
  const best = Math.max(tanh.max, relu.max);
  const inPerCent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const sentence =
    `In one hidden layer, two units never got past ${inPerCent(best)} of the plane, and no weights could get ` +
    `past ${inPerCent(measured(summary, most).max)}; three drew a closed curve between disc and ring in ` +
    `${three[0]} of ${seeds} runs with tanh and in ${three[1]} with ReLU.`;
  if (two > 0)
    return { verdict: "not seen here", sentence: `${sentence} Two units separated them ${two} times.` };
  const nets = Object.keys(summary).filter((name) => `${name}: worst place` in summary);
  if (nets.every((net) => separated(summary, net) === 0)) return { verdict: "not measurable here", sentence };
  if (Math.max(...three) <= seeds / 2) return { verdict: "not seen here", sentence };
  return { verdict: Math.min(...three) === seeds ? "holds" : "holds within limits", sentence };
}

function pictures(summary: Summary): readonly Picture[] {
  const widths = [...new Set(Object.keys(summary).flatMap((name) => /^\d+/.exec(name) ?? []))];
  const groups = Object.fromEntries(
    widths.map((width) => [
      `${width} units`,
      { tanh: inPercent(summary, `${width} tanh`), ReLU: inPercent(summary, `${width} ReLU`) },
    ]),
  );
  return [
    strips(groups, {
      title: "Disc and ring, one hidden layer",
      xLabel: "width of the hidden layer",
      yLabel: "accuracy on a dense grid (%)",
      level: { at: 100 * measured(summary, most).max, text: "no two units can do better" },
    }),
  ];
}
