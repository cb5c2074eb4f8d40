import { expect } from "chai";
import * as chalk from "chalk-and-tape/manual";
import * as np from "chalk-and-tape/np";
import { assignmentNamed, type CheckResult, hw2 } from "#internal/homework";
import { runAnswer } from "../grader/run-answer.ts";

const softmax = `
  const exps = np.exp(z.sub(np.max(z, 1, true)));
  return exps.div(exps.sum(1, true));`;

describe("hw2, public checks", function () {
  this.timeout(120_000);

  it("expects of the steps what chalk's loss gives", () => {
    const { logits, target } = hw2.logitsAndTarget(np.random(3), 5, 4);
    const { values, gradients } = hw2.expectedSteps(logits, target);
    const loss = new chalk.CrossEntropyLoss();
    expect(values.loss.item()).to.be.closeTo(loss.forward(logits, target).item(), 1e-14);
    expect(np.allclose(gradients.dLogits as np.NDArray, loss.backward(), 0, 1e-15)).to.equal(true);
    expect(np.max(np.abs(gradients.dRowMax as np.NDArray)).item()).to.be.below(1e-15);
    expect(Object.keys(values)).to.have.members([...hw2.stepNames]);
  });

  it("takes softmax from a file that mentions np.softmax in a comment", async () => {
    const [own] = await results(`// np.softmax is not allowed\n${exporting(softmax)}`);
    expect(own?.state).to.equal("passed");
  });

  it("refuses np's own softmax, however it is imported", async () => {
    const texts = [
      exporting("return np.softmax(z, 1);"),
      exporting("return lib . softmax(z, 1);").replaceAll("* as np", "* as lib"),
      `import { softmax as theirs } from "chalk-and-tape/np";
       export function softmax(z) { return theirs(z, 1); }`,
      exporting("return np.exp(z.sub(np.logsumexp(z, 1, true)));"),
    ];
    for (const text of texts) {
      const [first] = await results(text);
      expect([first?.state, first?.cause], text).to.deep.equal(["failed", "library"]);
    }
  });

  it("finds np's functions wherever a file reads them", () => {
    const star = 'import * as np from "chalk-and-tape/np";';
    for (const text of [
      'import { exp } from "chalk-and-tape/np";\nimport { softmax as sm } from "chalk-and-tape/np";',
      `import * as a from "chalk-and-tape/np"; import * as b from 'chalk-and-tape/np'; b.softmax(z);`,
      `${star} const lib = np; const other = lib; other.softmax(z, 1);`,
      `${star} const { exp, softmax: sm } = np;`,
      `${star} np["softmax"](z, 1);`,
      `${star} np?.\n/* … */ softmax(z);`,
      `${star} (np as any).softmax(z, 1);`,
      `${star} const s = \`\${np.softmax(z)} \`;`,
      `${star} const r = /["'\`]/; np.softmax(z);`,
      'export { softmax } from "chalk-and-tape/np";',
      'const f = (await import("chalk-and-tape/np")).softmax;',
      'const lib = await import("chalk-and-tape/np"); lib.softmax(z);',
    ])
      expect([...hw2.npNamesIn(text)], text).to.include("softmax");
    expect([...hw2.npNamesIn(`${star} np["soft" + "max"](z);`)]).to.deep.equal(["[…]"]);
  });

  it("finds none in strings, comments and a file's own names", () => {
    const star = 'import * as np from "chalk-and-tape/np";';
    for (const text of [
      `${star} const s = "np.softmax"; const t = 'np.softmax'; const u = \`np.softmax \${np.exp(z)} np.softmax\`;`,
      `${star} // np.softmax\n/* np.softmax */ const r = /np.softmax/;`,
      `${star} export function softmax(z) { return np.exp(z).div(2) / 3; } softmax(z); const o = { softmax };`,
      `${star} class A { softmax(z) { return this.softmax(np.max(z).softmax); } }`,
      'import { exp } from "chalk-and-tape/np"; import { softmax } from "./mine";',
    ])
      expect([...hw2.npNamesIn(text)], text).to.not.include("softmax");
    expect([...hw2.npNamesIn(`${star} const [a] = [1 / 2, np.exp(z) / 3]; np.max(a)`)]).to.deep.equal([
      "exp",
      "max",
    ]);
  });

  it("gives nothing for one right or one wrong number beside others that are wrong", async () => {
    const steps = (dPicked: string, rest: string): string => `import * as np from "chalk-and-tape/np";
      export function crossEntropyStepsBackward(steps, target) {
        const [N, C] = steps.logits.shape;
        const dPicked = np.full([N, 1], ${dPicked});
        const dLogProbs = np.oneHot(target, C).mul(dPicked);
        return { dPicked, dLogProbs: dLogProbs.mul(${rest}), dProbs: dLogProbs.div(steps.probs).mul(${rest}) };
      }`;
    const shareOf = async (text: string): Promise<number | undefined> =>
      (await results(text)).find(({ id }) => id === "t3-probs")?.share;
    expect(await shareOf(steps("-1 / N", "1"))).to.equal(1);
    expect(await shareOf(steps("1 / N", "1"))).to.equal(0.5);
    expect(await shareOf(steps("1 / N", "7"))).to.equal(0);
    expect(await shareOf(steps("-1 / N", "7"))).to.equal(0);
  });

  it("takes no network of zeros, whose logits are zeros", async () => {
    const found = await results(`import * as np from "chalk-and-tape/np";
      export class Mlp {
        sizes = [[256, 784], [256], [64, 256], [64], [10, 64], [10]];
        list = this.sizes.map((shape) => ({ value: np.zeros(shape), gradient: null }));
        forward(x) { return np.zeros([x.shape[0], 10]); }
        parameters() { return this.list; }
      }
      export class Linear {
        weight = {}; bias = {};
        forward(x) { return x.matmul(this.weight.value.T).add(this.bias.value); }
      }`);
    const states = Object.fromEntries(found.map(({ id, state }) => [id, state]));
    expect(states["t5-linear-forward"]).to.equal("passed");
    expect(states["t6-forward"]).to.equal("failed");
  });

  it("refuses a softmax that changes the caller's logits", async () => {
    const [first] = await results(exporting(`z.addInPlace(z, -0.5); z.addInPlace(z);${softmax}`));
    expect([first?.state, first?.cause]).to.deep.equal(["passed", null]);
    const [second] = await results(exporting(`z.addInPlace(np.ones(z.shape));${softmax}`));
    expect([second?.state, second?.cause]).to.deep.equal(["failed", "input changed"]);
  });

  it("checks each task without the tasks before it", async () => {
    const text = `import * as np from "chalk-and-tape/np";
      export class ReLU {
        forward(x) { this.x = x; return np.maximum(x, 0); }
        backward(dy) { return np.where(this.x.greater(0), dy, 0); }
      }`;
    const passed = (await results(text)).filter(({ state }) => state === "passed");
    expect(passed.map(({ id }) => id)).to.deep.equal(["t5-relu"]);
  });

  it("calls a gradient by the name that the assignment gives it", async () => {
    const found = await results(`import * as np from "chalk-and-tape/np";
      export class CrossEntropyLoss {
        forward(logits) { this.x = logits; return 0; }
        backward() { return this.x.sum(0); }
      }
      export class Linear {
        weight = {}; bias = {};
        forward(x) { this.x = x; return x.matmul(this.weight.value.T).add(this.bias.value); }
        backward(dy) {
          this.weight.gradient = dy.T.matmul(this.x);
          this.bias.gradient = dy.sum(0);
          return dy;
        }
      }`);
    const where = Object.fromEntries(found.map(({ id, advice }) => [id, advice?.where]));
    expect(where["t4-gradient"]).to.equal("dLogits has shape (6,), expected (4, 6)");
    expect(where["t5-linear-backward"]).to.equal("dx has shape (4, 3), expected (4, 5)");
    expect(where["t5-linear-forward"]).to.equal(undefined);
  });

  it("says what stands in the place of a function", async () => {
    const found = await results(`import * as np from "chalk-and-tape/np"; export const softmax = 3;`);
    expect(found[0]?.advice?.where).to.include("softmax is 3, expected a function or a class");
    expect(found.every(({ share }) => share === 0)).to.equal(true);
  });
});

function exporting(body: string): string {
  return `import * as np from "chalk-and-tape/np"; export function softmax(z) { ${body} }`;
}

async function results(text: string): Promise<readonly CheckResult[]> {
  const assignment = await assignmentNamed("hw2");
  return runAnswer({ assignment, hidden: [], right: [], wrong: [] }, text, { seed: 1 });
}
