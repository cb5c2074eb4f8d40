import { expect } from "chai";
import { cases } from "chalk-and-tape/compare";
import { exportedClasses, isAbstract, parse, type Source, sources } from "./source.ts";

const kinds = ["layers", "activations", "losses", "optimizers", "models"];

/** The classes of some files that can be made, by name. */
function concreteClasses(files: readonly Source[]): string[] {
  const classes = files.flatMap(({ text }) => exportedClasses(parse(text)));
  return classes.filter((node) => !isAbstract(node)).map((node) => node.name?.text ?? "default");
}

function withoutRow(classes: readonly string[], rows: readonly { readonly name: string }[]): string[] {
  return classes.filter((name) => !rows.some((row) => row.name === name));
}

describe("the case table is complete", () => {
  for (const side of ["manual", "autograd"]) {
    for (const kind of kinds) {
      it(`every class of ${side}/${kind} has a row and is exported`, async () => {
        const classes = concreteClasses(sources(`${side}/${kind}`));
        expect(classes).to.not.have.length(0);
        expect(withoutRow(classes, cases)).to.deep.equal([]);
        expect(await import(`chalk-and-tape/${side}`)).to.include.keys(classes);
      });
    }
  }
  it("and no row is of a class that is not there", () => {
    const classes = kinds.flatMap((kind) => concreteClasses(sources(`manual/${kind}`)));
    expect([...new Set(cases.map(({ name }) => name))].sort()).to.deep.equal(classes.sort());
  });
  it("every row has a title of its own", () => {
    const titles = cases.map(({ name, what }) => `${name}: ${what}`);
    expect(new Set(titles).size).to.equal(titles.length);
  });
});

describe("the completeness test itself", () => {
  it("catches a class without a row, and only that", () => {
    const text = "export class Linear {} export class Gelu {} export abstract class Base {} class Own {}";
    const classes = concreteClasses([{ path: "manual/layers/linear.ts", text }]);
    expect(classes).to.deep.equal(["Linear", "Gelu"]);
    expect(withoutRow(classes, [{ name: "Linear" }, { name: "GeluTanh" }])).to.deep.equal(["Gelu"]);
  });
});
