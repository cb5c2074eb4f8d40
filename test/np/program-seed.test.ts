import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { Linear } from "chalk-and-tape/manual";
import { manualSeed, random } from "chalk-and-tape/np";

/** Makes two layers and a stream without a seed, and prints numbers of all three. */
const program = `
import { random, manualSeed } from "chalk-and-tape/np";
import { Linear } from "chalk-and-tape/autograd";
const seed = process.argv[1];
if (seed) manualSeed(Number(seed));
const layers = [new Linear(2, 3), new Linear(2, 3)];
console.log("numbers", layers.map((layer) => layer.weight.item(0, 0)).join(" "), random().next());
`;

/** The lines that the program prints. */
function run(...args: readonly string[]): string[] {
  const options = { encoding: "utf8", cwd: import.meta.dirname } as const;
  return execFileSync(process.execPath, ["--input-type=module", "-e", program, ...args], options)
    .trim()
    .split("\n");
}

describe("np, the program's seed", () => {
  it("is printed once for all layers, and given to manualSeed it repeats the whole run without a notice", () => {
    const [notice = "", numbers, ...more] = run();
    const seed = /^random: no seed given, using (\d+); np\.manualSeed\(\1\) .*repeats this run$/.exec(
      notice,
    )?.[1];
    expect(more).to.deep.equal([]);
    expect(run(seed ?? "missing")).to.deep.equal([numbers]);
    expect(run()[1]).to.not.equal(numbers);
  });

  it("gives every layer numbers of its own, and the same ones after manualSeed", () => {
    const weights = (): number[] => [0, 1].map(() => new Linear(2, 3).weight.item(0, 0));
    manualSeed(5);
    const first = weights();
    manualSeed(5);
    expect(weights()).to.deep.equal(first);
    expect(first[0]).to.not.equal(first[1]);
  });

  it("changes no stream that has a seed", () => {
    const before = random(3).next();
    manualSeed(4);
    expect(random(3).next()).to.equal(before);
    expect(() => manualSeed(-1)).to.throw(RangeError, "manualSeed: seed is -1");
  });
});
