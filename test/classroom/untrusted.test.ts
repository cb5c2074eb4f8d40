import { expect } from "chai";
import type { Exhibit } from "chalk-and-tape/classroom";
import { sources } from "../house/source.ts";
import { notebookOf } from "../notebooks/authoring/notebook-file.ts";
import { lessons } from "../notebooks/lessons.ts";
import { exhibits } from "./exhibits.ts";
import { asUntrusted, contentOf } from "./jupyterlab-sanitizer.ts";

/** The HTML outputs of a saved notebook. */
function htmlOf(ipynb: string): string[] {
  const { cells } = notebookOf(ipynb);
  return cells.flatMap(({ outputs = [] }) =>
    outputs.flatMap((output) =>
      "data" in output && "text/html" in output.data ? [String(output.data["text/html"])] : [],
    ),
  );
}

describe("in a notebook that is not trusted", () => {
  let all: readonly Exhibit[];
  before(async () => {
    all = await exhibits();
  });

  it("every kind of exhibit is tried here", () => {
    const kinds = sources("classroom").flatMap(({ text }) =>
      [...text.matchAll(/class (\w+) extends Exhibit/g)].map(([, name]) => name),
    );
    expect(all.map((one) => one.constructor.name)).to.include.members(kinds);
  });
  it("every exhibit keeps its text, its steps, its images and every cell", () => {
    for (const one of all) {
      const html = one.toHtml().text;
      expect(contentOf(asUntrusted(html)), one.constructor.name).to.deep.equal(contentOf(html));
    }
  });
  it("has no script, no style and no svg to begin with", () => {
    for (const one of all)
      expect(one.toHtml().text).to.not.match(/<(script|style|svg|iframe|object)\b|\bon\w+=|\bstyle=/);
  });
  it("the steps hold images with a description", () => {
    const found = all.map((one) => contentOf(asUntrusted(one.toHtml().text)));
    const images = found.flatMap((one) => one.images);
    expect(images).to.have.length(15);
    for (const image of images) expect(image).to.match(/^\S.* data:image\/svg\+xml;base64,\w/);
    expect(Math.max(...found.map((one) => one.steps.length))).to.equal(14);
  });
  for (const { name, ipynb } of lessons)
    it(`${name} keeps every step, image and cell of its outputs`, () => {
      for (const html of htmlOf(ipynb)) {
        const [{ text: _, ...kept }, { text, ...written }] = [contentOf(asUntrusted(html)), contentOf(html)];
        expect(kept, text.slice(0, 80)).to.deep.equal(written);
      }
    });
});

describe("the reading of what is left itself", () => {
  it("sees a lost image, a lost description, a lost step and a lost cell", () => {
    const html =
      '<details><summary>1</summary><img alt="a" src="data:x"><details><summary>2</summary></details></details><table><tr><td>a &lt; b</td></tr></table>';
    expect(contentOf(html)).to.deep.equal({
      steps: ["1 1", "2 2"],
      images: ["a data:x"],
      cells: ["a < b"],
      text: "12a < b",
    });
    for (const lost of [' alt="a"', "<img", "<details>", "a &lt; b"])
      expect(contentOf(html.replace(lost, "")), lost).to.not.deep.equal(contentOf(html));
  });
  it("drops scripts, handlers and svg, as JupyterLab does", () => {
    expect(asUntrusted('<p onclick="x()">a<script>x()</script><svg><text>b</text></svg></p>')).to.not.match(
      /script|onclick|svg/,
    );
    expect(asUntrusted('<a href="javascript:x()">a</a>')).to.equal("<a>a</a>");
  });
});
