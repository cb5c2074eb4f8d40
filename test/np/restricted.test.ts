import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { skipUnless } from "../skip.ts";

const root = join(import.meta.dirname, "../../..");
const command = join(root, "bin/chalk-and-tape.js");
/** Its name was another until Node 23. */
const permission = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";
const reads = "--allow-fs-read=*";
const nobody = { CHALK_ENGINE: "", CHALK_THREADS: "", OMP_NUM_THREADS: "" };

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
}

const script = `
  import { engine, engineReports, random } from "chalk-and-tape/np";
  const x = random(1).normal(0, 1, [300, 300]);
  let y = x;
  for (let i = 0; i < 50; i++) y = x.matmul(x).add(x);
  console.log(JSON.stringify({ engine: engine().name, sum: y.sum().item(), engines: engineReports() }));`;

/** Runs a program under these options of Node; `limit` is a line of the shell that starts it. */
async function run(
  options: readonly string[],
  words: readonly string[],
  env = {},
  limit = "",
): Promise<Ended> {
  const settings = { cwd: root, env: { ...process.env, ...nobody, ...env } };
  const args = [...options, ...words];
  if (limit === "") return promisify(execFile)(process.execPath, args, settings);
  return promisify(execFile)("sh", ["-c", `${limit} && exec "$0" "$@"`, process.execPath, ...args], settings);
}
const evaluate = (options: readonly string[], env = {}, limit = ""): Promise<Ended> =>
  run(options, ["--input-type=module", "--eval", script], env, limit);

