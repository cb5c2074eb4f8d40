import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type ClaimDefinition, claimDefinitions, slidesWithoutClaim } from "#internal/studies";
import { skipUnless } from "../skip.ts";
import { type LectureSlide, slidesOf } from "./lecture-slides.ts";

const lecture = process.env.CHALK_LECTURE ?? "";

/** One sentence for each slide without a row, each row without its slide, and each hedge that no slide of its claim has. */
function slideProblems(
  slides: readonly LectureSlide[],
  table: readonly Pick<ClaimDefinition, "id" | "slides" | "hedge">[],
  without: Readonly<Record<string, string>>,
): string[] {
  const mapped = new Set([...table.flatMap((claim) => claim.slides), ...Object.keys(without)]);
  const names = slides.map(({ name }) => name);
  const both = table.flatMap((claim) => claim.slides).filter((name) => Object.hasOwn(without, name));
  const hedges = table.filter(({ slides: own, hedge }) => {
    const text = slides.filter(({ name }) => own.includes(name)).map((slide) => slide.text.toLowerCase());
    return (
      hedge !== null && !text.join("\n").replace("unlike that", "unlikely that").includes(hedge.toLowerCase())
    );
  });
  return [
    ...names.filter((name) => !mapped.has(name)).map((name) => `slide “${name}” has no row`),
    ...[...mapped]
      .filter((name) => !names.includes(name))
      .map((name) => `the lecture has no slide “${name}”`),
    ...both.map((name) => `slide “${name}” has a claim, and a reason to have none`),
    ...hedges.map(({ id, hedge }) => `${id}: its slides do not say “${hedge}”`),
  ];
}

describe("the lecture's slides", () => {
  it("each has a row in the table, or a reason to have none, and each hedge is the slide's own", function () {
    skipUnless(this, lecture !== "", "CHALK_LECTURE, the path of the lecture's text");
    const slides = slidesOf(readFileSync(lecture, "utf8"));
    expect(slideProblems(slides, claimDefinitions, slidesWithoutClaim).join("\n")).to.equal("");
  });
});

describe("the test of the slides itself", () => {
  const text = [
    "# A course of somebody",
    "## **Contents**\n\n- Recap\n  - One",
    "# Depth\n\n\n\n- deeper usually fits better",
    "# Depth\n\n```\n# a comment in code\n- not a slide\n```",
    "- One list\n  - of two\n\n- Another list here",
    "\n\nA picture without any heading says this\n\n#### Inside\n\nand this.",
  ].join("\n\n");
  const names = [
    "Title",
    "Contents",
    "Depth",
    "Depth (2)",
    "Another list here",
    "A picture without any heading says",
  ];
  const claim = { id: "depth", slides: ["Depth", "Depth (2)", ...names.slice(4)], hedge: "usually" };
  const without = { Title: "the title", Contents: "the contents" };
  const problems = (lectureText: string, table = [claim], reasons: Record<string, string> = without) =>
    slideProblems(slidesOf(lectureText), table, reasons);

  it("finds slides by headings, lists and gaps, never in code, and numbers equal titles", () => {
    const slides = slidesOf(text);
    expect(slides.map(({ name }) => name)).to.deep.equal(names);
    expect(slides[3]?.text).to.contain("# a comment in code").and.to.contain("One list");
    expect(problems(text)).to.deep.equal([]);
  });
  it("catches an added slide, of a new title and of one that is there", () => {
    expect(problems(`${text}\n\n# Width\n\nwider`)).to.deep.equal(["slide “Width” has no row"]);
    expect(problems(`${text}\n\n# Depth\n\ndeeper`)).to.deep.equal(["slide “Depth (3)” has no row"]);
  });
  it("catches a removed row, and a removed reason", () => {
    expect(problems(text, [])).to.have.length(4);
    expect(problems(text, [claim], { Title: "the title" })).to.deep.equal(["slide “Contents” has no row"]);
  });
  it("catches a row without its slide, and a slide with both", () => {
    const more = { ...without, Nowhere: "gone", Depth: "nothing" };
    expect(problems(text, [claim], more)).to.deep.equal([
      "the lecture has no slide “Nowhere”",
      "slide “Depth” has a claim, and a reason to have none",
    ]);
  });
  it("catches a hedge that the slide does not have", () => {
    const always = { ...claim, hedge: "always" };
    expect(problems(text, [always])).to.deep.equal(["depth: its slides do not say “always”"]);
  });
});
