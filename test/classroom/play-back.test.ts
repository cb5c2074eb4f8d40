import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { playBack } from "chalk-and-tape/classroom";
import { sum } from "chalk-and-tape/np";

describe("playBack", () => {
  it("has a step for each row that backward reaches, from the last to the first, and leaves the gradients", async () => {
    const w = autograd.tensor([1, 2], { requiresGrad: true });
    const x = autograd.tensor([3, 4]);
    const { steps } = await playBack(sum(w.mul(x)), { names: { w, x } });
    expect(steps.map(({ title }) => title)).to.deep.equal([
      "#3 sum(#2, null, false) ()",
      "#2 mul(w, x) (2,)",
      "#0 leaf w (2,)",
    ]);
    expect(w.grad?.tolist()).to.deep.equal([3, 4]);
  });

  it("adds what arrives from two readers, and from one that reads twice", async () => {
    const a = autograd.tensor(3, { requiresGrad: true });
    const b = a.mul(a);
    const { steps } = await playBack(a.add(b), { names: { a, b } });
    expect(steps.at(-1)?.values).to.deep.equal({ "gradient that arrives": "3. + 3. + 1. = 7." });
  });

  it("gives each gradient its own rule, where an argument before it is constant", async () => {
    const x = autograd.tensor([3, 4]);
    const w = autograd.tensor([1, 2], { requiresGrad: true });
    const { steps } = await playBack(sum(x.div(w)), { names: { w } });
    const values = steps.find(({ title }) => title.includes("div"))?.values ?? {};
    expect(Object.keys(values)).to.deep.equal(["gradient that arrives", "1. to #1 w", "1. rule"]);
    expect(values["1. to #1 w"]).to.equal("[-3., -1.]");
    expect(values["1. rule"]).to.match(/neg\(\)/); // that of the divisor, not of the dividend
  });
});
