import { expect } from "chai";
import { checkOrder, isRightOrder, rulesOf, verdict } from "#internal/homework";

/** All orders of 1 … n. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, at) => [...rest.slice(0, at), n, ...rest.slice(at)]),
  );
}

/**
 * The oracle runs the lines in an order. The order is right if nothing is read before it is written, by JavaScript's own
 * rules, and the result and what is left in `this` are those of the lines as they were written.
 */
function outcome(lines: readonly string[], order: readonly number[], given: Record<string, unknown>): string {
  const body = order.map((line) => lines[line - 1]).join("\n");
  const self: Record<string, unknown> = { W: 3, log: [] };
  try {
    const result: unknown = new Function(...Object.keys(given), body).call(self, ...Object.values(given));
    return JSON.stringify([result ?? null, self], (_, value) =>
      value && typeof value === "object" && !Array.isArray(value) ? Object.entries(value).sort() : value,
    );
  } catch {
    return "an error";
  }
}

const given = { dy: 2, x: 5, W: 7, f: (a: number, b: number) => ({ dx: a * b + 0.5, dW: a - b }) };
const bodies: Readonly<Record<string, readonly string[]>> = {
  "three independent gradients": [
    "const dx = dy * W;",
    "const dW = dy * x; // (M, D)",
    "const db = dy;",
    "return { dx, dW, db };",
  ],
  "a chain with outputs": [
    "const two = f(dy, x);",
    "const dz = two.dx * 3;",
    "const one = f(dz, W);",
    "this.dW2 = two.dW;",
    "this.dW1 = one.dW;",
    "return one.dx;",
  ],
  "a pattern, keys that are names of others, and a comment": [
    "const { dx: first, dW } = f(dy, x);",
    "const all = { dW: first, x: dW }; // dW before first",
    "const text = 'all first';",
    "return [all, text, first > 0 ? dW : first];",
  ],
  "keys that are names of the other line": ["const a = { b: dy };", "const b = { a: x };", "return [a, b];"],
  "an update of one's own": ["this.W = this.W - dy;", "this.b = x;", "const z = W;", "return z;"],
  "an object that is filled": ["const grads = {};", "grads.W = dy * x;", "grads.b = dy;", "return grads;"],
};

describe("lines out of order", () => {
  for (const [what, lines] of Object.entries(bodies))
    it(`${what}: right in exactly the orders in which the lines run to the same end`, () => {
      const inOrder = lines.map((_, i) => i + 1);
      const right = outcome(lines, inOrder, given);
      expect(right).to.not.equal("an error");
      const all = permutations(lines.length);
      const accepted = all.filter((order) => isRightOrder(lines, order));
      const works = all.filter((order) => outcome(lines, order, given) === right);
      expect(accepted).to.deep.equal(works);
      expect(accepted.length).to.be.within(1, all.length - 1);
    });

  it("says which line needs what", () => {
    const lines = bodies["three independent gradients"] as string[];
    expect(verdict(lines, [2, 3, 1, 4])).to.equal("✓ This order works.");
    expect(verdict(lines, [2, 3, 4, 1])).to.match(/^✗ Line 4 needs dx, and line 1, which writes it/);
    expect(verdict(["const a = dy;", "return x;"], [2, 1])).to.match(/^✗ Line 2 returns/);
  });

  it("refuses an order that does not name each line once", () => {
    for (const order of [
      [1, 2],
      [1, 2, 3],
      [1, 1, 2, 3],
      [0, 1, 2, 3],
      [1, 2, 3, 4.5],
      [1, 2, 3, 4, 4],
    ]) {
      expect(() => verdict(bodies["an update of one's own"] as string[], order)).to.throw(
        RangeError,
        /each of 1 … 4 once/,
      );
      expect(isRightOrder(bodies["an update of one's own"] as string[], order)).to.equal(false);
    }
  });

  it("a compound assignment reads what it writes", () => {
    expect(rulesOf(["this.sum += dy;", "const d = x;"])).to.deep.equal([]);
    expect(rulesOf(["let sum = 0;", "sum += dy;"])).to.deep.equal([{ before: 0, after: 1, name: "sum" }]);
  });

  it("checkOrder refuses an unknown assignment", () => {
    expect(() => checkOrder("hw9", "f", [1])).to.throw(RangeError, /hw9/);
  });
});
