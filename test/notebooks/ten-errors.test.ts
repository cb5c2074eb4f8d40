import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../house/source.ts";
import { codeOf, lessonCells } from "./authoring/lesson-source.ts";
import { Kernel } from "./kernel.ts";
import { problem } from "./run-notebook.ts";

const path = "notebooks/source/00-for-those-who-know-numpy.md";
const markdown = readFileSync(join(root, path), "utf8");
/** A wrong line, and the message that the lesson shows below it. */
const pairs = [...markdown.matchAll(/```ts\n([\s\S]*?)\n```\n\n```text\n([\s\S]*?)\n```/g)].map(
  ([, code = "", message = ""]) => ({ code, message }),
);

describe("the ten errors of lesson 00", () => {
  let kernel: Kernel;
  before(async () => {
    kernel = await Kernel.start(join(root, "notebooks"));
    for (const { text } of codeOf(lessonCells(markdown, path)))
      expect(problem(await kernel.execute(text)), text).to.equal("");
  });
  after(async () => {
    await kernel.stop();
  });

  it("are ten, each with a number", () => {
    expect(pairs).to.have.length(10);
    expect([...markdown.matchAll(/^### Error (\d+): /gm)].map(([, number]) => number).join()).to.equal(
      "1,2,3,4,5,6,7,8,9,10",
    );
  });

  for (const { code, message } of pairs)
    it(`${code.split("\n", 1)[0]} says what the lesson says`, async () => {
      const { error } = await kernel.execute(code);
      expect(error?.traceback.join("\n")).to.equal(message);
    });
});
