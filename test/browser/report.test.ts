import { expect } from "chai";
import { compareReport } from "chalk-and-tape/plots";
import { boundary, epochs, result, run, samples } from "../plots/sample-runs.ts";
import { documentOf, skipWithoutChromium } from "./chromium.ts";

/** Frames of some widths around one page, each measured; the frame's own document is all that a window would show. */
const frames = (widths: readonly number[]): string => `<!doctype html><meta charset="utf-8"><body>
${widths.map((width) => `<iframe src="report.html" style="width:${width}px;height:800px;border:0"></iframe>`).join("")}
<script>
onload = () => {
  document.body.dataset.found = JSON.stringify([...document.querySelectorAll("iframe")].map(({ contentDocument, contentWindow }) => ({
    width: contentWindow.innerWidth,
    scrollWidth: contentDocument.documentElement.scrollWidth,
    cards: Math.max(...[...contentDocument.querySelectorAll("figure")].map((card) => card.getBoundingClientRect().right)),
    text: Math.min(...[...contentDocument.querySelectorAll("figure text")].map((text) =>
      parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getBoundingClientRect().width / text.ownerSVGElement.viewBox.baseVal.width)),
  })));
};
</script></body>`;

interface Measured {
  readonly width: number;
  readonly scrollWidth: number;
  readonly cards: number;
  readonly text: number;
}

const widths = [320, 360, 390, 768, 1200];

describe("the report in headless Chromium", () => {
  let found: Measured[];
  before(async function () {
    skipWithoutChromium(this);
    const runs = [
      run({
        result: result({ epochs: epochs(12, 1e-13) }),
        boundary: [boundary("manual"), boundary("autograd")],
      }),
      run({ result: result({ dataset: "digits", model: "Mlp", parameters: 218058 }), samples: samples(16) }),
    ];
    const report = await compareReport({ title: "Compared", runs });
    const document = await documentOf({ "frames.html": frames(widths), "report.html": report });
    const [, json = "[]"] = /data-found="([^"]*)"/.exec(document) ?? [];
    found = JSON.parse(json.replaceAll("&quot;", '"')) as Measured[];
  });

  it("never scrolls sideways, and no card leaves the page", () => {
    expect(found.map(({ width }) => width)).to.deep.equal(widths);
    for (const { width, scrollWidth, cards } of found) {
      expect(scrollWidth).to.equal(width);
      expect(cards, `at ${width}`).to.be.at.most(width);
    }
  });

  it("has text of 11 px and more in its pictures, on a phone too", () => {
    for (const { width, text } of found) expect(text, `at ${width}`).to.be.at.least(11);
  });
});
