import { expect } from "chai";
import { array } from "chalk-and-tape/np";
import { sides } from "./both-sides.ts";

describe("both sides, options that are 0 are left out, not multiplied by 0", () => {
  for (const side of sides) {
    it(`${side.name}: SGD without momentum ignores dampening, as PyTorch does: 0.8, 0.64, 0.512`, () => {
      const options = { lr: 0.1, dampening: 0.5 };
      const path = side.optimize("SGD", options, [array([1])], 3, (_step, _k, p) => p.mul(2));
      for (const [i, wanted] of [0.8, 0.64, 0.512].entries())
        expect(path[i]?.[0]).to.be.closeTo(wanted, 1e-14);
    });
    for (const name of ["SGD", "Adam"] as const) {
      it(`${side.name}: ${name} without weight decay leaves an infinite weight infinite, where 0 · ∞ were NaN`, () => {
        const start = [array([Number.POSITIVE_INFINITY, 1])];
        const path = side.optimize(name, { lr: 0.5 }, start, 2, () => array([1, 1]));
        for (const [infinite, finite] of path as [number, number][]) {
          expect(infinite).to.equal(Number.POSITIVE_INFINITY);
          expect(finite).to.be.below(1);
        }
      });
    }
  }
});
