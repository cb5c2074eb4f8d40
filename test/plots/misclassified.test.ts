import { expect } from "chai";
import { array, zeros } from "chalk-and-tape/np";
import { misclassified } from "chalk-and-tape/plots";

/** Logits whose first column is ahead by `lead`. */
const ahead = (lead: number): number[] => [lead, 0, 0];

describe("misclassified", () => {
  const images = zeros([5, 4, 4]);
  const scores = [ahead(1), ahead(9), [0, 3, 0], ahead(2), ahead(4)];
  const target = array([1, 0, 1, 2, 1], { dtype: "int32" });
  const captions = (picture: ReturnType<typeof misclassified>): unknown[] =>
    (picture.spec.data as { readonly values: { label: string }[] }).values.map(({ label }) => label);

  it("shows the mistakes alone, the most confident first, with the predicted class's probability", () => {
    const p = (lead: number): string => (Math.exp(lead) / (Math.exp(lead) + 2)).toFixed(2);
    const picture = misclassified(images, scores, target);
    expect(captions(picture)).to.deep.equal([`1→0 ${p(4)}`, `2→0 ${p(2)}`, `1→0 ${p(1)}`]);
    expect(picture.spec.title).to.equal("3 of 5 misclassified");
    const named = misclassified(images, scores, target, { n: 1, classNames: ["cat", "dog", "fox"] });
    expect(captions(named)).to.deep.equal([`dog→cat ${p(4)}`]);
  });

  it("says so when there is no mistake, and when lengths differ", () => {
    const right = array([0, 0, 1, 0, 0], { dtype: "int32" });
    expect(() => misclassified(images, scores, right)).to.throw(RangeError, "all 5 images");
    expect(() => misclassified(images, scores.slice(1), target)).to.throw("scores has 4 entries");
    expect(() => misclassified(images, zeros([5, 1]), target)).to.throw("one for each class");
    const beyond = array([0, 0, 3, 0, 0], { dtype: "int32" });
    expect(() => misclassified(images, scores, beyond)).to.throw(RangeError, "target[2] is 3");
  });
});
