import { expect } from "chai";
import { lessons } from "../notebooks/lessons.ts";
import { siteOf } from "../notebooks/pages/site.ts";
import { documentOf, skipWithoutChromium } from "./chromium.ts";

/** A frame as wide as a phone around each page, measured. */
const frames = (names: readonly string[]): string => `<!doctype html><meta charset="utf-8"><body>
${names.map((name) => `<iframe src="${name}" style="width:360px;height:700px;border:0"></iframe>`).join("")}
<script>
onload = () => {
  document.body.dataset.found = [...document.querySelectorAll("iframe")].map(({ contentDocument }) => contentDocument.documentElement.scrollWidth).join();
};
</script></body>`;

describe("the lessons as static pages in headless Chromium", () => {
  before(function () {
    skipWithoutChromium(this);
  });

  it("never scroll sideways on a phone; only a table or a line of code does", async () => {
    const site = siteOf(lessons);
    const names = [...site.keys()];
    const document = await documentOf({ "frames.html": frames(names), ...Object.fromEntries(site) });
    const [, widths = ""] = /data-found="([^"]*)"/.exec(document) ?? [];
    expect(widths.split(",").map(Number)).to.deep.equal(names.map(() => 360));
  });
});
