import { array, type NDArray, type Random, where } from "../../np/index.ts";
import { prelu } from "../formulas/precise-functions.ts";
import { type Case, twins } from "./case.ts";
import { elu, hardtanh, leakyRelu, selu } from "./formulas.ts";
import { awayFromZero, large, signs } from "./inputs.ts";

/** Random choices of −1, 0 and 1; every sample has all three. */
const onZero: (rng: Random) => NDArray = signs(4, 5, [1, 0, -1], (rng, count) => rng.choice(3, count).sub(1));
/** On, between and outside two numbers; every sample has an element on each bound and one between them. */
function around(low: number, high: number): (rng: Random) => NDArray {
  const [between, places] = [(low + high) / 2, [low, high, low - 1, high + 1]];
  return signs(4, 5, [low, high, between], (rng, count) => {
    const chosen = Array.from(rng.choice(places.length, count).flat(), (i) => places[i] as number);
    return array(chosen);
  });
}
/** Numbers at least 0.05 from both bounds; every sample has some inside and some outside. */
function awayFrom(low: number, high: number): (rng: Random) => NDArray {
  return (rng) => {
    const [outside, inside] = [awayFromZero(4, 5)(rng), rng.uniform(low + 0.05, high - 0.05, [4, 5])];
    const beyond = where(outside.greater(0), outside.add(high), outside.add(low));
    return where(array([[0, 1, 0, 1, 1]]), inside, beyond);
  };
}
const kink = "at its kink, where the slope is that of negative x by convention";
const images = (rng: Random): NDArray => awayFromZero(6, 4)(rng).reshape(2, 3, 2, 2);

/** Activations with a kink, and their conventions there. */
// biome-ignore format: a table, one case a line
export const rectifierCases: readonly Case[] = [
  { ...twins("LeakyReLU", () => []), what: "away from its kink", inputs: { x: awayFromZero(4, 5) }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: leakyRelu(0.01) } },
  { ...twins("LeakyReLU", () => [0.3]), what: "slope 0.3", inputs: { x: awayFromZero(4, 5) }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: leakyRelu(0.3) } },
  { ...twins("LeakyReLU", () => [-0.5]), what: "a negative slope", inputs: { x: awayFromZero(4, 5) }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: leakyRelu(-0.5) } },
  { ...twins("LeakyReLU", () => [0.3]), what: kink, inputs: { x: onZero, onKink: true }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: leakyRelu(0.3) } },
  { ...twins("PReLU", () => []), what: "one slope for all", inputs: { x: awayFromZero(4, 3) }, witnesses: { precise: prelu } },
  { ...twins("PReLU", () => [3, { init: -0.4 }]), what: "one slope per channel", inputs: { x: awayFromZero(4, 3) }, witnesses: { precise: prelu } },
  { ...twins("PReLU", () => [3]), what: "images: sums over all axes but the channels", inputs: { x: images } },
  { ...twins("PReLU", () => [1, { init: 0.1 }]), what: "one slope for images", inputs: { x: images } },
  { ...twins("PReLU", () => []), what: kink, inputs: { x: onZero, onKink: true }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: leakyRelu(0.25) } },
  { ...twins("ELU", () => []), what: "alpha 1, which has no kink", inputs: { x: awayFromZero(4, 5) }, witnesses: { formula: elu(1) } },
  { ...twins("ELU", () => [0.4]), what: "alpha 0.4", inputs: { x: awayFromZero(4, 5) }, witnesses: { formula: elu(0.4) } },
  { ...twins("ELU", () => []), what: "large x, where exp overflows", inputs: { x: large(4, 3) }, witnesses: { formula: elu(1) } },
  { ...twins("ELU", () => [2]), what: kink, inputs: { x: onZero, onKink: true }, witnesses: { formula: elu(2) } },
  { ...twins("SELU", () => []), what: "away from its kink", inputs: { x: awayFromZero(4, 5) }, witnesses: { formula: selu } },
  { ...twins("SELU", () => []), what: "large x, where exp overflows", inputs: { x: large(4, 3) }, witnesses: { formula: selu } },
  { ...twins("SELU", () => []), what: kink, inputs: { x: onZero, onKink: true }, witnesses: { formula: selu } },
  { ...twins("Hardtanh", () => []), what: "inside and outside", inputs: { x: awayFrom(-1, 1) }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: hardtanh(-1, 1) } },
  { ...twins("Hardtanh", () => [-2, { maxVal: 0.5 }]), what: "other bounds", inputs: { x: awayFrom(-2, 0.5) }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: hardtanh(-2, 0.5) } },
  { ...twins("Hardtanh", () => [0, { maxVal: 6 }]), what: "0 to 6, a ReLU6", inputs: { x: awayFrom(0, 6) }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: hardtanh(0, 6) } },
  { ...twins("Hardtanh", () => [-2, { maxVal: 0.5 }]), what: "at its kinks, the bounds, where dx is 0 by convention", inputs: { x: around(-2, 0.5), onKink: true }, expects: { zeroSecondDerivatives: ["x"] }, witnesses: { formula: hardtanh(-2, 0.5) } },
];
