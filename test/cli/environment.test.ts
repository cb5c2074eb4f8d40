import { expect } from "chai";
import { seedsToTry } from "../exhaustive.ts";
import { skipUnless } from "../skip.ts";
import { commandRunner } from "./run.ts";

const run = commandRunner();

const commands: Readonly<Record<string, readonly string[]>> = {
  compare: ["compare", "--dataset", "moons", "--epochs", "1"],
  gradcheck: ["gradcheck", "ReLU"],
  "gradcheck --ops": ["gradcheck", "--ops", "add"],
  summary: ["summary", "Mlp"],
  "data list": ["data", "list"],
  "data where": ["data", "where"],
  "data verify": ["data", "verify", "digits"],
  "data fetch": ["data", "fetch", "digits"],
  names: ["names", "sum"],
  study: ["study"],
  doctor: ["doctor"],
};

describe("chalk-and-tape: a wrong variable ends every command before it does anything, with status 2", () => {
  for (const [i, [name, args]] of Object.entries(commands).entries()) {
    it(name, async () => {
      const wrong = [
        ["CHALK_ENGINE", "nonsense", 'CHALK_ENGINE is "nonsense"; expected one of auto, js, wasm, blas'],
        ["CHALK_THREADS", "0", 'CHALK_THREADS is "0"; expected a whole number in 1 … 255'],
        ["CHALK_DATA", import.meta.filename, "which is not a folder; expected the data folder"],
      ] as const;
      const inTurn = [...wrong.slice(i % 3), ...wrong.slice(0, i % 3)];
      for (const [variable, value, message] of seedsToTry(...inTurn)) {
        const { status, stdout, stderr, left } = await run(args, { env: { [variable]: value } });
        expect([status, stdout, left], stderr).to.deep.equal([2, "", []]);
        expect(stderr)
          .to.match(/^error: [^\n]*\n$/)
          .and.contain(message);
      }
    });
  }

  it("every kind of wrong value", async () => {
    for (const [variable, value, message] of [
      ["CHALK_ENGINE", " ", 'CHALK_ENGINE is " "; expected one of'],
      ["CHALK_ENGINE", "toString", "expected one of"],
      ["CHALK_THREADS", "-1", "whole number"],
      ["CHALK_THREADS", "x", "whole number"],
      ["CHALK_THREADS", "1.5", "whole number"],
      ["CHALK_THREADS", "1e9", "whole number"],
      ["CHALK_THREADS", "256", "whole number"],
      ["CHALK_DATA", " ", "is blank"],
      ["CHALK_DATA", `${import.meta.filename}/inside`, "cannot be opened (ENOTDIR"],
      ["CHALK_DATA", "~/no-such-data", "only a shell replaces"],
    ] as const) {
      const { status, stdout, stderr } = await run(["data", "where"], { env: { [variable]: value } });
      expect([status, stdout], stderr).to.deep.equal([2, ""]);
      expect(stderr).to.contain(`error: ${variable} is "${value}"`).and.contain(message);
    }
  });

  it("help needs no environment, and an empty variable is as good as none", async () => {
    const help = await run(["gradcheck", "--help"], {
      env: { CHALK_ENGINE: "nonsense", CHALK_THREADS: "0" },
    });
    expect([help.status, help.stderr]).to.deep.equal([0, ""]);
    const { status } = await run(["gradcheck", "ReLU"], {
      env: { CHALK_ENGINE: "", CHALK_THREADS: "", CHALK_DATA: "" },
    });
    expect(status).to.equal(0);
  });

  it("an engine that exists but not here: status 2, and doctor still says why", async () => {
    const env = {
      CHALK_ENGINE: "wasm",
      NODE_OPTIONS: "--import=data:text/javascript,delete%20globalThis.WebAssembly",
    };
    for (const args of [commands.gradcheck, commands.summary, commands.compare]) {
      const { status, stdout, stderr } = await run(args ?? [], { env });
      expect([status, stdout], stderr).to.deep.equal([2, ""]);
      expect(stderr).to.match(/^error: engine "wasm": there is no WebAssembly here/);
    }
    const { status, stdout } = await run(["doctor"], { env });
    expect(status).to.equal(2);
    expect(stdout)
      .to.contain("engine     none: CHALK_ENGINE=wasm is not available")
      .and.contain("– wasm   there is no WebAssembly here");
  });
});

describe("chalk-and-tape: output that cannot be written is one line, status 2", () => {
  it("a full disk", async function () {
    skipUnless(this, process.platform === "linux", "/dev/full, which Linux has");
    for (const args of [["doctor"], ["data", "list", "--json"], ["summary", "Mlp"]]) {
      const { status, stderr } = await run(args, { stdout: "/dev/full" });
      expect([status, stderr.split("\n").length], stderr).to.deep.equal([2, 2]);
      expect(stderr).to.match(/^error: the output cannot be written \(ENOSPC/);
    }
  });
});
