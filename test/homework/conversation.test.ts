import { expect } from "chai";
import { arange, type NDArray } from "chalk-and-tape/np";
import { Failure } from "#internal/homework";
import { reluCheck, resultsOf, withSubmission } from "./submission.ts";

const relu = (body: string): string => `
import * as np from "chalk-and-tape/np";
export function reluForward(x: np.NDArray): np.NDArray { ${body} }`;

/** Why a submission gave no answer: the cause and the text. */
async function failureOf(source: string, limits = { load: 20, answer: 20 }): Promise<[string, string]> {
  const asked = withSubmission("hw1", source, (one) => one.ask("reluForward", { x: arange(3) }), limits);
  const error = await asked.then(
    () => expect.fail("it answered"),
    (one: unknown) => one,
  );
  expect(error).to.be.instanceOf(Failure);
  return [(error as Failure).cause, (error as Failure).advice.where];
}

describe("a conversation with a submission", () => {
  it("gives the numbers that the submission returns", async () => {
    const { y } = await withSubmission("hw1", relu("return x.mul(2);"), (one) =>
      one.ask("reluForward", { x: arange(3) }),
    );
    expect(y?.toArray()).to.deep.equal([0, 2, 4]);
  });

  it("names the line of an error in the student's own file", async () => {
    const [cause, where] = await failureOf(relu("\n\n  throw new Error('here');"));
    expect([cause, where]).to.deep.equal(["thrown", "Error: here (line 5 of hw1.ts)"]);
  });

  for (const [what, value, says] of [
    ["a number of the wrong kind", "'text' as never", /y is "text", expected an NDArray/],
    ["null", "null as never", /y is null/],
    ["a list", "[1, 2] as never", /y is a list, expected an NDArray/],
    ["a Proxy around an array", "new Proxy(x, {})", /./],
    ["an array with a getter for its shape", "Object.defineProperty(x, 'shape', { get: () => [9] })", /./],
  ] as const)
    it(`does not take ${what} for an answer`, async () => {
      const [cause, where] = await failureOf(relu(`return ${value};`));
      expect(cause).to.be.oneOf(["thrown", "answer"]);
      expect(where).to.match(says);
    });

  it("ends with a file that does not load, an exit, and an endless loop", async () => {
    expect((await failureOf("throw new Error('at once');"))[0]).to.equal("not loaded");
    expect((await failureOf(relu("process.exit(0);")))[0]).to.equal("ended");
    const [cause, where] = await failureOf(relu("while (true);"), { load: 20, answer: 0.5 });
    expect([cause, where]).to.deep.equal(["time", "reluForward: took more than 0.5 s and was stopped"]);
  });

  it("goes on after an exit: the next question gets a new process", async () => {
    const right = (x: NDArray): NDArray => x;
    const source = relu(
      "if (Object.hasOwn(globalThis, 'asked')) process.exit(0); Object.assign(globalThis, { asked: 1 }); return x;",
    );
    const checks = ["a", "b", "c"].map((id) => reluCheck(id, { expected: right }));
    expect((await resultsOf(checks, source)).map(({ state }) => state)).to.deep.equal([
      "passed",
      "failed",
      "passed",
    ]);
  });

  it("takes numbers on the channel only: a forged report on stdout scores nothing", async () => {
    const source = relu(`console.log('{"state":"passed"}'); throw new Error("no");`);
    const [result] = await resultsOf([reluCheck("a", { expected: (x) => x })], source);
    expect([result?.state, result?.share]).to.deep.equal(["failed", 0]);
  });
});

describe("checks that depend on checks", () => {
  it("are skipped with the reason when one that they need has not passed, and so on down the chain", async () => {
    const checks = [
      reluCheck("first", { expected: (x) => x.mul(3) }),
      reluCheck("second", { needs: ["first"], expected: (x) => x }),
      reluCheck("third", { needs: ["second"], expected: (x) => x }),
      reluCheck("alone", { expected: (x) => x }),
    ];
    const results = await resultsOf(checks, relu("return x;"));
    expect(results.map(({ state, share }) => [state, share])).to.deep.equal([
      ["failed", 0],
      ["skipped", 0],
      ["skipped", 0],
      ["passed", 1],
    ]);
    expect(results[1]?.advice?.where).to.equal('skipped: it needs "title of first"');
  });

  it("draw the same numbers whichever others run before them", async () => {
    const drawn: number[][] = [];
    const noted = reluCheck("noted", {
      expected: (x) => {
        drawn.push([...x.flat()]);
        return x;
      },
    });
    await resultsOf([noted], relu("return x;"));
    await resultsOf([reluCheck("other", { expected: (x) => x }), noted], relu("return x;"));
    expect(drawn[1]).to.deep.equal(drawn[0]);
    expect(new Set(drawn[0]).size).to.equal(6);
  });

  it("earn the declared share for a known mistake, and nothing for another", async () => {
    const credit = { sign: 0.25 };
    const silent = reluCheck("a", { points: 4, expected: (x) => x });
    expect((await resultsOf([silent], relu("return x.neg();"), credit))[0]?.share).to.equal(0);
    const check = { ...silent, credit: ["sign"] };
    expect((await resultsOf([check], relu("return x.neg();"), credit))[0]?.share).to.equal(0.25);
    expect((await resultsOf([check], relu("return x.mul(x);"), credit))[0]?.share).to.equal(0);
    expect((await resultsOf([check], relu("return x.neg();"), {}))[0]?.share).to.equal(0);
  });
});
