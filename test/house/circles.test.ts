import { expect } from "chai";
import { circles, runTimeImports, without } from "./circles.ts";
import { mayImport } from "./layering.ts";
import { type Source, sources } from "./source.ts";

/** Imports that close a circle and may stay, with the reason. */
const known: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  {
    from: "np/ndarray.ts",
    to: "np/kernels/index.ts",
    why: "an array's methods look their kernels up, and kernels make arrays",
  },
  {
    from: "np/numpy-methods.ts",
    to: "np/functions/index.ts",
    why: "an array's methods call the functions, and some of them make arrays",
  },
  { from: "np/ndarray.ts", to: "np/operand.ts", why: "an array's methods check that they are given arrays" },
];

const house: Source[] = Object.keys(mayImport).flatMap(sources);

describe("circles of imports", () => {
  const graph = runTimeImports(house);
  it("there are none when the program runs, but those that a known import closes", () => {
    const found = circles(without(graph, known));
    expect(found.map((circle) => circle.join(" ")).join("\n")).to.equal("");
  });
  it("every known import closes one", () => {
    for (const { from, to } of known) {
      const others = without(
        graph,
        known.filter((one) => one.from !== from || one.to !== to),
      );
      expect(circles(others).flat(), `${from} → ${to}`).to.include.members([from, to]);
    }
  });
});

describe("the search for circles itself", () => {
  const search = (files: Record<string, string>): string[][] =>
    circles(runTimeImports(Object.entries(files).map(([path, text]) => ({ path, text }))));
  const chain = {
    "np/a.ts": 'import { b } from "./sub/b.ts";',
    "np/sub/b.ts": 'export * from "../c.ts";',
  };
  it("finds a circle over folders and re-exports, and leaves out files that only lead to it", () => {
    const files = { ...chain, "np/c.ts": 'import "./a.ts";', "np/d.ts": 'import "./a.ts";' };
    expect(search(files)).to.deep.equal([["np/a.ts", "np/c.ts", "np/sub/b.ts"]]);
  });
  it("leaves out the imports that it is given", () => {
    const graph = runTimeImports([
      { path: "a.ts", text: 'import "./b.ts"; import "./c.ts";' },
      { path: "b.ts", text: 'import "./a.ts";' },
      { path: "c.ts", text: 'import "./a.ts";' },
    ]);
    expect(circles(without(graph, [{ from: "b.ts", to: "a.ts" }]))).to.deep.equal([["a.ts", "c.ts"]]);
  });
  it("finds a file that imports itself, and two circles apart", () => {
    const files = {
      "a.ts": 'import "./a.ts";',
      "b.ts": 'import "./c.ts"; import "./a.ts";',
      "c.ts": 'import "./b.ts";',
    };
    expect(search(files)).to.deep.equal([["a.ts"], ["b.ts", "c.ts"]]);
  });
  it("passes a chain, and a circle that types alone close", () => {
    expect(search({ ...chain, "np/c.ts": "" })).to.deep.equal([]);
    expect(search({ ...chain, "np/c.ts": 'import type { A } from "./a.ts";' })).to.deep.equal([]);
  });
  it("counts an import whose names are all types, since the import itself stays", () => {
    expect(search({ ...chain, "np/c.ts": 'import { type A } from "./a.ts";' })).to.have.length(1);
  });
});
