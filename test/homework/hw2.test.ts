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

  it("names a function that is missing", async () => {
    const found = await results(`import * as np from "chalk-and-tape/np"; export const softmax = 3;`);
    expect(found[0]?.advice?.where).to.include("hw2.ts exports no softmax");
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
