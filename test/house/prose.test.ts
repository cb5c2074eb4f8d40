import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { mayImport } from "./layering.ts";
import { cellPages, longestLine, pageProblems, sourceProblems } from "./prose.ts";
import { root, type Source, sources } from "./source.ts";

/** Rooms whose comments and messages are checked. Add a room once its comments have been read. */
const rooms = Object.keys(mayImport).filter((room) => sources(room).length > 0);

function read(path: string): Source {
  return { path, text: readFileSync(join(root, path), "utf8") };
}

function namesIn(folder: string, ending: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(ending));
  return names.map((name) => (folder === "" ? name : `${folder}/${name}`));
}

describe("plain English", () => {
  for (const path of [...namesIn("", ".md"), ...namesIn("docs", ".md"), "bench/README.md"])
    it(path, () => expect(pageProblems(read(path)).join("\n")).to.equal(""));
  for (const path of namesIn("notebooks", ".ipynb"))
    it(path, () => expect(cellPages(read(path)).flatMap(pageProblems).join("\n")).to.equal(""));
  for (const room of [...rooms, "test/zoo"])
    it(`${room}/: comments and messages`, () => {
      expect(sources(room).flatMap(sourceProblems).join("\n")).to.equal("");
    });
});

describe("the test of plain English itself", () => {
  const page = (text: string) => pageProblems({ path: "a.md", text }).join("\n");
  const source = (text: string) => sourceProblems({ path: "a.ts", text }).join("\n");

  for (const words of [
    "what is no array",
    "So many rows",
    "the sum is told",
    "who computes",
    "two, of which one",
    "then mend the class",
    "heeds the mask",
    "is foretold",
    "the sum thereof",
    "hands over to the thread",
    "to put right",
  ])
    it(`catches “${words}” in a page, a comment, a doc comment, a string and a template`, () => {
      expect(page(`# Title\n\nHere ${words} stands.`)).to.match(/^a\.md:3: “/);
      expect(source(`const a = 1; // ${words}`)).to.match(/^a\.ts:1: “/);
      expect(source(`/**\n * One line.\n * ${words}\n */\nfunction f(): void {}`)).to.match(/^a\.ts:3: “/);
      expect(source(`f("${words}");`)).to.match(/^a\.ts:1: “/);
      expect(source(`f(\`\${x} ${words} \${y}\`);`)).to.match(/^a\.ts:1: “/);
    });
  it("passes plain words, code, and what a program printed", () => {
    expect(
      page("Amend it, recommend it, e.g. A or B. \n\n```\nso many\n```\n\nand `so many` in code."),
    ).to.equal("");
    expect(source('const soMany = "soma ny"; // how many')).to.equal("");
  });
  it("catches a long line, but not in a table or in code", () => {
    const long = "word ".repeat(longestLine / 5 + 1);
    expect(page(long)).to.match(/characters; at most/);
    expect(page(`| ${long} |\n\n\`\`\`\n${long}\n\`\`\``)).to.equal("");
    expect(page("é".repeat(longestLine))).to.equal("");
  });
  it("catches two sentences on a line, but not in a table", () => {
    expect(page("One ends. Two begins.")).to.match(/two sentences/);
    expect(page("One ends (here.) `two` begins.")).to.match(/two sentences/);
    expect(page("Really? Yes.")).to.match(/two sentences/);
    expect(page("- **Bold.** One ends. Two begins.")).to.match(/two sentences/);
    expect(page("1. **Bold.** `One` ends.\n\n## 2. Title\n\n> **Bold.** One")).to.equal("");
    expect(page("| One. Two. |\n\nVersion 6.4 of J. Doe, e.g. This one.")).to.equal("");
  });
  it("reads the Markdown cells of a notebook, and no others", () => {
    const cells = [
      { id: "a", cell_type: "markdown", source: ["fine\n", "so many"] },
      { id: "b", cell_type: "code", source: ["// so many"] },
    ];
    const pages = cellPages({ path: "n.ipynb", text: JSON.stringify({ cells }) });
    expect(pages.flatMap(pageProblems)).to.have.length(1);
    expect(pages.flatMap(pageProblems).join()).to.match(/^n\.ipynb, cell a:2: /);
  });
});
