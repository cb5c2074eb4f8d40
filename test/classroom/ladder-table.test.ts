import { expect } from "chai";
import { ladderTable, sanityLadder } from "chalk-and-tape/classroom";
import { blobs } from "chalk-and-tape/datasets";
import * as chalk from "chalk-and-tape/manual";
import * as np from "chalk-and-tape/np";

describe("ladderTable", () => {
  const { x, y } = blobs({ n: 60, seed: 1 });

  it("has a row for each network, a column for each check and further columns", async () => {
    const right = new chalk.Linear(2, 3, { rng: np.random(1) });
    const softmaxFirst = new chalk.Sequential(
      new chalk.Linear(2, 3, { rng: np.random(1) }),
      new chalk.Softmax(1),
    );
    const options = { items: 10, steps: 100 };
    const table = ladderTable([
      { name: "right", ladder: await sanityLadder(right, { x, y }, options) },
      {
        name: "softmax first",
        ladder: await sanityLadder(softmaxFirst, { x, y }, options),
        also: { "test accuracy": 0.8125 },
      },
    ]);
    const [head = "", , second = ""] = `${table}`.split("\n");
    expect(head.trim().split(/ {2,}/)).to.deep.equal([
      ...(table.rows[0]?.ladder.rungs.map(({ name }) => name) ?? []),
      "test accuracy",
    ]);
    expect(second.trim().split(/ {2,}/)).to.deep.equal([
      "softmax first",
      ...(table.rows[1]?.ladder.rungs.map(({ passed }) => (passed ? "✓" : "✗")) ?? []),
      "0.8125",
    ]);
    expect(table.rows[1]?.ladder.rungs.find(({ name }) => /by heart/.test(name))?.passed).to.equal(false);
    expect(table.toMimeBundle()["text/html"]).to.contain("<th>10 items by heart</th>");
  });

  it("refuses a row without its ladder", async () => {
    const promise = sanityLadder(new chalk.Linear(2, 3, { rng: np.random(1) }), { x, y }, { steps: 1 });
    // @ts-expect-error a promise in place of a ladder
    expect(() => ladderTable([{ name: "early", ladder: promise }])).to.throw(
      TypeError,
      /ladderTable: rows\[0\]\.ladder is .*await sanityLadder/,
    );
    await promise;
  });
});
