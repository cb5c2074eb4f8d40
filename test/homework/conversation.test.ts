import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { expect } from "chai";
import { arange, type NDArray } from "chalk-and-tape/np";
import {
  Conversation,
  encode,
  Failure,
  largestFrame,
  localBox,
  machineCause,
  Waiting,
} from "#internal/homework";
import { reluCheck, resultsOf, scratch, withSubmission } from "./submission.ts";

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

  it("says what to do about a function that is missing, or is something else", async () => {
    const [, missing] = await failureOf("export const other = 1;");
    expect(missing).to.include(
      'your file exports no reluForward: does it have another name, or is "export" missing?',
    );
    const [, wrong] = await failureOf("export const reluForward = [1];");
    expect(wrong).to.include("reluForward is a list, expected a function or a class");
  });

  it("ends with a file that does not load, an exit, and an endless loop", async () => {
    expect((await failureOf("throw new Error('at once');"))[0]).to.equal("not loaded");
    expect((await failureOf(relu("process.exit(0);")))[0]).to.equal("ended");
    const [cause, where] = await failureOf(relu("while (true);"), { load: 20, answer: 0.5 });
    expect([cause, where]).to.deep.equal([
      "time",
      "reluForward: took more than 0.5 s and was stopped; is there a loop that never ends?",
    ]);
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

/** Keeps this process busy, as computing does. */
function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

describe("what a submission sends unasked", () => {
  const header = (size: number): string => `
    import { writeSync } from "node:fs";
    const head = Buffer.from(JSON.stringify({ kind: "values", text: "", shapes: [["y", [${size}]]] }));
    const lengths = new Uint32Array([4 + head.length + ${8 * size}, head.length]);
    const frame = Buffer.concat([new Uint8Array(lengths.buffer), head, new Uint8Array(${8 * size})]);
    const send = () => { for (let at = 0; at < frame.length;) at += writeSync(4, frame, at); };`;

  it("is refused as soon as it comes, and is no answer to the next question", async () => {
    const source = `${header(3)} send(); ${relu("return x.mul(2);")}`;
    const [cause, where] = await failureOf(source);
    expect(cause).to.be.oneOf(["answer", "not loaded", "ended"]);
    expect(where).to.not.contain("took more");
    const later = `${header(3)} ${relu("send(); send(); return x;")}`;
    await withSubmission("hw1", later, async (one) => {
      await one.ask("reluForward", { x: arange(3) });
      await new Promise((resolve) => setTimeout(resolve, 200));
      const second = await one.ask("reluForward", { x: arange(3) }).catch((error: unknown) => error);
      expect(second).to.be.instanceOf(Failure).with.property("cause", "answer");
      expect((second as Failure).message).to.contain("what was not asked");
    });
  });

  it("fills no memory: one frame waits at most, and none above the limit is read", async () => {
    const size = Math.floor(largestFrame / 8) - 100;
    const source = `${header(size)} ${relu("for (let i = 0; i < 40; i++) send(); return x;")}`;
    await withSubmission("hw1", source, async (one) => {
      await one.load();
      const before = process.memoryUsage().arrayBuffers;
      await one.ask("reluForward", { x: arange(3) }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(process.memoryUsage().arrayBuffers - before).to.be.lessThan(10 * largestFrame);
    });
    const [cause, where] = await failureOf(`${header(size + 200)} ${relu("send(); return x;")}`);
    expect([cause, where]).to.deep.equal(["answer", "reluForward: the answer is too long"]);
  });
});

describe("the time that a submission is charged", () => {
  it("is the time in which the grader waits, and a quarter of that in which it is busy", async () => {
    const [waiting, began] = [new Waiting(), performance.now()];
    busy(400);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const whole = (performance.now() - began) / 1000;
    expect(waiting.seconds).to.be.within(0.2, whole - 0.25);
  });

  it("is over after that, and not before", async () => {
    const began = performance.now();
    const seconds = new Promise<number>((resolve) => {
      const waiting = new Waiting();
      waiting.limit(0.3, () => resolve((performance.now() - began) / 1000));
      waiting.limit(0.1, () => expect.fail("it was cancelled"))();
    });
    setTimeout(() => busy(400), 0);
    expect(await seconds).to.be.within(0.55, 3);
  });

  it("leaves no late failure: an answer that came while the grader was busy counts, and so does the next", async () => {
    const limits = { load: 20, answer: 0.2 };
    const source = relu("return x.mul(2);");
    const answers = await withSubmission(
      "hw1",
      source,
      async (one) => {
        await one.load();
        setTimeout(() => busy(1000), 0);
        const first = await one.ask("reluForward", { x: arange(3) });
        await new Promise((resolve) => setTimeout(resolve, 20));
        return [first, await one.ask("reluForward", { x: arange(2) })];
      },
      limits,
    );
    expect(answers.map(({ y }) => y?.toArray())).to.deep.equal([
      [0, 2, 4],
      [0, 2],
    ]);
  });
});

describe("a process that cannot be started", () => {
  for (const [what, file] of [
    ["a program that is not there", "/no/such/program"],
    ["a name that the system refuses", "a\0b"],
  ] as const)
    it(`is the machine's failure: ${what}`, async () => {
      const submission = new Conversation({ file, args: [], env: {}, cwd: process.cwd() });
      const error = await submission.ask("reluForward", {}).catch((one: unknown) => one);
      expect(error).to.be.instanceOf(Failure).with.property("cause", machineCause);
      expect((error as Failure).message).to.contain("could not be started");
      await submission.ended();
    });

  it("is not what a submission says about itself", async () => {
    const [cause] = await failureOf(relu("throw new Error('the process could not be started: no');"));
    expect(cause).to.equal("thrown");
  });
});

describe("an answer agrees", () => {
  const check = reluCheck("a", { expected: (x) => x });
  for (const [error, state] of [
    [1e-13, "passed"],
    [1e-7, "failed"], // what finite differences leave
  ] as const)
    it(`with a relative error of ${error}: ${state}`, async () => {
      const [result] = await resultsOf([check], relu(`return x.mul(1 + ${error});`));
      expect(result?.state).to.equal(state);
    });
});

describe("a submission's process", () => {
  for (const [what, isAlive] of [
    ["loads the file when the grader answers", true],
    ["ends without loading it when the grader has gone", false],
  ] as const)
    it(what, async () => {
      const { folder, remove } = scratch();
      const marker = join(folder, "loaded");
      const box = localBox(
        "hw1",
        `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(marker)}, "");`,
      );
      const { file, args, env, cwd } = box.command;
      const child = spawn(file, args, { env, cwd, stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
      const [to, from] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
      await new Promise((resolve) => from.once("data", resolve));
      if (isAlive) to.write(encode({ kind: "reply", text: "", arrays: {} }));
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (isAlive) await new Promise((resolve) => from.once("data", resolve));
      to.end();
      await ended;
      expect(existsSync(marker)).to.equal(isAlive);
      box.remove();
      remove();
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
