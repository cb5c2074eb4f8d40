import { expect } from "chai";
import { averageGradients, distributed, type Ranks } from "chalk-and-tape/distributed";
import { CrossEntropyLoss, Linear, MSELoss } from "chalk-and-tape/manual";
import { ones, random } from "chalk-and-tape/np";
import { cases, type Outcome, outcome, tolerances } from "./programs/averaged.ts";
import { onThreads } from "./thread-ranks.ts";

const program = new URL("./programs/averaged.js", import.meta.url);

/** The largest difference of two outcomes, by the largest entry; Infinity if one lacks a gradient or is NaN where the other is not. */
function difference(a: Outcome, b: Outcome): number {
  const pairs = [...a.gradients, [a.loss]].map((one, i) => [one, [...b.gradients, [b.loss]][i] ?? null]);
  return Math.max(
    ...pairs.map(([one, other]) => {
      if (!one || !other) return one === other ? 0 : Number.POSITIVE_INFINITY;
      const scale = Math.max(1, ...one.map(Math.abs));
      const apart = one.map((x, i) =>
        Object.is(x, other[i]) ? 0 : Math.abs(x - (other[i] as number)) / scale,
      );
      return Math.max(...apart.map((d) => (Number.isNaN(d) ? Number.POSITIVE_INFINITY : d)));
    }),
  );
}

describe("averageGradients", function () {
  this.timeout(150_000);
  const wholes = cases.map((one) => outcome(one, null));

  for (const size of [2, 3, 5])
    it(`gives ${size} ranks the gradients and the loss of the whole batch, for unequal and empty parts`, async () => {
      const all = await onThreads<null, Outcome[]>(size, program, null);
      const [first] = all;
      for (const one of all) expect(one, "the same bits on all ranks").to.deep.equal(first);
      const wrong = cases
        .map((one, i) => ({ ...one, apart: difference(wholes[i] as Outcome, first?.[i] as Outcome) }))
        .filter(({ apart, dtype }) => !(apart <= tolerances[dtype]));
      expect(wrong).to.deep.equal([]);
    });

  it("leaves out the gradient of a part whose rows count nothing, NaN or not", () => {
    const model = new Linear(2, 2, { rng: random(0) });
    model.dWeight = ones([2, 2]).mul(Number.NaN);
    const ranks: Ranks = {
      rank: 0,
      size: 2,
      broadcast: () => undefined,
      sum: (message) => {
        const [loss, divisor] = [message.length - 2, message.length - 1];
        message[loss] = (message[loss] as number) + 6; // of the other rank: a loss of 3 over 2 rows
        message[divisor] = (message[divisor] as number) + 2;
      },
    };
    const loss = { forward: () => Number.NaN, divisor: 0 };
    expect(averageGradients(ranks, model, loss, { value: Number.NaN, rows: 3 })).to.equal(3);
    expect(model.dWeight.tolist()).to.deep.equal([
      [0, 0],
      [0, 0],
    ]);
    expect(model.dBias).to.equal(null);
  });
  it("alone, changes nothing, and returns the loss", () => {
    const model = new Linear(2, 2, { rng: random(0) });
    model.dWeight = ones([2, 2]);
    expect(averageGradients(distributed(), model, new MSELoss(), { value: 0.1, rows: 3 })).to.equal(0.1);
    expect(model.dWeight.tolist()).to.deep.equal([
      [1, 1],
      [1, 1],
    ]);
    expect(model.dBias).to.equal(null);
  });
  it("refuses other arguments", () => {
    const model = new Linear(2, 2, { rng: random(0) });
    const loss = new CrossEntropyLoss();
    const call =
      (...given: unknown[]) =>
      () =>
        (averageGradients as (...given: unknown[]) => unknown)(...given);
    const part = { value: 1, rows: 1 };
    expect(call(null, model, loss, part)).to.throw(
      TypeError,
      "averageGradients: ranks is null, expected ranks, such as",
    );
    expect(call(distributed(), {}, loss, part)).to.throw(TypeError, "averageGradients: model is");
    expect(call(distributed(), model, null, part)).to.throw(TypeError, "averageGradients: loss is null");
    expect(call(distributed(), model, loss, 3)).to.throw(TypeError, "expected { value, rows }");
    expect(call(distributed(), model, loss, { value: 1, rows: 1.5 })).to.throw(/part\.rows is 1\.5/);
  });
});
