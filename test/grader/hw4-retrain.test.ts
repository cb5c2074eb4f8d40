import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { gradedAssignment, hw4 } from "#internal/grader";
import { inProcess, submissionOf } from "./hw4-in-process.ts";

const { keepRetrainedIn, retrain } = hw4;
const root = fileURLToPath(new URL("../../../", import.meta.url));

describe("hw4, training again", () => {
  const choice = {
    data: "shapes",
    hidden: [3],
    lr: 0.02,
    batchSize: 50,
    epochs: 1,
    seed: 1,
    images: 200,
    validationAccuracy: 0.5,
  } as const;

  it("gives what the notebook's cells measure, and keeps it in a folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "chalk-hw4-cache-"));
    try {
      keepRetrainedIn(folder);
      const { validationAccuracy } = await retrain(choice);
      const markdown = readFileSync(join(root, "grader/hw4/source/hw4.md"), "utf8");
      const cell = (name: string): string =>
        (
          markdown.match(new RegExp(`^\`\`\`typescript ${name}\\n([^]*?)^\`\`\`$`, "m")) as RegExpMatchArray
        )[1] as string;
      const imports = cell("import").replace(/^import .*"(\.\/.*|.*homework|.*plots)";$/gm, "");
      const { measure } = await submissionOf(`${imports}${cell("images")}export ${cell("train")}`);
      const measured = (await (measure as (c: unknown) => unknown)(choice)) as { validation: number };
      expect(measured.validation).to.equal(validationAccuracy);
      expect(readdirSync(folder)).to.have.lengthOf(1);
      const saved = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0] as string), "utf8"));
      expect(saved.found.validationAccuracy).to.equal(validationAccuracy);
    } finally {
      keepRetrainedIn(null);
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("takes a process of its own: the grader's goes on with other submissions", async () => {
    const before = process.cpuUsage();
    await retrain({ ...choice, seed: 2 });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).to.be.below(0.25); // in this process it took 0.5 to 1
  });

  it("has a clock of its own, and a slow machine decides nothing", async () => {
    const slow = { ...choice, hidden: [64], images: 5000, epochs: 5, seed: 3 };
    const began = performance.now();
    const error = await retrain(slow, 0.5).then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error?.name).to.equal("Error"); // no Failure: it is not the student's
    expect(error?.message).to.match(/took more than 0.5 s; nothing was decided, so run it again/);
    expect(performance.now() - began).to.be.below(5000);
  });

  it("refuses a choice over the budget", async () => {
    const error = await retrain({ ...choice, hidden: [512, 512], images: 5000, epochs: 100 }).then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error?.cause).to.equal("over budget");
    expect(error?.message).to.match(/takes \d+ s, expected at most 60 s/);
  });

  it("tells a training that diverges, and remembers it", async () => {
    const wild = { ...choice, hidden: [100, 100, 100], images: 100, batchSize: 100, epochs: 20, lr: 10 };
    const failure = (): Promise<Error | null> =>
      retrain(wild).then(
        () => null,
        (thrown: Error) => thrown,
      );
    const first = await failure();
    expect(first?.cause).to.equal("diverged");
    expect(await failure()).to.equal(first);
  });

  it("equal choices are trained once, and the choice is asked for once", async () => {
    const [one, same] = [retrain({ ...choice, seed: 4 }), retrain({ ...choice, seed: 4 })];
    expect(await one).to.equal(await same);
    // A choice that is another one at each question: a tiny one first, then one that takes half an hour.
    let questions = 0;
    const submission = {
      get choice() {
        return questions++ === 0 ? { ...choice, seed: 4 } : { ...choice, hidden: [512, 512], epochs: 100 };
      },
    };
    const graded = await gradedAssignment("hw4");
    const results = await inProcess(graded, submission, 1, (id) => /^(choice|accuracy)-/.test(id));
    expect(questions).to.equal(1);
    const passed = results.filter(({ state }) => state === "passed").map(({ id }) => id);
    expect(passed).to.include.members(["choice-form", "choice-time"]);
    const { advice } = results.find(({ id }) => id === "accuracy-declared") ?? {};
    expect(advice?.where).to.include(`trained again, the network has ${(await one).validationAccuracy}`);
  });
});
