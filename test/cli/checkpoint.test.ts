import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { commandRunner } from "./run.ts";

const run = commandRunner();
const moons30 = ["compare", "--dataset", "moons", "--limit", "200", "--epochs", "30"];

/** The document without its times. */
const found = (stdout: string): unknown =>
  JSON.parse(stdout, (key, value) => (/seconds/i.test(key) ? 0 : value));

describe("chalk-and-tape compare --checkpoint", () => {
  it("kill -9, then --resume: the document of a run that nobody killed", async () => {
    const wanted = await run([...moons30, "--json"]);
    const save = ["--json", "--checkpoint", "run.safetensors", "--checkpoint-every", "2"];
    const { folder: cwd } = await run(["names", "Linear"]);
    const file = join(cwd, "run.safetensors");
    let kills = 0;
    const broken = await run([...moons30, ...save], {
      cwd,
      onStart: (child) => {
        const timer = setInterval(async () => {
          if (!(await stat(file).catch(() => null))) return;
          clearInterval(timer);
          if (child.kill("SIGKILL")) kills++;
        }, 1);
      },
    });
    expect([broken.status, kills]).to.deep.equal([null, 1]);
    const again = await run([...moons30, ...save, "--resume"], { cwd });
    expect(again.status, again.stderr).to.equal(0);
    expect(again.stderr).to.match(
      /\(goes on from run\.safetensors, after (step \d+ of epoch \d+|epoch \d+)\)/,
    );
    expect(found(again.stdout)).to.deep.equal(found(wanted.stdout));

    const once = await run([...moons30, ...save], { cwd });
    expect([once.status, once.stdout]).to.deep.equal([2, ""]);
    expect(once.stderr).to.match(/^error: --checkpoint run\.safetensors exists already; add --resume/);
    const other = await run([...moons30, ...save, "--resume", "--seed", "1"], { cwd });
    expect(other.status).to.equal(2);
    expect(other.stderr).to.contain("made by another job: seed is 0 there and 1 here;");
  }).timeout(20_000);

  const moons = ["compare", "--dataset", "moons", "--limit", "40", "--epochs", "1", "--json"];
  for (const [what, args, message] of [
    ["--resume alone", ["--resume"], /^error: --resume needs --checkpoint/],
    [
      "--checkpoint-every alone",
      ["--checkpoint-every", "3"],
      /^error: --checkpoint-every needs --checkpoint/,
    ],
    ["the end of a name", ["--checkpoint", "run.npz"], /does not end in "\.safetensors"/],
    [
      "a folder that is not there",
      ["--checkpoint", "no/run.safetensors"],
      /: there is no folder no; make it first/,
    ],
  ] as const)
    it(`${what}: one line, status 2`, async () => {
      const { status, stdout, stderr, left } = await run([...moons, ...args]);
      expect([status, stdout, left]).to.deep.equal([2, "", []]);
      expect(stderr)
        .to.match(message)
        .and.to.match(/^[^\n]+\n$/);
    });

  it("a folder in the file's place: one line, status 2", async () => {
    const { folder } = await run(["names", "Linear"]);
    await mkdir(join(folder, "run.safetensors"));
    const args = [...moons, "--checkpoint", join(folder, "run.safetensors"), "--resume"];
    const { status, stderr } = await run(args);
    expect(status).to.equal(2);
    expect(stderr).to.match(
      /^error: --checkpoint .*it cannot be written there \(run.safetensors in it is a folder\)/,
    );
  });

  it("without --dataset there are two runs, too many for one file", async () => {
    const { status, stderr, left } = await run(["compare", "--checkpoint", "run.safetensors"]);
    expect([status, left]).to.deep.equal([2, []]);
    expect(stderr).to.contain("--checkpoint needs --dataset");
  });

  it("a file of something else: its name, status 2", async () => {
    const { folder: cwd } = await run(["names", "Linear"]);
    await writeFile(join(cwd, "notes.safetensors"), "remember the milk, and the eggs too, and bread");
    const { status, stderr } = await run([...moons, "--checkpoint", "notes.safetensors", "--resume"], {
      cwd,
    });
    expect(status).to.equal(2);
    expect(stderr).to.match(/error: .*notes\.safetensors/);
  });
});
