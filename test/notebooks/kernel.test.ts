import { tmpdir } from "node:os";
import { expect } from "chai";
import { emptyExecution, Kernel } from "./kernel.ts";
import { expectDead } from "./processes.ts";
import { codeCells, problem, runCells } from "./run-notebook.ts";
import { decode, request } from "./wire.ts";

describe("the notebook runner itself", () => {
  it("runs cells in one kernel until one fails, returns what they show, and skips the rest", async () => {
    const cells = [
      "const x: number = 6; console.log(x * 7)",
      'import { display } from "tslab"; display.html("<b>7</b>")',
      "await Promise.resolve(x)",
      'throw new Error("wrong sign")',
      "console.log(x)",
    ];
    const reports = await runCells(cells, process.cwd());
    expect(reports.map(({ verdict }) => verdict).join(" ")).to.equal("passed passed passed failed skipped");
    expect(reports[0]?.execution?.stdout).to.equal("42\n");
    expect(reports[1]?.execution?.displays).to.deep.equal([{ "text/html": "<b>7</b>" }]);
    expect(reports[2]?.execution?.stdout).to.match(/6/);
    expect(reports[3]?.why).to.match(/wrong sign/);
  });

  describe("counts as a failure", () => {
    let kernel: Kernel;
    before(async () => {
      kernel = await Kernel.start(tmpdir());
    });
    after(async () => {
      await kernel.stop();
      await expectDead(kernel.pid);
    });
    /** After an error tslab drops what it is sent in the next 200 ms. */
    afterEach(() => new Promise((resolve) => setTimeout(resolve, 1000)));

    const wrong: Record<string, [code: string, why: RegExp]> = {
      "a cell that throws": ['throw new Error("wrong sign")', /wrong sign/],
      "a cell that does not compile": ["const x: number = 'one'", /not assignable/],
      "a cell that only writes to stderr": ['console.error("hm")', /stderr: hm/],
    };
    for (const [name, [code, why]] of Object.entries(wrong)) {
      it(name, async () => expect(problem(await kernel.execute(code))).to.match(why));
    }
    const late: Record<string, string> = {
      "a line on stderr after the cell has ended": 'setTimeout(() => console.error("late"), 50)',
      "a promise that is rejected and that nobody awaits": 'void Promise.reject(new Error("late"))',
    };
    for (const [name, code] of Object.entries(late)) {
      it(name, async () => {
        const execution = await kernel.execute(code);
        for (let tries = 0; tries < 1200 && !/late/.test(problem(execution) ?? ""); tries++)
          await new Promise((resolve) => setTimeout(resolve, 50));
        expect(problem(execution)).to.match(/late/);
      });
    }
    it("a cell that is dropped because it came right after an error", async () => {
      const [, second] = await Promise.all([
        kernel.execute('throw new Error("no")'),
        kernel.execute("1 + 1"),
      ]);
      expect(problem(second)).to.match(/abort/);
    });
    it("but not a sound cell that comes after a pause", async () => {
      expect(problem(await kernel.execute("1 + 1"))).to.equal("");
    });
    it("an empty reply", () => {
      expect(problem(emptyExecution(""))).to.match(/empty reply/);
    });
    it("a cell that ends the process, and every cell after it", async () => {
      expect(problem(await kernel.execute("process.exit(0)"))).to.match(/died/);
      expect(problem(await kernel.execute("1 + 1"))).to.not.equal("");
    });
  });

  for (const loop of ["for (;;) {}", "for (;;) await null"]) {
    it(`kills the kernel of a cell that never ends: ${loop}`, async () => {
      const kernel = await Kernel.start(tmpdir());
      const { status } = await kernel.execute(loop, 500);
      expect(status).to.match(/in time/);
      await expectDead(kernel.pid);
      expect((await kernel.execute("1")).status).to.match(/was ended/);
      await kernel.stop();
    });
  }

  it("refuses a message with a wrong signature", () => {
    const { frames } = request("execute_request", { code: "1" }, "key", "session");
    const bytes = frames.map((frame) => Buffer.from(frame));
    expect(decode(bytes, "key").content).to.deep.equal({ code: "1" });
    expect(() => decode(bytes, "another key")).to.throw(/signature/);
    const changed = bytes.map((frame, i) => (i === 5 ? Buffer.from('{"code":"2"}') : frame));
    expect(() => decode(changed, "key")).to.throw(/signature/);
  });

  it("reads code cells only, however their source is written", () => {
    const cell = (cell_type: string, source: string | string[]) => ({ cell_type, source });
    const cells = [
      cell("markdown", "# x"),
      cell("code", ["a\n", "b"]),
      cell("code", " \n"),
      cell("code", "c"),
    ];
    expect(codeCells(JSON.stringify({ cells }))).to.deep.equal(["a\nb", "c"]);
  });
});
