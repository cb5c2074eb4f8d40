import type { Module } from "../../autograd/index.ts";
import { array, mean, type NDArray, type Random } from "../../np/index.ts";
import { layerOutputs } from "../layer-outputs.ts";
import { linearProbe } from "../linear-probe.ts";
import { tunedProbe } from "../tuned-probe.ts";

/** Features with their classes. Shapes: x (N, D), y (N,). */
interface Labelled {
  readonly x: NDArray;
  readonly y: NDArray;
}

/** The name of a measurement, in three parts. */
export function key(data: string, layer: string, what: string): string {
  return `${data}, ${layer}: ${what}`;
}

/**
 * The test accuracy of a linear probe on the inputs and after each hidden layer, and on the logits. For a trained net
 * also with shuffled labels, where nothing but chance is to be found.
 */
export function probeLayers(
  data: string,
  {
    model,
    fit,
    test,
    rng,
    net,
    shuffles,
  }: {
    readonly model: Module;
    readonly fit: Labelled;
    readonly test: Labelled;
    readonly rng: Random;
    readonly net: "trained net" | "untrained net";
    /** How many orders of the labels are tried; in few dimensions a single one may be right by luck. */
    readonly shuffles: number;
  },
): Record<string, number> {
  const [inFit, inTest] = [layerOutputs(model, fit.x), layerOutputs(model, test.x)];
  const last = Object.keys(inFit).at(-1) ?? "";
  const layers = Object.keys(inFit).flatMap((part) => {
    if (part === "flatten") return net === "trained net" ? [{ part, layer: "input" }] : [];
    if (part === last) return [{ part, layer: "logits" }];
    return part.startsWith("relu") ? [{ part, layer: `hidden ${part.slice("relu".length)}` }] : [];
  });
  const orders = Array.from({ length: shuffles }, () => fit.y.slice(rng.permutation(fit.y.size)));
  const row: Record<string, number> = {};
  for (const { part, layer } of layers) {
    const [features, held] = [inFit[part], inTest[part]];
    if (!features || !held) continue;
    row[key(data, layer, net)] = tunedProbe(features, fit.y).accuracy(held, test.y);
    if (net !== "trained net") continue;
    const shuffled = orders.map((y) => linearProbe(features, y).accuracy(held, test.y));
    row[key(data, layer, "shuffled labels")] = mean(array(shuffled)).item();
  }
  return row;
}
