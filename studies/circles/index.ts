import { BCEWithLogitsLoss, Linear, ReLU, Sequential, Tanh } from "../../autograd/index.ts";
import { array, type NDArray, type Random, random } from "../../np/index.ts";
import type { Picture } from "../../plots/index.ts";
import { accuracy } from "../../training/index.ts";
import { inPercent, measured, seedsWhere, spreads } from "../spread.ts";
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

/** The disc's radius, and where the ring begins and ends. */
const [disc, inner, outer] = [1, 1.5, 2.5];

/** From this share of the dense grid on, a net counts as having separated disc and ring. */
const solved = 0.97;

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
    const train = sample(options.points, rng.spawn());
    const judge = denseGrid(options.grid);
    const nets = options.widths.flatMap((width) => options.activations.map((name) => ({ width, name })));
    const row: Record<string, number> = {};
    for (const [i, { width, name }] of nets.entries()) {
      const note: Report = (share) => report((i + share) / nets.length, `${width} ${name} units`);
      row[label(width, name)] = await accuracyOf(width, name, {
        train,
        judge,
        rng: rng.spawn(),
        options,
        note,
      });
    }
    return row;
  },
  summary: spreads,
  verdict,
  pictures,
};

/** Points with class 1 in the disc. Shapes: x (N, 2), y (N, 1). */
interface Plane {
  readonly x: NDArray;
  readonly y: NDArray;
}

interface Trial {
  readonly train: Plane;
  readonly judge: Plane;
  readonly rng: Random;
  readonly options: CirclesOptions;
  readonly note: Report;
}

async function accuracyOf(
  width: number,
  activation: string,
  { train, judge, rng, options: { steps, lr }, note }: Trial,
): Promise<number> {
  const bend = activation === "tanh" ? new Tanh() : new ReLU();
  const model = new Sequential(new Linear(2, width, { rng }), bend, new Linear(width, 1, { rng }));
  const loss = new BCEWithLogitsLoss();
  await trainOnAll(model, train.x, train.y, { loss, steps, lr, report: (share) => note(share, "") });
  return accuracy(outputs(model, judge.x), judge.y);
}

function label(width: number, activation: string): string {
  return `${width} ${activation}`;
}

/** Half of the points in the disc, half in the ring, each uniform over its area. */
function sample(n: number, rng: Random): Plane {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    const isDisc = i % 2 === 0;
    const [from, to] = isDisc ? [0, disc] : [inner, outer];
    const r = Math.sqrt(from ** 2 + (to ** 2 - from ** 2) * rng.next());
    const t = 2 * Math.PI * rng.next();
    x.push(r * Math.cos(t), r * Math.sin(t));
    y.push(isDisc ? 1 : 0);
  }
  return { x: array(x).reshape([n, 2]), y: array(y).reshape([n, 1]) };
}

/** Every point of a square grid that lies in the disc or in the ring. */
function denseGrid(side: number): Plane {
  const x: number[] = [];
  const y: number[] = [];
  const at = (i: number): number => outer * ((2 * i) / (side - 1) - 1);
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      const r = Math.hypot(at(i), at(j));
      if (r > outer || (r > disc && r < inner)) continue;
      x.push(at(i), at(j));
      y.push(r <= disc ? 1 : 0);
    }
  }
  return { x: array(x).reshape([y.length, 2]), y: array(y).reshape([y.length, 1]) };
}

function verdict(summary: Summary): Finding {
  const seeds = measured(summary, "2 tanh").values.length;
  const count = (name: string): number => seedsWhere(summary, name, (share) => share >= solved);
  const [two, three] = [count("2 tanh") + count("2 ReLU"), [count("3 tanh"), count("3 ReLU")]];
  const best = Math.max(measured(summary, "2 tanh").max, measured(summary, "2 ReLU").max);
  const numbers =
    `two units never got past ${(100 * best).toFixed(1)} % of the plane; ` +
    `three separated it in ${three[0]} of ${seeds} runs with tanh and ${three[1]} with ReLU`;
  if (two === 0 && Math.max(...three) > seeds / 2)
    return {
      verdict: Math.min(...three) === seeds ? "holds" : "holds within limits",
      sentence: `In one hidden layer, ${numbers}.`,
    };
  return { verdict: "not seen here", sentence: `In one hidden layer, ${numbers}; two units solved ${two}.` };
}

function pictures(summary: Summary): readonly Picture[] {
  const widths = [...new Set(Object.keys(summary).map((name) => name.split(" ")[0] ?? ""))];
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
      level: { at: 100 * solved, text: "separated" },
    }),
  ];
}
