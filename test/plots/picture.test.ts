import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, promisify } from "node:util";
import { expect } from "chai";
import { array, ones } from "chalk-and-tape/np";
import {
  confusionMatrix,
  decisionBoundary,
  differenceCurves,
  heatmap,
  histogram,
  imageGrid,
  imageSheet,
  line,
  lrRangeChart,
  outputPixel,
  Picture,
  sampleGrid,
  scatter,
  show,
  toSvg,
  trainingCurves,
} from "chalk-and-tape/plots";
import { epochs, samples } from "./sample-runs.ts";

const every: Readonly<Record<string, () => Picture>> = {
  confusionMatrix: () => confusionMatrix([0, 1], [1, 1], { classNames: ["a & b", "c"] }),
  decisionBoundary: () => decisionBoundary((x) => x, { x: [[0, 1], [1, 0]], y: [0, 1] }), // biome-ignore format: two points
  differenceCurves: () => differenceCurves(epochs(2), { title: "Differences" }),
  heatmap: () => heatmap([[1, 2]]),
  histogram: () => histogram([1, 2]),
  imageGrid: () => imageGrid([[0, 1]], { labels: ["one"], title: "An image" }),
  imageSheet: () =>
    imageSheet({ rows: [{ label: "cat", images: [new Uint8Array(4)] }], height: 2, width: 2 }),
  line: () => line({ a: [1, 2], b: [[2, 1], [3, 1]] }), // biome-ignore format: two runs
  lrRangeChart: () => lrRangeChart({ points: [{ lr: 0.1, loss: 1, smoothed: 1 }, { lr: 1, loss: 2, smoothed: 2 }], suggestion: 0.2 }), // biome-ignore format: two points
  outputPixel: () => outputPixel(ones([1, 2, 2]), ones([1, 2, 2]), 0, 0),
  sampleGrid: () => sampleGrid(samples(2)),
  scatter: () => scatter([1, 2], [3, 4], { color: [0.5, 1] }),
  trainingCurves: () => trainingCurves(epochs(2)),
};
const display = Symbol.for("Jupyter.display");

describe("plots: every picture", () => {
  for (const [name, make] of Object.entries(every)) {
    it(`${name}: a notebook's output of SVG and text, one line when printed, its specification as JSON`, async () => {
      const picture = make();
      expect(picture).to.be.an.instanceOf(Picture);
      const bundle: Record<string, string> = await Reflect.apply(Reflect.get(picture, display), picture, []);
      expect(Object.keys(bundle)).to.deep.equal(["image/svg+xml", "text/plain"]);
      const svg = bundle["image/svg+xml"] ?? "";
      expect(svg)
        .to.match(/^<svg role="img" aria-label="[^"]{20,}" /)
        .and.to.match(/<\/svg>$/);
      expect(svg).not.to.contain("var(");
      const said = String(picture);
      expect(bundle["text/plain"]).to.equal(said);
      expect(inspect(picture)).to.equal(said);
      expect(`${picture}`)
        .to.match(/^\[picture: .+; await show\(…\) draws it\]$/)
        .and.not.to.contain("\n");
      expect(said.length).to.be.below(130);
      expect(JSON.parse(JSON.stringify(picture))).to.deep.equal(JSON.parse(JSON.stringify(picture.spec)));
      // Vega counts the gradients of a process.
      const [own, ofSpec] = await Promise.all([toSvg(picture), toSvg(picture.spec)]);
      expect(
        ofSpec.replace(/gradient_\d+/g, "gradient") === own.replace(/gradient_\d+/g, "gradient"),
      ).to.equal(true);
    });

    it(`${name}: text of 11 px and more, whose colours a page may set`, async () => {
      const svg = await toSvg(make());
      const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
      for (const size of sizes) expect(size).to.be.at.least(11);
      expect(svg).to.contain("var(--board, #ffffff)");
    });
  }

  it("outside a page has the colours that stand for the page's", async () => {
    const { "image/svg+xml": svg } = await line([1, 2]).toMimeBundle();
    expect(svg)
      .to.contain('fill="#ffffff"')
      .and.to.contain('stroke="#0072b2"')
      .and.to.contain('fill="#1f2624"');
  });

  it("can be made of a specification of one's own, which needs a description", async () => {
    const bars = { description: "One bar.", data: { values: [{ a: 1 }] }, mark: "bar", encoding: { x: { field: "a", type: "quantitative" } } }; // biome-ignore format: one chart
    expect((await new Picture(bars).toMimeBundle())["image/svg+xml"]).to.contain('aria-label="One bar."');
    expect(() => new Picture({ mark: "bar" } as never)).to.throw(TypeError, "description is missing");
  });
});

