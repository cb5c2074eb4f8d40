import { expect } from "chai";
import { contentOf } from "../../classroom/jupyterlab-sanitizer.ts";
import { lessonCells } from "../authoring/lesson-source.ts";
import { notebookFile, notebookOf } from "../authoring/notebook-file.ts";
import type { Output } from "../kernel.ts";
import { type Lesson, lessons } from "../lessons.ts";
import { siteOf } from "./site.ts";

/** A lesson's page in parts: each `<section>` by its id. */
function sections(page: string): [id: string, text: string][] {
  return [...page.matchAll(/<section[^>]* id="([^"]*)">(.*?)<\/section>/gs)].map(([, id = "", text = ""]) => [
    id,
    text,
  ]);
}

describe("the lessons as static pages", () => {
  const site = siteOf(lessons);

  it("are linked from the contents, each once", () => {
    const links = [...(site.get("index.html") ?? "").matchAll(/<li><a href="([^"]*)">/g)].map(
      ([, file]) => file,
    );
    expect(links).to.deep.equal(lessons.map(({ name }) => `${name}.html`));
  });
  for (const { name, ipynb } of lessons)
    it(`${name}.html has every cell with its outputs, and neither scripts nor files to load`, () => {
      const page = site.get(`${name}.html`) ?? "";
      const { cells } = notebookOf(ipynb);
      const found = sections(page);
      expect(found.map(([id]) => id)).to.deep.equal(cells.map(({ id }) => id));
      for (const [i, { outputs = [] }] of cells.entries())
        expect(found[i]?.[1].split('<div class="output">')).to.have.length(1 + outputs.length);
      expect(page).to.not.match(/<script|<link|@import|src="(?!data:)|\.ipynb"/);
    });
});

describe("a static page", () => {
  const source = [
    "# Title & more",
    "",
    "Read [the next](02-next.ipynb).",
    "",
    "<details><summary>Answer</summary>",
    "",
    "It is **1**.",
    "",
    "</details>",
    "",
    "```typescript sum",
    "1 < 2 && 2 < 3",
    "```",
  ].join("\n");
  const outputs: readonly Output[] = [
    { output_type: "stream", name: "stdout", text: "a < b\n" },
    {
      output_type: "execute_result",
      data: { "text/plain": "1", "text/html": "<table><tr><td>1</td></tr></table>" },
      metadata: {},
    },
    {
      output_type: "display_data",
      data: { "text/plain": "a curve", "image/svg+xml": "<svg/>" },
      metadata: {},
    },
  ];
  const cells = lessonCells(source, "made-up.md");
  const lesson: Lesson = { name: "01-first", cells, ipynb: notebookFile(cells, () => outputs) };
  const page = siteOf([lesson, { ...lesson, name: "02-next" }]).get("01-first.html") ?? "";

  it("shows text, code, prints, tables and pictures", () => {
    expect(page)
      .to.include("<title>Title &amp; more</title>")
      .and.include("<code>1 &lt; 2 &amp;&amp; 2 &lt; 3</code>")
      .and.include("<pre>a &lt; b\n</pre>")
      .and.include("<td>1</td>")
      .and.include('<img alt="a curve" src="data:image/svg+xml;base64,PHN2Zy8+">')
      .and.include("<strong>1</strong>");
    expect(contentOf(page).steps).to.deep.equal(["1 Answer"]);
  });
  it("names a lesson without a title", () => {
    const untitled = lessonCells(source.replace("# Title", "Title"), "made-up.md");
    expect(() => siteOf([{ ...lesson, ipynb: notebookFile(untitled, () => []) }])).to.throw("01-first: ");
  });
  it("links to the contents, the next page, and other lessons as pages", () => {
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, to]) => to);
    expect(links).to.deep.equal(["index.html", "02-next.html", "02-next.html", "index.html", "02-next.html"]);
  });
});
