import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type Execution, Kernel } from "../notebooks/kernel.ts";
import { problem } from "../notebooks/run-notebook.ts";

/** What no cell before may have broken: each test declares its own names, in one notebook. */
describe("a cell in this package's kernel", () => {
  let kernel: Kernel;
  const folder = mkdtempSync(join(tmpdir(), "chalk-and-tape-notebook-"));
  before(async () => {
    kernel = await Kernel.start(folder);
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  async function run(...cells: string[]): Promise<Execution> {
    const executions: Execution[] = [];
    for (const code of cells) {
      executions.push(await kernel.execute(code));
      if (executions.length < cells.length)
        expect(problem(executions.at(-1) as Execution), code).to.equal("");
    }
    return executions.at(-1) as Execution;
  }
  const text = ({ result }: Execution): unknown => result?.["text/plain"];

  it("may write { rng } for a variable of an earlier cell, in a pattern and with a default too", async () => {
    expect(text(await run("const rng = 3; const lr = 0.1", "({ rng, options: { lr } })"))).to.equal(
      "{ rng: 3, options: { lr: 0.1 } }",
    );
    expect(
      text(
        await run(
          "let first = 0, second = 0",
          "({ first, second = 2 } = { first: 1 } as { first: number; second?: number }); [first, second]",
        ),
      ),
    ).to.equal("[ 1, 2 ]");
  });

  it("may rename what it takes out of an object whose type is of an earlier cell", async () => {
    const cells = [
      "interface Options { rate: number }; const options: Options = { rate: 5 }",
      "const { rate: r } = options; r",
    ];
    expect(text(await run(...cells))).to.equal("5");
    expect(text(await run("function read({ rate: r2 }: Options) { return r2 }; read(options)"))).to.equal(
      "5",
    );
  });

  it("may have a for await as its only await", async () => {
    expect((await run("for await (const n of [1, 2]) console.log(n)")).stdout).to.equal("1\n2\n");
  });

  it("may export what it declares, and may declare it again", async () => {
    expect(
      text(
        await run("export const exported = 1; export class Exported {}", "const exported = 'two'; exported"),
      ),
    ).to.equal("two");
  });

  it("runs a loop at its top level about as fast as one in a function: plain tslab takes seconds", async () => {
    await run("let sum = 0; let start = 0");
    const loop =
      "start = performance.now(); for (let i = 0; i < 1e7; i++) sum += 1; performance.now() - start";
    const times: number[] = [];
    for (let i = 0; i < 3; i++) times.push(Number(text(await run(loop))));
    expect(Math.min(...times)).to.be.below(1000);
    expect(text(await run("sum"))).to.equal("30000000");
  });

  describe("shows its last value", () => {
    const shown: Record<string, [code: string, text: string | undefined]> = {
      "as Node prints it": ["[1, { a: 'b' }]", "[ 1, { a: 'b' } ]"],
      "a string as it is": ["'two\\nlines'", "two\nlines"],
      "after a wait": ["await Promise.resolve(7)", "7"],
      "undefined not at all": ["undefined", undefined],
      "null not at all": ["null", undefined],
      "a statement not at all": ["const statement = 1;", undefined],
    };
    for (const [what, [code, expected]] of Object.entries(shown))
      it(what, async () => expect(text(await run(code))).to.equal(expected));

    it("as a picture, if it makes one of itself, with text beside it and bytes as base64", async () => {
      const { result, stdout } = await run(
        `({ toString: null, async [Symbol.for("Jupyter.display")]() { return { "image/svg+xml": "<svg/>", "image/png": new Uint8Array([1, 2, 3]) } } })`,
      );
      expect(result).to.include({ "image/svg+xml": "<svg/>", "image/png": "AQID" });
      expect(result?.["text/plain"]).to.match(/Jupyter\.display/);
      expect(stdout).to.equal("");
    });
    it("or fails, if that fails; what the cell has declared is there", async () => {
      const wrong = await run(
        `const there = 4; ({ [Symbol.for("Jupyter.display")]() { throw new Error("no ink") } })`,
      );
      expect(wrong.status).to.equal("error");
      expect(wrong.error).to.include({ ename: "Error", evalue: "no ink" });
      expect(text(await run("there"))).to.equal("4");
      const nothing = await run(`({ [Symbol.for("Jupyter.display")]() { return 3 } })`);
      expect(problem(nothing)).to.match(/return an object of MIME type → data, not a number/);
    });
    it("and displays of tslab beside it, one of them changed in place", async () => {
      const { displays, result } = await run(
        `import { display, newDisplay } from "tslab"; display.html("<b>"); const place = newDisplay(); place.text("1"); place.text("2"); 3`,
      );
      expect(displays).to.deep.equal([{ "text/html": "<b>" }, { "text/plain": "1" }, { "text/plain": "2" }]);
      expect(result).to.deep.equal({ "text/plain": "3" });
    });
  });

  it("prints many lines in order, and stops at a million characters", async () => {
    const lines = await run("for (let i = 0; i < 20_000; i++) console.log(i)");
    expect(lines.stdout).to.equal(Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""));
    const flood = await run('for (let i = 0; i < 300_000; i++) console.log("0123456789")');
    expect(flood.stdout).to.have.length.within(1_000_000, 1_000_200);
    expect(flood.stdout).to.match(/the rest is left out: a cell prints at most 1,000,000 characters\n$/);
    expect((await run('console.log("on")')).stdout).to.equal("on\n");
  });

  describe("that does not compile", () => {
    it("says where, with the line and a caret, and that nothing ran", async () => {
      const { status, error, stdout, stderr } = await run(
        "console.log('ran');\nconst   word: number = 'one';\nconst beside = 1;",
      );
      expect([status, stdout, stderr]).to.deep.equal(["error", "", ""]);
      expect(error?.ename).to.equal("CompileError");
      expect(error?.traceback).to.deep.equal([
        "CompileError: nothing of this cell was run",
        "line 2, column 9: Type 'string' is not assignable to type 'number'.",
        "    const   word: number = 'one';",
        "            ^~~~",
      ]);
      expect(problem(await run("beside"))).to.match(/Cannot find name 'beside'/);
    });
    it("points at the place that was typed, behind what had to be spelled out", async () => {
      await run("const a1 = 1, a2 = 2");
      const { error } = await run("const o = {\n  a1,\n  a2, b: a3,\n};");
      expect(error?.traceback.slice(1)).to.deep.equal([
        "line 3, column 10: Cannot find name 'a3'.",
        "      a2, b: a3,",
        "             ^~",
        "Hint: a new variable needs const or let: const x = 5; one of another cell exists once that cell has run.",
      ]);
    });
    const habits: readonly [typed: string, hint: RegExp][] = [
      ["m1 * 2; m1 + m1", /a\.mul\(2\), a\.add\(b\)/],
      ["m1.mul(1 - m1)", /1 - a is np\.subtract\(1, a\)/],
      ["new Linear(2, 3, false)", /\{ bias: false \}/],
      ["print(m1)", /console\.log/],
      ["m1.sum(axis=0)", /x\.sum\(0, true\)/],
      ["np.zeros((2, 3))", /np\.zeros\(\[2, 3\]\)/],
      ["# a comment", /begins with \/\//],
      ["for (const row of m1) row", /x\.slice\(i\)/],
      ["m1.unsqueeze(0)", /chalk-and-tape names WORD/],
      ["np.zeros(2, 3)", /np\.zeros\(\[2, 3\]\)/],
      ["const total: number = m1.sum()", /x\.item\(\)/],
      ["m1 = np.zeros([2])", /made with let/],
      ["class Half { k = 2; half(x: number): number { return x / k; } }", /through this/],
      ["new autograd.Linear(2, 1).forward(m1)", /tape\.tensor\(x\)/],
      ["new Linear(2, 1).forward(autograd.tensor(m1))", /x\.data/],
    ];
    it("hints, once a cell, at what Python's habits are here", async () => {
      await run(
        'import { autograd, np } from "chalk-and-tape"; import { Linear } from "chalk-and-tape/manual"; const m1 = np.ones([2, 2]);',
      );
      for (const [typed, hint] of habits) {
        const traceback = (await run(typed)).error?.traceback ?? [];
        const hints = traceback.filter((line) => line.startsWith("Hint: "));
        expect(hints, `${typed}: ${traceback.join(" | ")}`).to.have.length(1);
        expect(hints[0], typed).to.match(hint);
      }
    });
    it("names this package's types by their room, not by the path of a file", async () => {
      await run(
        'import { autograd, np } from "chalk-and-tape"; import { Linear } from "chalk-and-tape/manual";',
      );
      const sum = (await run("np.ones([2]) + np.ones([2])")).error?.traceback[1];
      expect(sum).to.match(/cannot be applied to types 'np\.NDArray' and 'np\.NDArray'\.$/);
      const name = (await run("np.zeros_like(np.ones([2]))")).error?.traceback[1];
      expect(name).to.match(/on type 'typeof import\("chalk-and-tape\/np"\)'\. Did you mean 'zerosLike'\?$/);
    });
    it("explains a long message in lines of its own", async () => {
      const { error } = await run("const f: (x: number) => string = (x: string) => x;");
      expect(error?.traceback).to.have.length.above(4);
      expect(error?.traceback.at(-1)).to.match(/^ {4}Type '\w+' is not assignable to type '\w+'\.$/);
    });
  });

  describe("that throws", () => {
    it("sends an error with the lines of the cells on its way, and nothing of the machinery", async () => {
      await run(
        "interface Gone {\n  x: number;\n}\nfunction deep(x: number): number {\n  if (x > 2)\n    throw new RangeError('too deep');\n  return x;\n}",
      );
      const number = Number((await run("0")).reply.execution_count);
      const { status, error, stderr } = await run(
        "// a comment\nconst fine = deep(1);\nawait Promise.resolve();\n[3].map(\n  (x) => deep(x),\n);",
      );
      expect([status, stderr]).to.deep.equal(["error", ""]);
      expect(error).to.include({ ename: "RangeError", evalue: "too deep" });
      expect(error?.traceback.slice(0, 3)).to.deep.equal([
        "RangeError: too deep",
        `    at deep (cell ${number - 1}, line 6)`,
        "        throw new RangeError('too deep');",
      ]);
      expect(error?.traceback.slice(3).join("\n")).to.equal(
        `    at cell ${number + 1}, line 5\n        (x) => deep(x),`,
      );
    });
    it("keeps what had got a value, and what earlier cells had", async () => {
      await run("let model = 'old'; let curve = 'old'");
      await run(
        "const half = 1; let model = 2; class Half { x = half }; throw new Error('stop'); let curve = 3; const unreached = 4",
      );
      expect(text(await run("[half, model + 1, curve.toUpperCase(), new Half().x]"))).to.equal(
        "[ 1, 3, 'OLD', 1 ]",
      );
      expect(problem(await run("unreached"))).to.match(/Cannot find name 'unreached'/);
    });
    it("may throw anything, with a cause", async () => {
      expect((await run("throw { code: 3 }")).error).to.include({ ename: "Thrown", evalue: "{ code: 3 }" });
      const { error } = await run("throw new Error('outer', { cause: new TypeError('inner') })");
      expect(error?.traceback.join("\n")).to.match(/^Error: outer\n.*\n.*\ncaused by TypeError: inner/);
    });
    it("shows functions of the package by their place in it", async () => {
      const { error } = await run('import * as np from "chalk-and-tape/np"; np.ones([2]).reshape(3)');
      expect(error?.traceback.join("\n")).to.match(/at .*reshape \(chalk-and-tape\/dist\/np\//);
    });
    it("cannot end the process", async () => {
      expect(problem(await run("process.exit(0)"))).to.match(/would end the kernel and lose every variable/);
    });
    it("but not where it returns parentheses on lines of their own", async () => {
      expect(
        text(await run("function wrapped(x: number) {\n  return (\n    x as unknown\n  );\n}\nwrapped(3)")),
      ).to.equal("3");
    });
  });

  it("prints every line of a fast loop", async () => {
    const { stdout } = await run("for (let i = 0; i < 3000; i++) console.log(i);");
    expect(stdout.split("\n")).to.have.length(3001);
  });
  it("can wait until a text is written", async () => {
    expect((await run("await new Promise((done) => process.stdout.write('x', done))")).stdout).to.equal("x");
  });
});
