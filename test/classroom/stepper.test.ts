import { expect } from "chai";
import { stepper } from "chalk-and-tape/classroom";
import { line } from "chalk-and-tape/plots";

/** The titles, each with how many `<details>` hold it. */
function nesting(html: string): [title: string, depth: number][] {
  let depth = 0;
  const found: [string, number][] = [];
  for (const [tag, title] of html.matchAll(/<details>|<\/details>|<summary>(.*?)<\/summary>/g)) {
    if (tag === "<details>") depth += 1;
    else if (tag === "</details>") depth -= 1;
    else found.push([title ?? "", depth]);
  }
  expect(depth).to.equal(0);
  return found;
}

describe("stepper", () => {
  const steps = [
    { title: "one" },
    { title: "two", text: "2 < 3" },
    { title: "three", values: { dW: "[1\n 2]" } },
  ];

  it("puts each step inside the one before it, and drops none", async () => {
    const made = await stepper("Count", steps);
    expect(nesting(made.toHtml().text)).to.deep.equal([
      ["1 of 3: one", 1],
      ["2 of 3: two", 2],
      ["3 of 3: three", 3],
    ]);
  });
  it("shows text, values and the lines of a value", async () => {
    const made = await stepper("Count", steps);
    expect(made.toHtml().text)
      .to.include("<p>2 &lt; 3</p>")
      .and.include("<tr><td>dW</td><td><pre>[1\n 2]</pre></td></tr>");
    expect(String(made)).to.equal("Count\n1. one\n2. two\n   2 < 3\n3. three\n   dW: [1 2]");
  });
  it("shows pictures, finished or not, as images with a description", async () => {
    const drawn = line([1, 2]);
    const made = await stepper("See", [
      { title: "a", picture: { svg: "<svg xmlns='http://www.w3.org/2000/svg'/>", description: 'a "dot"' } },
      { title: "b", picture: drawn },
    ]);
    const images = [
      ...made.toHtml().text.matchAll(/<img alt="(.*?)" src="data:image\/svg\+xml;base64,(.*?)">/g),
    ];
    expect(images.map(([, alt]) => alt)).to.deep.equal(["a &quot;dot&quot;", drawn.description]);
    const texts = images.map(([, , data]) => Buffer.from(data ?? "", "base64").toString("utf8"));
    expect(texts[0]).to.equal("<svg xmlns='http://www.w3.org/2000/svg'/>");
    expect(texts[1]).to.match(/^(<\?xml.*\?>)?\s*<svg/);
  });
  it("without steps is a title only", async () => {
    expect((await stepper("Nothing", [])).toHtml().text).to.equal("<p><b>Nothing</b></p>");
  });
  it("refuses a step without a title", async () => {
    const thrown = await stepper("Count", [{} as { title: string }]).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(TypeError);
    expect(String(thrown)).to.match(/stepper: list.*title/);
  });
});
