import { expect } from "chai";
import { describeMutationScore } from "./describe-mutation-score.ts";
import { type MutationScore, referenceOf, textOfSource } from "./mutation-score.ts";

describeMutationScore("hw2", { few: [": greater → greaterEqual", ": < → <="] });

describe("what survives in hw2", () => {
  it("is the two mutants whose dRowMax is 0 all the same", () => {
    const { survivors }: MutationScore = JSON.parse(textOfSource("grader/hw2/mutation.json"));
    const lines = referenceOf("hw2").split("\n");
    const line = lines.findIndex((text) => text.includes("const dRowMax =")) + 1;
    expect(survivors).to.have.members([`line ${line}: .neg() removed`, `line ${line}: sum → mean`]);
  });
});
