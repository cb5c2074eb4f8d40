import { tmpdir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { expect } from "chai";
import { type Execution, Kernel } from "../notebooks/kernel.ts";
import { problem } from "../notebooks/run-notebook.ts";

describe("an interrupt", () => {
  let kernel: Kernel;
  before(async () => {
    kernel = await Kernel.start(tmpdir());
    await kernel.execute("let earlier = 'kept'");
  });
  after(() => kernel.stop());

  /** Sends a cell that prints "on", and interrupts it from then on. */
  async function interrupt(code: string): Promise<Execution> {
    const running = kernel.start(`console.log("on"); ${code}`);
    while (running.execution.stdout === "") await wait(10);
    const { header, content } = await kernel.control("interrupt_request");
    expect([header.msg_type, content.status]).to.deep.equal(["interrupt_reply", "ok"]);
    return running.done;
  }

  const endless: Record<string, string> = {
    "a loop": "for (;;) {}",
    "a loop that prints": "for (let i = 0; ; i++) if (i % 1e6 === 0) console.log(i)",
    "a loop of microtasks": "for (;;) await null",
    "a loop after a wait": "await new Promise((done) => setTimeout(done, 20)); for (;;) {}",
    "a loop that catches everything": "for (;;) { try { for (;;) {} } catch {} finally { continue } }",
    "a wait": "await new Promise(() => {})",
    "a loop of waits": "for (;;) await new Promise((done) => setTimeout(done, 5))",
    "a last value that never finishes showing": "({ [Symbol.for('Jupyter.display')]() { for (;;) {} } })",
  };
  for (const [what, code] of Object.entries(endless)) {
    it(`ends ${what}, and every variable is still there`, async () => {
      const { status, error } = await interrupt(`const begun = 1; ${code}`);
      expect([status, error?.ename]).to.deep.equal(["error", "Interrupted"]);
      const { result, stdout } = await kernel.execute("earlier + begun");
      expect(result?.["text/plain"]).to.equal("kept1");
      expect(stdout).to.equal("");
    });
  }

  it("leaves the compiler in order, and the cells behind are given up", async () => {
    const [first, second] = await Promise.all([interrupt("for (;;) {}"), kernel.execute("1")]);
    expect(first.status).to.equal("error");
    expect(second.status).to.equal("aborted");
    expect(problem(await kernel.execute("const x: string = 1"))).to.match(/not assignable/);
    expect((await kernel.ask("complete_request", { code: "earl", cursor_pos: 4 })).reply.matches).to.include(
      "earlier",
    );
  });

  it("does nothing while no cell runs", async () => {
    for (let i = 0; i < 3; i++) await kernel.control("interrupt_request");
    await wait(500);
    expect((await kernel.execute("earlier")).result?.["text/plain"]).to.equal("kept");
  });

  it("at the very end of a loop loses no answer: the cell is done, or interrupted", async () => {
    for (let round = 0; round < 6; round++) {
      const running = kernel.start(
        "console.log('on'); for (const end = Date.now() + 380; Date.now() < end; ) {}",
      );
      while (running.execution.stdout === "") await wait(2);
      await wait(40 + round * 10); // the loop is ended 300 ms after this
      await kernel.control("interrupt_request");
      expect((await running.done).status).to.match(/^(ok|error)$/);
      expect((await kernel.execute("earlier")).result?.["text/plain"]).to.equal("kept");
    }
  });
});