describe("plots: show", () => {
  const kernel = globalThis as { __tslab__?: unknown };
  afterEach(() => {
    delete kernel.__tslab__;
  });

  /** What a program prints, and what it leaves in its folder. */
  async function run(
    code: string,
    before: Readonly<Record<string, string>> = {},
  ): Promise<{ stdout: string; stderr: string; files: Record<string, string>; folder: string }> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "chalk-show-")));
    for (const [name, text] of Object.entries(before)) await writeFile(join(folder, name), text);
    const room = join(import.meta.dirname, "../../../dist/plots/index.js");
    const script = `import { line, show } from ${JSON.stringify(`file://${room}`)}; ${code}`;
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--input-type=module", "-e", script],
      { cwd: folder },
    );
    const files: Record<string, string> = {};
    for (const name of await readdir(folder)) files[name] = await readFile(join(folder, name), "utf8");
    await rm(folder, { recursive: true });
    return { stdout, stderr, files, folder };
  }

  it("on a terminal writes picture-1.svg, picture-2.svg, … and prints one line for each", async () => {
    const { stdout, stderr, files, folder } = await run(
      "await show(line([1, 2])); await show(line([3, 4]));",
    );
    expect(stdout).to.equal(
      `Picture: ${join(folder, "picture-1.svg")}\nPicture: ${join(folder, "picture-2.svg")}\n`,
    );
    expect(stderr).to.equal("");
    expect(files["picture-1.svg"]).to.contain("from 1 to 2");
    expect(files["picture-2.svg"]).to.contain("from 3 to 4").and.not.to.contain("var(");
  });

  it("replaces what an earlier run wrote, and no file of another", async () => {
    const { files } = await run("await show(line([1, 2]));", {
      "picture-1.svg": "<svg>mine</svg>",
      "picture-2.svg": '<svg role="img" aria-label="old">',
    });
    expect(files["picture-1.svg"]).to.equal("<svg>mine</svg>");
    expect(files["picture-2.svg"]).to.contain("from 1 to 2");
    expect(Object.keys(files)).to.have.length(2);
  });

  it("writes the file that is named", async () => {
    const { stdout, files, folder } = await run('await show(line([1, 2]), "loss.svg");');
    expect(Object.keys(files)).to.deep.equal(["loss.svg"]);
    expect(stdout).to.equal(`Picture: ${join(folder, "loss.svg")}\n`);
  });

  it("in tslab is the cell's output, and returns nothing to print", async () => {
    const shown: string[] = [];
    kernel.__tslab__ = {
      require: (name: string) => ({ display: { svg: (svg: string) => shown.push(`${name} ${svg}`) } }),
    };
    expect(await show(line([1, 2]))).to.equal(undefined);
    expect(shown).to.have.length(1);
    expect(shown[0])
      .to.match(/^tslab <svg role="img"/)
      .and.not.to.contain("var(");
  });

  it("refuses what is not a picture, and a file that is not SVG", async () => {
    const refused = async (given: unknown, path?: string): Promise<string> =>
      show(given as Picture, path).then(() => "shown", String);
    expect(await refused("<svg/>")).to.match(
      /TypeError: show: picture is "<svg\/>", expected a picture, such as line\(y\)/,
    );
    expect(await refused(Promise.resolve())).to.match(/show: picture is a promise/);
    expect(await refused(array([1]))).to.match(/show: picture is a float64 NDArray of shape \(1,\)/);
    expect(await refused(line([1]), "loss.png")).to.match(
      /RangeError: show: path is "loss.png", expected a name that ends in .svg/,
    );
  });
});

describe("plots: the package entry", () => {
  it("loads by require, though vega itself has a top-level await", () => {
    const script = 'process.stdout.write(typeof require("chalk-and-tape/plots").compareReport)';
    expect(execFileSync(process.execPath, ["--no-warnings", "-e", script], { encoding: "utf8" })).to.equal(
      "function",
    );
  });
});
