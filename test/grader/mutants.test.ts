import { expect } from "chai";
import { mutantsOf } from "#internal/grader";

const reference = `export function f(x) {
  const before = x.sum(0);
  // BEGIN SOLUTION
  const y = x.T.add(2 * before);
  this.b3 = y;
  return np.exp(y).greater(0);
  // END SOLUTION
}
`;

describe("Mutants of a reference", () => {
  const mutants = mutantsOf(reference, "f.ts");
  const made = (operator: string): string[] =>
    mutants.filter((mutant) => mutant.operator === operator).map((mutant) => mutant.name);

  it("are what the operators say, between the markers only", () => {
    expect(made("another method")).to.deep.equal([
      "line 4: add → sub",
      "line 6: greater → less",
      "line 6: greater → greaterEqual",
      "line 6: exp → expm1",
    ]);
    expect(made("another sign")).to.deep.equal(["line 4: * → /"]);
    expect(made("a missing transpose")).to.deep.equal(["line 4: .T removed"]);
    expect(made("a missing call")).to.deep.equal(["line 4: .add(2 * before) removed", "line 6: exp removed"]);
    expect(made("another constant")).to.deep.equal(["line 4: 2 → 3", "line 6: 0 → 1"]);
    expect(made("another field")).to.deep.equal(["line 5: b3 → b2"]);
    expect(made("a missing statement")).to.deep.equal(["line 5: this.b3 = y; removed"]);
  });

  it("differ from each other and from the reference in one place", () => {
    expect(new Set([reference, ...mutants.map(({ text }) => text)]).size).to.equal(mutants.length + 1);
    for (const { text, name } of mutants) {
      const changed = text.split("\n").filter((line, i) => line !== reference.split("\n")[i]);
      expect(changed.length, name).to.equal(1);
    }
  });

  it("need a text that parses and has a marker", () => {
    expect(() => mutantsOf("export const = 1;", "f.ts")).to.throw("f.ts does not parse");
    expect(() => mutantsOf("export const a = 1;", "f.ts")).to.throw("has no BEGIN SOLUTION");
  });
});
