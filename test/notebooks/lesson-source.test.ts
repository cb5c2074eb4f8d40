import { expect } from "chai";
import { lessonCells } from "./authoring/lesson-source.ts";

describe("the source of a lesson", () => {
  const cell = (fence: string): string => `Text.\n\n${fence}\n1 + 1\n\`\`\`\n`;

  it("is cells of text and of code, in order, with a name each", () => {
    const source = `# Title\n\n${cell("```typescript one")}\n${cell("```typescript two timed")}\n\`\`\`python\nprint(1)\n\`\`\`\n`;
    expect(lessonCells(source, "L.md").map(({ id, kind }) => `${id} ${kind}`)).to.deep.equal([
      "before-one markdown",
      "one code",
      "before-two markdown",
      "two code",
      "end markdown",
    ]);
    expect(lessonCells(source, "L.md").at(-1)?.text).to.equal("```python\nprint(1)\n```");
  });

  for (const [fence, problem] of [
    ["```typescript", /L\.md:3: name the cell/],
    ["```typescript my cell", /L\.md:3: ```typescript my cell; write/],
    ["```typescript sum timd", /and timed behind it/],
    ["```typescript end", /is the name of a text/],
    ["```typescript before-sum", /is the name of a text/],
  ] as const)
    it(`refuses ${fence}`, () => {
      expect(() => lessonCells(cell(fence), "L.md")).to.throw(problem);
    });

  it("refuses a name twice, and a fence that is never closed", () => {
    expect(() => lessonCells(cell("```typescript a") + cell("```typescript a"), "L.md")).to.throw(
      /is named a too/,
    );
    expect(() => lessonCells("```typescript a\n1", "L.md")).to.throw(/is never closed/);
  });
});
