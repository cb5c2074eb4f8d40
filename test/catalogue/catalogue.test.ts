import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { root } from "../house/source.ts";
import type { Entry } from "./entries.ts";
import { cataloguePage, withoutFixture } from "./page.ts";

describe("the catalogue", () => {
  let page: { readonly text: string; readonly entries: readonly Entry[] };
  before(() => {
    page = cataloguePage();
  });

  it("every entry agrees with every witness", () => {
    expect(page.entries.flatMap(({ failed }) => failed)).to.deep.equal([]);
  });
  it("every entry was answered by PyTorch in three cases or more (a model in one), or says why not", () => {
    const few = page.entries.filter(({ name, fixtures, files }) => {
      const enough = files.manual?.includes("/models/") ? 1 : 3;
      return fixtures < enough && !(name in withoutFixture);
    });
    const cure = "add cases to test/fixtures/torch/, then npm run fixtures";
    expect(
      few.map(({ name, fixtures }) => `${name}: ${fixtures}`),
      cure,
    ).to.deep.equal([]);
  });
  it("and says so only where it has none", () => {
    const needless = page.entries.filter(({ name, fixtures }) => name in withoutFixture && fixtures > 0);
    expect(needless.map(({ name }) => name)).to.deep.equal([]);
  });
  it("docs/catalogue.md is what `npm run catalogue` writes", () => {
    const written = readFileSync(join(root, "docs/catalogue.md"), "utf8");
    expect(written, "run npm run catalogue").to.equal(page.text);
  });
});
