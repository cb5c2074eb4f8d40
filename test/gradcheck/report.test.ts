import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { type CheckReport, formatReport, reportHtml } from "chalk-and-tape/gradcheck";
import { Linear } from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";
import { checkCases } from "#internal/compare";

class AveragedBias extends Linear {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.dBias = this.bias && dy.mean(0);
    return dx;
  }
}
const wrong: CheckReport = check("Linear", AveragedBias, {
  quiet: true,
  seed: 3,
  rows: check
    .rows("Linear")
    .map(({ row }) => row)
    .slice(0, 4),
});

describe("gradcheck, the report", () => {
  it("has for every gradient its distance, cosine and ratio, and all witnesses' values where it is worst", () => {
    const bias = wrong.rows.find(
      (row) => row.quantity === "bias" && row.verdict === "disagree",
    ) as CheckReport["rows"][number];
    expect(bias.cosine).to.be.closeTo(1, 1e-12);
    expect(bias.ratio).to.be.closeTo(1 / 4, 1e-12);
    const { index, analytical, manual, autograd, numerical } = bias.worst;
    expect(index).to.have.length(1);
    expect((analytical as number) * 4).to.be.closeTo(autograd as number, 1e-12);
    expect(manual).to.be.closeTo(autograd as number, 1e-12);
    expect(numerical).to.be.closeTo(autograd as number, 1e-9);
    expect(bias.maxAbsolute).to.be.closeTo(Math.abs((autograd as number) - (analytical as number)), 1e-9);
  });

  it("cosine and ratio of random gradients are those of their vectors: −1 for a flipped sign", async () => {
    class Flipped extends Linear {
      override backward(dy: NDArray): NDArray {
        return super.backward(dy).neg();
      }
    }
    const x = check("Linear", Flipped, { quiet: true }).rows.find((row) => row.quantity === "x");
    expect(x?.cosine).to.be.closeTo(-1, 1e-12);
    expect(x?.ratio).to.be.closeTo(-1, 1e-12);
    const { rows } = await checkCases(["Tanh"]);
    expect(rows[0]?.ratio ?? 1).to.be.closeTo(1, 1e-9);
  });

  it("in the terminal: who is wrong, the numbers, and the call that shows it again", () => {
    const text = formatReport(wrong);
    expect(text).to.match(/✗ bias \(3,\): disagree\n {6}your backward stands alone/);
    expect(text).to.match(/\n {6}at \[\d\]: yours \S+ {3}chalk \S+ {3}tape \S+ {3}numerical \S+/);
    expect(text).to.match(/cosine 1, ratio 0\.25/);
    expect(text).to.match(
      /To see it again: check\("Linear", AveragedBias, \{ seed: 3, rows: \["5 → 3",.*\] \}\)/,
    );
    expect(formatReport(wrong, { table: true })).to.match(/weight +\(3, 5\) +\S+ +\S+ +1 +1 +\[/);
  });

  it("as JSON it survives a round trip", () => {
    const again = JSON.parse(JSON.stringify(wrong)) as CheckReport;
    expect(again.rows.map((row) => row.verdict)).to.deep.equal(wrong.rows.map((row) => row.verdict));
    expect(again).to.include({ failed: wrong.failed, seed: 3, repeat: wrong.repeat });
  });

  it("as HTML: a table for each case, failed ones open, and nothing that a name could inject", () => {
    const html = reportHtml(wrong);
    expect(html.match(/<details/g)).to.have.length(4);
    // The mean over one sample is its sum: that row sees the mistake on a batch of two.
    expect(html.match(/<details open/g)).to.have.length(3);
    expect(html).to.contain("one sample").and.to.contain("ratio").and.to.contain("0.25");
    const evil = { ...wrong, rows: wrong.rows.map((row) => ({ ...row, case: '<img src=x onerror="1">' })) };
    expect(reportHtml(evil)).to.not.contain("<img");
  });
});