/** Whether Node offers this option. */
function offers(option: string): boolean {
  try {
    execFileSync(process.execPath, [option, "--eval", ""], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("np under node --permission", () => {
  let free: { readonly sum: number };
  before(async () => {
    free = JSON.parse((await evaluate([], { CHALK_ENGINE: "wasm", CHALK_THREADS: "1" })).stdout);
  });

  it("computes on one thread where threads are forbidden, whatever engine", async () => {
    for (const [given, env, engine] of [
      [[], {}, "wasm"],
      [[], { CHALK_THREADS: "4" }, "wasm"],
      [[], { CHALK_ENGINE: "wasm" }, "wasm"],
      [[], { CHALK_ENGINE: "js" }, "js"],
      [["--allow-addons"], {}, null],
    ] as const) {
      const { stdout } = await evaluate([permission, reads, ...given], env);
      const found = JSON.parse(stdout);
      if (engine !== null) expect(found.engine).to.equal(engine);
      expect(found.sum).to.be.closeTo(free.sum, 1e-9 * Math.abs(free.sum));
      expect(stdout).not.to.match(/\d threads/);
    }
  });
  it("doctor says so, and how to allow threads and native libraries", async () => {
    const { stdout } = await run([permission, reads], [command, "doctor"]);
    expect(stdout)
      .to.match(/threads {4}1 \(node --permission forbids worker threads; --allow-worker allows them\)/)
      .and.match(/✓ wasm .*one thread/)
      .and.match(/– blas +koffi, .*may not be loaded; under node --permission, --allow-addons allows it/);
    const allowed = await run([permission, reads, "--allow-worker"], [command, "doctor"], {
      CHALK_THREADS: "3",
    });
    expect(allowed.stdout)
      .to.contain("threads    3 (CHALK_THREADS=3)")
      .and.match(/✓ wasm .*3 threads/);
  });
  it("a wrong CHALK_THREADS is still refused", async () => {
    const refused = await evaluate([permission, reads], { CHALK_THREADS: "0" }).catch((error) => error);
    expect(refused.stderr).to.contain('CHALK_THREADS is "0"');
  });
  it("koffi may not be read: wasm computes", async () => {
    const koffi = join(root, "node_modules/koffi");
    if (!existsSync(koffi)) return;
    const readable = [
      "dist",
      "node_modules/ndarray",
      "node_modules/ndarray-ops",
      "node_modules/cwise-compiler",
    ];
    const packages = ["uniq", "iota-array", "is-buffer", "d3-random", "pure-rand"].map(
      (name) => `node_modules/${name}`,
    );
    const allowed = [...readable, ...packages, "package.json", "node_modules/package.json"].map(
      (path) => `--allow-fs-read=${join(root, path)}${/json$/.test(path) ? "" : "/*"}`,
    );
    const { stdout } = await evaluate([permission, ...allowed, "--allow-addons"]);
    const { engine, engines } = JSON.parse(stdout);
    expect(engine).to.equal("wasm");
    expect(engines[2].summary).to.match(/koffi, .*may not be read; under node --permission, --allow-fs-read/);
  });
  it("compare trains and draws its report on this thread", async () => {
    const words = ["compare", "--dataset", "moons", "--epochs", "1", "--limit", "9", "--json"];
    const { stdout } = await run([permission, reads], [command, ...words]);
    expect(JSON.parse(stdout)).to.include({ agree: true, engine: "wasm" });
    const forbidden = await run([permission, reads], [command, ...words, "--report", "r"]).catch((e) => e);
    expect([forbidden.code, forbidden.stdout]).to.deep.equal([2, ""]);
    expect(forbidden.stderr).to.match(/error: --report r: no report can be written there \(Access/);
  });
});

describe("np under limits of memory", () => {
  before(function () {
    skipUnless(this, process.platform === "linux", "Linux, whose shell limits memory");
  });

  it("ulimit -v: another engine takes over and says so, with the remedy; doctor too", async () => {
    for (const kilobytes of [1_500_000, 4_000_000]) {
      const { stdout, stderr } = await evaluate([], {}, `ulimit -v ${kilobytes}`);
      const { engine, engines } = JSON.parse(stdout);
      if (engines[1].available) continue; // newer versions of Node manage with less
      expect(engine).to.be.oneOf(["js", "blas"]);
      expect(stderr.replace(/\s+/g, " "))
        .to.match(
          /Warning: WebAssembly cannot reserve its address space .* `ulimit -d` limits memory without this/,
        )
        .and.match(new RegExp(`Until then np computes with engine "${engine}"`));
      expect(stderr.match(/Until then/g)).to.have.length(1);
      const doctor = await run([], [command, "doctor"], {}, `ulimit -v ${kilobytes}`);
      expect(doctor.stdout)
        .to.match(new RegExp(`engine {5}${engine} `))
        .and.match(/– wasm +WebAssembly cannot reserve its address space .*`ulimit -d`/);
      const asked = await evaluate([], { CHALK_ENGINE: "wasm" }, `ulimit -v ${kilobytes}`).catch((e) => e);
      expect(asked.stderr).to.match(/engine "wasm": WebAssembly cannot reserve .*ulimit -d/);
    }
  });
  it("ulimit -v: no thread is started that does not fit, and no BLAS is loaded that would wait for ever", async () => {
    for (const kilobytes of [1_200_000, 1_600_000, 2_500_000]) {
      const { stdout } = await run([], [command, "doctor"], {}, `ulimit -v ${kilobytes}`);
      expect(stdout).to.match(/threads {4}1 \(/);
      const words = ["compare", "--dataset", "digits", "--limit", "64", "--epochs", "1", "--json"];
      const trained = await run([], [command, ...words], {}, `ulimit -v ${kilobytes}`);
      expect(JSON.parse(trained.stdout).agree).to.equal(true);
    }
  });
  it("the two remedies: ulimit -d, and no trap handler", async () => {
    const data = await evaluate([], { CHALK_ENGINE: "wasm" }, "ulimit -d 4000000");
    expect([JSON.parse(data.stdout).engine, data.stderr]).to.deep.equal(["wasm", ""]);
    const option = "--disable-wasm-trap-handler";
    if (!offers(option)) return;
    const plain = await evaluate([option], { CHALK_ENGINE: "wasm" }, "ulimit -v 4000000");
    expect([JSON.parse(plain.stdout).engine, plain.stderr]).to.deep.equal(["wasm", ""]);
  });
});
