import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { hw4 } from "#internal/grader";
import type { LayerUnderTest } from "#internal/homework";

const { plant, scoreOfTest } = hw4;
const seeds = Array.from({ length: 40 }, (_, seed) => seed);

/** Knows every rule of the pool, looks at forwards only, and calls wrong what it has seen with a bug. */
function looksLikeABug(layer: LayerUnderTest): boolean {
  const names = Object.keys(layer.parameters);
  const x = np.random(1).normal(0, 2, [...layer.inputShape]);
  const y = layer.forward(x);
  const near = (other: np.NDArray): boolean => np.abs(y.sub(other)).max().item() < 1e-9;
  const softplus = (z: np.NDArray): np.NDArray => np.log1p(np.exp(z));
  const swish = (z: np.NDArray): np.NDArray => z.mul(np.sigmoid(z));
  if (np.abs(y).max().item() < 1e-3) return true; // tiny, without an offset
  if (names.length === 4) return true;
  if (names.includes("scale")) {
    const { scale, shift } = layer.parameters as Record<string, np.NDArray>;
    const z = x.mul(scale as np.NDArray).add(shift as np.NDArray);
    return near(np.tanh(z)) || near(softplus(z)) || near(swish(z));
  }
  if (names.includes("weight1")) return y.min().item() > 0; // softplus, or sigmoid
  if (names.includes("weight")) return y.shape[1] === 3;
  return !near(np.softmax(x, 1)) && !near(swish(x));
}

const pointsOf = (seed: number, isRight: (layer: LayerUnderTest) => boolean) =>
  scoreOfTest(plant(np.random(seed)).map((one) => ({ ...one, isRight: isRight(one.layer) })));

describe("hw4, an answer that looks at forwards only", () => {
  it("earns nothing with all that is known about the pool", () => {
    for (const seed of seeds)
      expect(pointsOf(seed, (layer) => !looksLikeABug(layer)).points, `seed ${seed}`).to.equal(0);
  });

  it("calls many bugs wrong, and many twins too", () => {
    const judged = plant(np.random(3)).map((one) => ({ ...one, isWrong: looksLikeABug(one.layer) }));
    const wrong = (kind: string) =>
      judged.filter((one) => one.kind === kind && one.isWrong).map(({ stratum }) => stratum);
    expect(wrong("bug").length).to.be.at.least(8);
    expect(wrong("twin").length).to.be.at.least(8);
  });

  it("wins hardly anything by a guess, not even where it remembers what it said of the partner", () => {
    const mean = (guess: (seed: number) => (layer: LayerUnderTest) => boolean): number =>
      seeds.reduce((sum, seed) => sum + pointsOf(seed, guess(seed)).points, 0) / seeds.length;
    const coin = (seed: number) => {
      const random = np.random(1000 + seed);
      return () => random.integers(0, 2) === 0;
    };
    const opposite = () => {
      const seen = new Map<string, number>();
      return (layer: LayerUnderTest): boolean => {
        const kind = `${Object.keys(layer.parameters)} ${looksLikeABug(layer)}`;
        const count = seen.get(kind) ?? 0;
        seen.set(kind, count + 1);
        return count % 2 === 1;
      };
    };
    expect(mean(coin)).to.be.below(1);
    expect(mean(opposite)).to.be.below(2);
  });
});
