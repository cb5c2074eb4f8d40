import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { FileSet } from "chalk-and-tape/datasets";
import { labels, put } from "./idx-files.ts";
import { scratchFolder } from "./scratch-folder.ts";

const content = labels(...Array.from({ length: 5000 }, (_, i) => (i * i) % 10));
const name = "train-labels-idx1-ubyte";

/** Stands in for the main program: adds the command, and gives errors status 2. */
const program = `
  import { Command } from "commander";
  const { dataCommand } = await import(process.argv[1]);
  const sets = JSON.parse(process.argv[2]);
  if (process.env.EXIT_ON_SIGINT) process.on("SIGINT", () => process.exit(130));
  const main = new Command("chalk-and-tape").addCommand(dataCommand(new Command("data"), sets ?? undefined));
  await main.parseAsync(process.argv.slice(3), { from: "user" }).catch((error) => {
    console.error(error.name + ": " + error.message);
    process.exitCode = 2;
  });`;
const command = pathToFileURL(join(import.meta.dirname, "../../../dist/cli/data.js")).href;

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  args: readonly string[],
  sets: Record<string, FileSet> | null,
  onStderr?: (text: string, interrupt: () => void) => void,
  env: Record<string, string> = {},
): Promise<Outcome> {
  const options = ["--input-type=module", "-e", program, command, JSON.stringify(sets), "data", ...args];
  const child = spawn(process.execPath, options, { env: { ...process.env, CHALK_DATA: "", ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    onStderr?.(stderr, () => child.kill("SIGINT"));
  });
  return new Promise((done) => child.on("close", (status) => done({ status, stdout, stderr })));
}

describe("chalk-and-tape data", () => {
  const scratch = scratchFolder();
  let server: Server;
  let sets: Record<string, FileSet>;

  before((done) => {
    server = createServer((request, response) => {
      if (request.url?.startsWith("/good")) response.end(gzipSync(content));
      else if (request.url?.startsWith("/stalls")) response.write(gzipSync(content).subarray(0, 500));
      else response.writeHead(404).end();
    }).listen(0, "127.0.0.1", () => {
      sets = { mnist: setAt("missing", "good") };
      done();
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const setAt = (...mirrors: string[]): FileSet => ({
    folder: "mnist",
    mirrors: mirrors.map((path) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}/`),
    files: [{ name, sha256: createHash("sha256").update(content).digest("hex"), sizeBytes: content.length }],
  });

  it("fetch: gets the file from the second mirror, in plain lines on stderr, one line on stdout, status 0", async () => {
    const root = await scratch.make();
    const { status, stdout, stderr } = await run(["fetch", "mnist", "--data", root], sets);
    expect(status, stderr).to.equal(0);
    expect(stdout.trim().split("\n").length).to.equal(1);
    expect(stderr).to.contain("HTTP 404").and.to.contain("fetched and checked").and.not.to.contain("\u001b");
    expect(gzipSync(content).equals(await readFile(join(root, "mnist", `${name}.gz`)))).to.equal(true);
    const again = await run(["fetch", "mnist", "--data", root, "--json"], sets);
    const path = join(root, "mnist", `${name}.gz`);
    expect(JSON.parse(again.stdout)).to.deep.equal({
      root,
      dataset: "mnist",
      files: [{ name, path, status: "present" }],
    });
  });

  it("fetch: no mirror that has the file gives status 2, a reason and nothing on stdout", async () => {
    const root = await scratch.make();
    const { status, stdout, stderr } = await run(["fetch", "mnist", "--data", root, "--json"], {
      mnist: setAt("missing"),
    });
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.contain("DataError").and.to.contain("HTTP 404");
    expect(await readdir(join(root, "mnist"))).to.deep.equal([]);
  });

  for (const [how, env] of [
    ["ends it at once", {}],
    ["caught by a main program that exits on the spot", { EXIT_ON_SIGINT: "1" }],
  ] as const)
    it(`fetch: Ctrl-C ${how}: status 130 and nothing half-written`, async function () {
      if (process.platform === "win32") this.skip(); // There kill() ends a process without asking it.
      const root = await scratch.make();
      let interrupted = false;
      const { status } = await run(
        ["fetch", "mnist", "--data", root],
        { mnist: setAt("stalls", "good") },
        (text, interrupt) => {
          if (interrupted || !text.includes("/stalls/")) return;
          interrupted = true;
          setTimeout(interrupt, 200);
        },
        env,
      );
      expect(status).to.equal(130);
      // Had it waited for the stalled server, the good one would have sent the file.
      expect(await readdir(join(root, "mnist"))).to.deep.equal([]);
    });

  for (const [how, env] of [
    ["ends it at once", {}],
    ["caught by a main program that exits on the spot", { EXIT_ON_SIGINT: "1" }],
  ] as const)
    it(`fetch of an archive: Ctrl-C ${how}: status 130 and nothing half-written`, async function () {
      if (process.platform === "win32") this.skip(); // There kill() ends a process without asking it.
      const root = await scratch.make();
      let interrupted = false;
      const set: FileSet = {
        ...setAt("stalls"),
        archive: { name: "things.tar.gz", sizeBytes: 100_000, md5: "0".repeat(32), others: [] },
      };
      const { status } = await run(
        ["fetch", "mnist", "--data", root],
        { mnist: set },
        (text, interrupt) => {
          if (interrupted || !text.includes("/stalls/")) return;
          interrupted = true; // a second signal would end Node itself
          setTimeout(interrupt, 300);
        },
        env,
      );
      expect(status).to.equal(130);
      expect(await readdir(join(root, "mnist"))).to.deep.equal([]);
    });

  it("verify: status 0 when right, 1 when damaged or missing; the JSON says which and why", async () => {
    const root = await scratch.make();
    const verify = async (): Promise<
      [number | null, { ok: boolean; datasets: [{ files: [{ status: string }] }] }]
    > => {
      const { status, stdout } = await run(["verify", "--data", root, "--json"], sets);
      return [status, JSON.parse(stdout)];
    };
    const seen: unknown[] = [];
    const note = async (): Promise<void> => {
      const [status, { ok, datasets }] = await verify();
      seen.push([status, ok, datasets[0].files[0].status]);
    };
    await note();
    const path = await put(root, `${name}.gz`, content);
    await note();
    await writeFile(path, gzipSync(content.map((byte) => byte ^ 1)));
    await note();
    expect(seen).to.deep.equal([
      [1, false, "missing"],
      [0, true, "ok"],
      [1, false, "damaged"],
    ]);
    const { stderr, stdout } = await run(["verify", "mnist", "--data", root], sets);
    expect(stderr).to.contain(`damaged    ${path}: ${content.length} bytes with SHA-256`);
    expect(stdout).to.contain("mnist: 1 of 1 files missing or damaged; npx chalk-and-tape data fetch mnist");
  });

  it("verify: what cannot be checked is not right, and is said; without names only what is here is checked", async () => {
    const root = await scratch.make();
    await put(root, name, content, "others");
    const others: FileSet = {
      folder: "others",
      mirrors: [],
      files: [{ name, sizeBytes: content.length, md5: "0".repeat(32) }],
    };
    const { status, stdout, stderr } = await run(["verify", "--data", root], { ...sets, cifar10: others });
    expect(status).to.equal(1);
    expect(stdout.trim()).to.equal(
      "cifar10: 1 of the right size, but without a known checksum; npx chalk-and-tape data fetch cifar10 downloads the published files",
    );
    expect(stderr).to.contain("unverified").and.not.to.contain("missing");
  });

  it("list: every dataset with its state, as a table or JSON", async () => {
    const root = await scratch.make();
    const table = await run(["list", "--data", root], null);
    expect(table.stdout)
      .to.match(/^moons +generated/m)
      .and.to.match(/^mnist +absent/m);
    await put(root, `${name}.gz`, content);
    const { stdout } = await run(["list", "--data", root, "--json"], null);
    const { datasets } = JSON.parse(stdout);
    expect(datasets.find((entry: { name: string }) => entry.name === "mnist")).to.include({
      status: "incomplete",
      path: join(root, "mnist"),
    });
  });

  it("where: the folder, and what chose it", async () => {
    const root = await scratch.make();
    const { status, stdout } = await run(["where", "--data", root, "--json"], null);
    expect([status, JSON.parse(stdout)]).to.deep.equal([0, { root, from: "option" }]);
    expect((await run(["where", "--data", root], null)).stdout.split("\n")[0]).to.equal(root);
  });

  it("an unknown dataset gives status 2 and the known names; a generated one has nothing to fetch", async () => {
    const root = await scratch.make();
    for (const verb of ["fetch", "verify"]) {
      const { status, stdout, stderr } = await run([verb, "mnits", "--data", root], sets);
      expect([status, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.contain("RangeError").and.to.contain('mean "mnist"?');
      expect((await run([verb, "moons", "--data", root], sets)).status).to.equal(0);
    }
    expect(await readdir(root)).to.deep.equal([]);
  });
});
