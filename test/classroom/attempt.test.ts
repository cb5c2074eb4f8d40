import { expect } from "chai";
import { attempt } from "chalk-and-tape/classroom";

describe("attempt", () => {
  it("keeps values and messages of errors, so a cell can show an error", () => {
    const tried = attempt({ digit: () => (255).toString(16), base: () => (255).toString(1) });
    expect(tried.rows[0]).to.deep.equal({ name: "digit", value: "ff", error: null });
    expect(tried.rows[1]?.value).to.equal(null);
    expect(tried.rows[1]?.error).to.match(/radix/);
    expect(`${tried}`)
      .to.match(/^digit {2}ff$/m)
      .and.to.match(/^base {3}✗ .*radix/m);
    expect(tried.toMimeBundle()["text/html"]).to.match(/<td>base<\/td><td>✗ .*radix/);
  });

  it("refuses what is not a function", () => {
    // @ts-expect-error a value in place of a function
    expect(() => attempt({ digit: 7 })).to.throw(TypeError, "attempt: digit is 7, expected a function");
  });
});
