import { expect } from "chai";
import { lrRangeChart, toSvg } from "chalk-and-tape/plots";

const points = Array.from({ length: 20 }, (_, i) => ({
  lr: 1e-5 * 10 ** (i / 3),
  loss: i < 15 ? 2 - 0.1 * i + 0.05 * (i % 2) : 3 ** (i - 10),
  smoothed: i < 15 ? 2 - 0.1 * i : 3 ** (i - 10),
}));

describe("plots: the learning-rate range test", () => {
  it("draws every loss, the average and the suggestion, without a warning of Vega's", async () => {
    for (const suggestion of [1e-3, null]) {
      const warnings: string[] = [];
      const spec = lrRangeChart({ points, suggestion });
      const svg = await toSvg(spec, { warn: (message) => warnings.push(message) });
      expect(warnings).to.deep.equal([]);
      expect(svg.match(/aria-roledescription|<path/g)?.length).to.be.above(20);
      expect(svg.includes("lr 0.001")).to.equal(suggestion !== null);
      expect((spec.spec.data as { values: unknown[] }).values).to.deep.equal(points);
      expect(spec.description).to.match(
        suggestion === null ? /never fell clearly/ : /falls fastest at 0\.001/,
      );
    }
  });
  it("leaves out what is not finite, and survives no points", async () => {
    const bad = [...points, { lr: 9, loss: Number.NaN, smoothed: Infinity }];
    expect(
      (lrRangeChart({ points: bad, suggestion: null }).spec.data as { values: unknown[] }).values,
    ).to.have.length(20);
    const svg = await toSvg(lrRangeChart({ points: [], suggestion: null }), { warn: () => undefined });
    expect(svg).to.match(/^<svg/);
  });
});
