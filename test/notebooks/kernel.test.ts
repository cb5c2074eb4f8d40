import { tmpdir } from "node:os";
import { expect } from "chai";
import { emptyExecution, Kernel, ourKernel, plainTslab } from "./kernel.ts";
import { expectDead } from "./processes.ts";
import { codeCells, problem, runCells, shownText } from "./run-notebook.ts";
import { shorthandProblems } from "./shorthands.ts";
import { decode, request } from "./wire.ts";

describe("the notebook runner itself", () => {
  for (const command of [ourKernel, plainTslab]) {
    it(`runs cells in ${command.name} until one fails, returns what they show, and skips the rest`, async () => {
      const cells = [
        "const x: number = 6; console.log(x * 7)",
        'import { display } from "tslab"; display.html("<b>7</b>")',
        "await Promise.resolve(x)",
        'throw new Error("wrong sign")',
        "console.log(x)",
      ];
      const reports = await runCells(cells, process.cwd(), { command });
      expect(reports.map(({ verdict }) => verdict).join(" ")).to.equal("passed passed passed failed skipped");
      const [first, second, third, fourth] = reports.map(({ execution }) => execution ?? emptyExecution(""));
      expect(first?.stdout).to.equal("42\n");
      expect(second?.displays).to.deep.equal([{ "text/html": "<b>7</b>" }]);
      expect(shownText(third ?? emptyExecution(""))).to.match(/6/);
      expect(problem(fourth ?? emptyExecution(""))).to.match(/wrong sign/);
    });
  }

  describe("counts as a failure", () => {
    let kernel: Kernel;
    before(async () => {
      kernel = await Kernel.start(tmpdir());
    });
    after(async () => {
      await kernel.stop();
      await expectDead(kernel.pid);
    });
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
    it("a cell that is given up because the one before it failed", async () => {
      const [, second] = await Promise.all([
        kernel.execute('throw new Error("no")'),
        kernel.execute("1 + 1"),
      ]);
      expect(problem(second)).to.match(/abort/);
    });
    it("but not a sound cell after that", async () => {
      expect(problem(await kernel.execute("1 + 1"))).to.equal("");
    });
    it("an empty reply", () => {
      expect(problem(emptyExecution(""))).to.match(/empty reply/);
    });
    it("a cell that ends the process, and every cell after it", async () => {
      expect(problem(await kernel.execute('process.kill(process.pid, "SIGKILL")'))).to.match(/died/);
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

  it("finds shorthand properties of earlier cells, and no others", () => {
    const cells = [
      'import * as np from "chalk-and-tape/np"; const rng = np.random(1); const own = { rng };',
      "f({ rng, own }); const lr = 1; f({ lr });",
      "function g(rng: number) { return { rng }; }\nconst o = { rng: rng, lr: lr, console };",
      "({ np })",
    ];
    expect(shorthandProblems(cells)).to.deep.equal([
      "cell 2: write { rng: rng }, for rng is of an earlier cell",
      "cell 2: write { own: own }, for own is of an earlier cell",
      "cell 4: write { np: np }, for np is of an earlier cell",
    ]);
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
