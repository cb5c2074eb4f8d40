import { expect } from "chai";
import { ops } from "chalk-and-tape/autograd";
import { cases } from "chalk-and-tape/compare";
import * as datasets from "chalk-and-tape/datasets";
import * as np from "chalk-and-tape/np";
import * as internal from "#internal/np";
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

/** Names that are neither an exported function nor a method of arrays. */
function withoutFunction(names: readonly string[], ...places: readonly object[]): string[] {
  return names.filter((name) => !places.some((place) => name in place));
}

describe("what is in a table can be called", () => {
  it("every op is a function of np, public or internal, or a method of arrays", () => {
    expect(withoutFunction(Object.keys(ops), np, internal, np.NDArray.prototype)).to.deep.equal([]);
  });
  it("every dataset of the catalogue is exported under its own name", () => {
    const names = Object.keys(datasets.catalogue).map((name) =>
      name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    );
    expect(withoutFunction(names, datasets)).to.deep.equal([]);
  });
});

describe("the completeness test itself", () => {
  it("catches a class without a row, and only that", () => {
    const text = "export class Linear {} export class Gelu {} export abstract class Base {} class Own {}";
    const classes = concreteClasses([{ path: "manual/layers/linear.ts", text }]);
    expect(classes).to.deep.equal(["Linear", "Gelu"]);
    expect(withoutRow(classes, [{ name: "Linear" }, { name: "GeluTanh" }])).to.deep.equal(["Gelu"]);
  });
  it("catches a name without a function", () => {
    expect(withoutFunction(["exp", "fft"], np)).to.deep.equal(["fft"]);
  });
});
