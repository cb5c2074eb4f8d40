import { BCEWithLogitsLoss, DeepMlp } from "../../autograd/index.ts";
import { spirals } from "../../datasets/index.ts";
import { type Random, random } from "../../np/index.ts";
import { accuracy } from "../../training/index.ts";
import { outputs, trainOnAll } from "../train-on-all.ts";
import { key, probeLayers } from "./probe-layers.ts";

export type SpiralOptions = {
  readonly steps: number;
  readonly lr: number;
  readonly points: number;
};

/** Probes 2-10-10-10-1 on two spirals. */
export async function onSpirals(
  seed: number,
  { steps, lr, points }: SpiralOptions,
  report: (share: number) => void,
): Promise<Record<string, number>> {
  const rng = random(seed).foldIn(1);
  const draw = (n: number, from: Random) => spirals({ n, turns: 1.5, noise: 0.02, rng: from });
  const [train, fit, test] = [
    draw(points, rng.foldIn(0)),
    draw(points, rng.foldIn(1)),
    draw(2000, rng.foldIn(2)),
  ];
  const model = new DeepMlp({ sizes: [2, 10, 10, 10, 1], rng: rng.foldIn(3) });
  const probed = { model, fit, test, rng: rng.foldIn(4), shuffles: 40 };
  const row = probeLayers("spirals", { ...probed, net: "untrained net" });
  await trainOnAll(model, train.x, train.y.astype("float64").reshape(-1, 1), {
    loss: new BCEWithLogitsLoss(),
    steps,
    lr,
    report,
  });
  Object.assign(row, probeLayers("spirals", { ...probed, net: "trained net" }));
  row[key("spirals", "logits", "the net itself")] = accuracy(
    outputs(model, test.x),
    test.y.astype("float64").reshape(-1, 1),
  );
  return row;
}
