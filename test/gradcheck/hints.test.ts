import { expect } from "chai";
import { check } from "chalk-and-tape/compare";
import { formatReport, gradcheck, type Hints, reportHtml } from "chalk-and-tape/gradcheck";
import { Linear, SGD, Tanh } from "chalk-and-tape/manual";
import { type NDArray, random, softmax, tanh } from "chalk-and-tape/np";

class Averaging extends Linear {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.dWeight = this.dWeight?.div(dy.shape[0] as number) ?? null;
    return dx;
  }
}
class OfX extends Tanh {
  #x: NDArray | null = null;
  override forward(x: NDArray): NDArray {
    this.#x = x;
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    const x = this.remembered(this.#x);
    return dy.mul(x.mul(x).neg().add(1));
  }
}
class Uphill extends SGD {
  override step(): void {
    for (const p of this.parameters) if (p.gradient) p.value.addInPlace(p.gradient, this.groups[0]?.lr ?? 0);
  }
}

/** What a report gives away at each level, for one wrong class. */
const reports: readonly {
  readonly name: string;
  readonly student: Parameters<typeof check>[1];
  readonly where: RegExp;
  readonly what: RegExp;
  readonly cure: RegExp;
}[] = [
  {
    name: "Linear",
    student: Averaging,
    where: /all \d+ elements of dWeight are wrong/,
    what: /dWeight is the right one divided by \d+ = N, the batch/,
    cure: /you average in dWeight, as the lecture's slide does; here the 1\/N is in the loss\. Either is right, both together are wrong/,
  },
  {
    name: "Tanh",
    student: OfX,
    where: /elements of dx are wrong/,
    what: /dx is dy · \(1 − x²\)/,
    cure: /dy · \(1 − y²\)/,
  },
  {
    name: "SGD",
    student: Uphill,
    where: /the values differ: weight from step 1 on, bias from step 1 on/,
    what: /the steps go uphill/,
    cure: /the step goes against the gradient/,
  },
];

describe("hints: how much a report gives away", () => {
  for (const { name, student, where, what, cure } of reports) {
    it(`${name}: where, what or cure, in text and in HTML`, () => {
      const report = check(name, student, { quiet: true });
      expect(report.failed).to.be.above(0);
      for (const text of [
        (hints: Hints) => formatReport(report, { hints }),
        (hints: Hints) => reportHtml(report, { hints }),
      ]) {
        expect(text("where")).to.match(where).and.not.to.match(what).and.not.to.match(cure);
        expect(text("what")).to.match(what).and.not.to.match(cure);
        expect(text("cure")).to.match(what).and.to.match(cure);
      }
      expect(formatReport(report)).to.equal(formatReport(report, { hints: "cure" }));
      expect(formatReport(report, { hints: "where" })).not.to.match(/cosine|ratio|times|divided/);
    });
  }
  it("what: a softmax without its sum lacks a term; the term itself is the cure", () => {
    const forward = (x: NDArray): NDArray => softmax(x, 1);
    const backward = (dy: NDArray, x: NDArray): NDArray[] => [softmax(x, 1).mul(dy)];
    const report = gradcheck({ forward, backward }, [random(1).normal(0, 1, [4, 3])], { quiet: true });
    expect(formatReport(report, { hints: "what" }))
      .to.match(/is y · dy: a term is missing/)
      .and.not.to.match(/Σ/);
    expect(formatReport(report)).to.match(/dx = y · \(dy − Σ dy · y\)/);
  });
  it("check and gradcheck print what their option says", () => {
    const printed: string[] = [];
    const { log } = console;
    console.log = (text: unknown) => void printed.push(String(text));
    try {
      check("Tanh", OfX, { hints: "where" });
      const pair = { forward: tanh, backward: (dy: NDArray, x: NDArray) => [dy.mul(x.mul(x).neg().add(1))] };
      const x = random(1).normal(0, 1, [3, 4]);
      gradcheck(pair, [x], { hints: "what" });
      gradcheck(pair, [x]);
    } finally {
      console.log = log;
    }
    const [first = "", second = "", third = ""] = printed;
    expect(first)
      .to.match(/elements of dx are wrong/)
      .and.not.to.match(/1 − [xy]²/);
    expect(second)
      .to.match(/is dy · \(1 − x²\)/)
      .and.not.to.match(/1 − y²/);
    expect(third).to.match(/dy · \(1 − y²\)/);
  });
});
