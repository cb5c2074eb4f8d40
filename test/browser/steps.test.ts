import { expect } from "chai";
import { steps } from "../classroom/exhibits.ts";
import { asUntrusted } from "../classroom/jupyterlab-sanitizer.ts";
import { skipWithoutChromium } from "./chromium.ts";
import { withPage } from "./page.ts";

describe("the steps of an untrusted notebook in headless Chromium", () => {
  before(function () {
    skipWithoutChromium(this);
  });

  it("open one after the other with Tab and Enter, and each shows its picture", async () => {
    const made = await steps();
    const html = `<!doctype html><meta charset="utf-8"><body>${asUntrusted(made.toHtml().text)}</body>`;
    const found = await withPage(html, async ({ press, evaluate }) => {
      const seen: unknown[] = [];
      for (const _ of made.steps) {
        await press("Tab");
        await press("Enter");
        seen.push(
          await evaluate(`(async () => {
            const [summary, details] = [document.activeElement, document.activeElement.parentElement];
            const image = details.querySelector(":scope > p > img");
            await image?.decode?.();
            return [summary.tagName, summary.textContent, details.open, image?.naturalWidth > 100 && image.checkVisibility()];
          })()`),
        );
      }
      return seen;
    });
    const count = made.steps.length;
    expect(found).to.deep.equal(
      made.steps.map(({ title }, i) => ["SUMMARY", `${i + 1} of ${count}: ${title}`, true, true]),
    );
  });
});
