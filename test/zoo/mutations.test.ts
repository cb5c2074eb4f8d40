import { expect } from "chai";
import { type Case, cases, check } from "chalk-and-tape/compare";
import { Linear } from "chalk-and-tape/manual";
import { type NDArray, sameShape } from "chalk-and-tape/np";
import { checkCase } from "#internal/compare";
import { seed } from "../np/seeded.ts";
import { mutate } from "./mutate.ts";
import { type Mutator, mutators, stepMutators } from "./mutators.ts";
import { type Tallies, type Tally, tally } from "./tally.ts";

/** `npm run zoo` takes 50 seeds, the entries again, every mutation, and shows wrong programs to PyTorch's rule and CS231n's as well. */
describe(`the checker is checked, seed ${seed}`, () => {
  let once: Tallies;
  before(function () {
    this.timeout(1_200_000); // minutes, on a busy machine
    once = tally({
      seeds: [seed],
      everyParameter: false,
      everyMutantOfLarge: false,
      rivals: false,
      oneIn: 15,
      entries: false,
    });
  });
  const ours = (table: Record<string, Tally>): [string, Tally][] =>
    Object.entries(table).filter(([key]) => key.endsWith("ours"));
  const missed = (table: Record<string, Tally>): string[] =>
    ours(table).flatMap(([key, t]) => t.missed.map((where) => `${key}: ${where}`));

  it("every mutation of every gradient is caught, and each mutator changes something", () => {
    expect(missed(once.mutants)).to.deep.equal([]);
    expect(ours(once.mutants)).to.have.length(mutators.length);
    for (const [key, t] of ours(once.mutants)) expect(t.tried, key).to.be.above(0);
  });

  it("no right class is called wrong, by PyTorch's rule and CS231n's neither, but at a kink", () => {
    const alarms = Object.entries(once.right).map(([key, t]) => [key, t.caught]);
    const { "torch at a kink": torch, "cs231n at a kink": cs231n, ...others } = Object.fromEntries(alarms);
    expect(others).to.deep.equal({ ours: 0, torch: 0, cs231n: 0 });
    expect([torch, cs231n].every((count) => count > 0)).to.equal(true);
  });

  it("a right class that writes its gradients into the same memory every time is right", () => {
    class Buffered extends Linear {
      readonly #buffers: NDArray[] = [];
      override backward(dy: NDArray): NDArray {
        const found = [super.backward(dy), this.dWeight as NDArray];
        const [dx, dW] = found.map((x, i) => {
          const buffer = this.#buffers[i];
          this.#buffers[i] = buffer && sameShape(buffer.shape, x.shape) ? buffer.copyFrom(x) : x.copy();
          return this.#buffers[i];
        }) as [NDArray, NDArray];
        this.dWeight = dW;
        return dx;
      }
    }
    expect(check("Linear", Buffered, { quiet: true }).failed).to.equal(0);
  });

  it("a mutant that changes nothing is none: a mean that is 0, a shape that would tell", () => {
    const rowOf = (what: string): Case => cases.find((row) => row.what === what) as Case;
    const mutatorOf = (id: string): Mutator => mutators.find((mutator) => mutator.id === id) as Mutator;
    for (const [what, id, reason] of [
      ["class indices, mean", "row-mean-subtracted", null],
      ["5 → 3", "transpose", "not square: its shape would give it away"],
    ] as const) {
      const mutant = mutate(rowOf(what), "x", mutatorOf(id));
      expect(checkCase(mutant.row).failed, id).to.equal(0);
      expect([mutant.changed(), mutant.skipped()], id).to.deep.equal([false, reason]);
    }
    const mutant = mutate(
      rowOf("square, batch of 4: a wrong transpose keeps all shapes"),
      "weight",
      mutatorOf("transpose"),
    );
    expect(
      checkCase(mutant.row)
        .rows.filter((row) => row.verdict !== "agree")
        .map((row) => row.quantity),
    ).to.deep.equal(["weight"]);
    expect([mutant.changed(), mutant.skipped()]).to.deep.equal([true, null]);
    expect(stepMutators).to.have.length(5);
  });
});
