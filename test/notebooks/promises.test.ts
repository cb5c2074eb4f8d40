/** What the lessons promise to show, read in their committed outputs; the runs compare those with what they give. */
import { expect } from "chai";
import { lessons } from "./lessons.ts";
import { plainTextOf } from "./outputs.ts";

function shown(name: string): string {
  const lesson = lessons.find((one) => one.name === name);
  if (!lesson) throw new Error(`there is no lesson ${name}`);
  return plainTextOf(lesson.ipynb);
}

describe("what lessons promise to show", () => {
  it("lesson 00 shows what it says: by hand, tape and finite difference agree, half a sigmoid is caught", () => {
    const said = shown("00-for-those-who-know-numpy");
    expect(said.match(/^(dx|∂L\/∂[wb]: by hand, [a-z ]+?) +\(.*\) +(exact|approximate) /gm)).to.have.length(
      5,
    );
    expect(said)
      .to.match(/L 0\.693\d+ {3}dp -2 {3}dz -0\.5 {3}dw -1 {3}db -0\.5$/m)
      .and.to.match(/✗ x \(4, 5\): disagree\n.*\n +dx is dy · y$/m)
      .and.not.to.match(/write dy/);
  });

  it("lesson 01 shows what it says: two networks, each the same on both sides; update adds; the broken class is caught", () => {
    const said = shown("01-the-same-classifier-twice");
    const numbers = (pattern: RegExp) => [...said.matchAll(pattern)].map(([, number]) => Number(number));
    expect(numbers(/= (\d+) numbers to learn$/gm)).to.deep.equal([261, 41]);
    expect(said.match(/^(layer|relu)\d .* exact +0$/gm)).to.have.length(7);
    expect(said.match(/^(ReLU|Linear), .* exact +0$/gm)).to.have.length(4);
    expect(said.match(/^(chalk, |dW\d, |loss +\().* (exact|approximate) /gm)).to.have.length(7);
    const apart = numbers(/apart (\S+)$/gm);
    expect(apart).to.have.length(4);
    for (const one of apart) expect(one).to.be.at.most(1e-12);
    const [chalk = 0, tape = 0] =
      /accuracy: chalk (\S+) {2}tape (\S+)/.exec(said)?.slice(1).map(Number) ?? [];
    expect([chalk, tape]).to.satisfy(([a, b]: number[]) => a === b && Number(a) >= 0.95);
    const losses = numbers(/^step \d+: loss (\S+), accuracy/gm);
    expect(losses).to.have.length(10);
    const [climb, descent] = [losses.slice(0, 5), losses.slice(5)];
    expect(climb).to.deep.equal(climb.toSorted((a, b) => a - b));
    expect(descent).to.deep.equal(descent.toSorted((a, b) => b - a));
    expect(said)
      .to.match(/same text\? true/)
      .and.to.match(/✗ bias \(3,\): disagree/);
  });

  it("lesson 02 shows what it says: parameters, exact steps and an approximate fusion, both cliffs, four targets", () => {
    const said = shown("02-mnist");
    expect(said)
      .to.match(/layer 1 holds 92\.2 % of them/)
      .and.to.match(/It is: 218058\./)
      .and.to.match(/It is: -583\./)
      .and.to.match(/^d z, fused: .* approximate /m)
      .and.to.match(/float32, target 1: NaN from 17$/m)
      .and.to.match(/float64, target 0: NaN from 37$/m)
      .and.to.match(/It is: 37\./)
      .and.to.match(/^ +3 .*8\d\.\d\d? %/m)
      .and.to.match(/✗ x \(3, 4\): disagree/);
    expect(said.match(/^d [\w ]+\(4, \d+\) +exact +0$/gm)).to.have.length(7);
    expect(said.match(/^(index|one-hot), \w+ +1\.067$/gm)).to.have.length(3);
    expect(said).to.match(/^one-hot, integer +✗ .*target is one-hot/m);
    expect(said.match(/^✓ /gm)).to.have.length.at.least(6);
  });

  it("lesson 06 shows what it says: bent until separable, three units, no rise on images, variance that misleads", () => {
    const said = shown("06-linearly-separable");
    const shares = /input (\S+), after layer 1 (\S+), after layer 2 (\S+)/.exec(said)?.slice(1).map(Number);
    expect(shares).to.have.length(3);
    expect(shares).to.deep.equal(shares?.toSorted((a, b) => a - b));
    expect(shares?.at(-1)).to.equal(1);
    expect(said.match(/^2 units, seed \d: .* not separated$/gm)).to.have.length(3);
    expect(said.match(/^3 units, seed \d: .* grid, separated$/gm)).to.have.length.at.least(1);
    const probes = [
      ...said.matchAll(/^after hidden \d: (\S+); untrained (\S+), PCA (\S+), shuffled (\S+)$/gm),
    ];
    expect(probes).to.have.length(2);
    for (const [, ...numbers] of probes) {
      const [trained = 0, untrained = 1, pca = 1, shuffled = 1] = numbers.map(Number);
      expect(trained).to.be.above(Math.max(untrained, pca));
      expect(shuffled).to.be.below(0.2);
    }
    expect(said)
      .to.match(/It is: 3 units\./)
      .and.to.match(/cut at height 0\.4: 100 % of the grid/)
      .and.to.match(/It is: after hidden 1\./)
      .and.to.match(/first component keeps 99\.\d % of the variance/)
      .and.to.match(/It is: 5\d %\./)
      .and.to.match(/share above 0\.9 .*different/);
  });

  it("lesson 09 shows what it says: mistakes told apart, the layer named, zeros caught, second derivatives", () => {
    const said = shown("09-checking-gradients");
    expect(said)
      .to.match(/dWeight is the transpose of the right one/)
      .and.to.match(/backward ignores the dy it receives/)
      .and.to.match(/at layer2 \(Half\) dy agrees, dx does not/)
      .and.to.match(/✗ softmax with zeros/)
      .and.to.match(/d²\/dx² x³ at 3: 18$/m)
      .and.to.match(/dBias is the right one divided by 4 = N, the batch/)
      .and.to.match(/✗ softmax$/m);
    const largest = [...said.matchAll(/for dy = ones, largest element: +(\S+)$/gm)].map(([, x]) => Number(x));
    expect(largest).to.have.length(2);
    for (const one of largest) expect(one).to.be.below(1e-15);
    const [, trueError = ""] = /^true error (\S+)$/m.exec(said) ?? [];
    expect(Number(trueError)).to.be.below(1e-12);
  });
});
