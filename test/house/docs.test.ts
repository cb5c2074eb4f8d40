import { expect } from "chai";
import { classDocProblems, longDocs, missingShapes } from "./doc-comments.ts";
import { mayImport } from "./layering.ts";
import { sources } from "./source.ts";

const kinds = ["layers", "activations", "losses", "optimizers", "models"];
const withBackward = ["layers", "activations", "losses", "models"];

describe("doc comments", () => {
  for (const side of ["manual", "autograd"]) {
    for (const kind of kinds) {
      const wanted =
        side === "manual" && withBackward.includes(kind) ? ["Shapes:", "Backward:"] : ["Shapes:"];
      it(`${side}/${kind}: every class has one, with ${wanted.join(" and ")}`, () => {
        const files = sources(`${side}/${kind}`);
        expect(files).to.not.have.length(0);
        expect(files.flatMap((file) => classDocProblems(file, wanted)).join("\n")).to.equal("");
      });
    }
  }
  it("none is longer than 8 lines", () => {
    expect(Object.keys(mayImport).flatMap(sources).flatMap(longDocs).join("\n")).to.equal("");
  });
  it("in chalk's backward every gradient and every return ends with its shapes", () => {
    expect(sources("manual").flatMap(missingShapes).join("\n")).to.equal("");
  });
});

describe("the doc-comment test itself", () => {
  const linear = `
/**
 * y = x·Wᵀ + b.
 * Shapes: x (N, D) → y (N, M).
 * Backward: dx = dy·W.
 */
export class Linear extends Layer {
  backward(dy: NDArray): NDArray {
    const scale = rows.map((row) => { return row * 2; });
    this.dWeight = dy.T.matmul(this.x); // (N, M)·(N, D) → (M, D)
    if (this.bias) this.dBias = dy.sum(0); // (N, M) → (M,)
    return dy.matmul(this.weight); // (N, M)·(M, D) → (N, D)
  }
}`;
  const file = (text: string) => ({ path: "manual/layers/linear.ts", text });
  const edited = (from: string, to: string) => {
    expect(linear).to.include(from);
    return file(linear.replace(from, to));
  };
  const wanted = ["Shapes:", "Backward:"];

  it("passes what is right", () => {
    expect(classDocProblems(file(linear), wanted)).to.deep.equal([]);
    expect(missingShapes(file(linear))).to.deep.equal([]);
    expect(longDocs(file(linear))).to.deep.equal([]);
  });
  it("catches a class without a doc comment, and one with another kind of comment", () => {
    expect(classDocProblems(edited("/**", "/*"), wanted)).to.have.length(1);
    expect(classDocProblems(file("// y = x\nexport class A {}"), [])).to.have.length(1);
  });
  it("catches a doc comment without its marks", () => {
    expect(classDocProblems(edited("Shapes:", "From"), wanted).join()).to.match(/Shapes:/);
    expect(classDocProblems(edited("Backward:", "Then"), wanted).join()).to.match(/Backward:/);
    expect(classDocProblems(file("/** A base. */\nexport abstract class A {}"), wanted)).to.deep.equal([]);
    expect(classDocProblems(file("export abstract class A {}"), wanted)).to.have.length(1);
  });
  it("catches nine lines, on a class and on its members", () => {
    const long = `/**\n${" * line\n".repeat(9)} */`;
    expect(longDocs(file(`${long}\nexport class A {}`))).to.have.length(1);
    expect(longDocs(file(`${long}\nexport function f() {}`))).to.have.length(1);
    expect(longDocs(file(`export class A {\n${long}\nf() {} }`))).to.have.length(1);
    expect(longDocs(file(`${long.replace(" * line\n", "")}\nexport class A {}`))).to.deep.equal([]);
    const example = long.replace(" */", " * @example\n * f();\n * @see g\n */").replace(" * line\n", "");
    expect(longDocs(file(`${example}\nexport class A {}`)), "eight, an example, and one more").to.have.length(
      1,
    );
    expect(longDocs(file(`${example.replace(" * @see g\n", "")}\nexport class A {}`))).to.deep.equal([]);
  });
  it("catches a gradient or a return without shapes", () => {
    for (const comment of ["// (N, M)·(N, D) → (M, D)", "// (N, M) → (M,)", "// (N, M)·(M, D) → (N, D)"]) {
      expect(missingShapes(edited(comment, "")), comment).to.have.length(1);
      expect(missingShapes(edited(comment, "// the gradient, in full")), comment).to.have.length(1);
    }
  });
  it("wants the shapes at the end of a statement of several lines", () => {
    const broken = edited("dy.matmul(this.weight); // ", "\n      dy.matmul(\n      this.weight\n    ); // ");
    expect(missingShapes(broken)).to.deep.equal([]);
  });
});
