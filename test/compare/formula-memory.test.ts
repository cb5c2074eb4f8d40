import { expect } from "chai";
import { type Case, type CaseWitnesses, cases } from "chalk-and-tape/compare";
import { formatReport } from "chalk-and-tape/gradcheck";
import { checkCase } from "#internal/compare";

const rowOf = (name: string, given: (row: Case) => unknown): Case =>
  cases.find((row) => row.name === name && given(row) !== undefined) as Case;
const wrong = (row: Case, seed = 0): string[] =>
  checkCase(row, { seed, explained: false })
    .rows.filter(({ verdict }) => verdict !== "agree")
    .map(({ quantity }) => quantity);

// The last answer of the formula on paper is kept for each row: it must never answer another question.
describe("compare, what the formula on paper said", () => {
  const tanh = rowOf("Tanh", ({ witnesses }) => witnesses?.formula);
  const norm = rowOf("LayerNorm", ({ witnesses }) => witnesses?.precise);

  it("is said again to the last bit of the same numbers, and of others it is not", () => {
    for (const row of [tanh, norm]) {
      const [first, other, again] = [0, 1, 0].map((seed) =>
        formatReport(checkCase(row, { seed }), { table: true }),
      );
      expect(again).to.equal(first).and.not.to.equal(other);
      expect([0, 1, 0, 0].map((seed) => wrong(row, seed))).to.deep.equal([[], [], [], []]);
    }
  });

  it("is not said of another formula for the same numbers", () => {
    expect(wrong(tanh)).to.deep.equal([]);
    expect(wrong({ ...tanh, witnesses: { formula: { branches: [{ y: "sinh(x)" }] } } })).to.deep.equal(["x"]);
    const twice: CaseWitnesses["precise"] = (array) =>
      norm.witnesses?.precise?.(array).map((y) => y.times(2)) ?? [];
    expect(wrong(norm)).to.deep.equal([]);
    expect(wrong({ ...norm, witnesses: { precise: twice } })).to.deep.equal(["weight", "bias", "x"]);
    expect(wrong(norm)).to.deep.equal([]);
  });

  it("is not said of other weights, with the same inputs and dy", () => {
    const doubled: Case = {
      ...norm,
      manual: (rng) => {
        const layer = norm.manual(rng);
        for (const { value } of layer.parameters()) value.addInPlace(value);
        return layer;
      },
      autograd: (rng) => {
        const layer = norm.autograd(rng);
        for (const { data } of layer.parameters()) data.addInPlace(data);
        return layer;
      },
    };
    expect(wrong(norm)).to.deep.equal([]);
    expect(wrong(doubled)).to.deep.equal([]);
  });
});
