import { type ChildProcess, spawn } from "node:child_process";
import { copyFile, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { array } from "chalk-and-tape/np";
import { Checkpoint, loadState, saveState } from "chalk-and-tape/training";

const writer = fileURLToPath(new URL("writer.js", import.meta.url));

describe("training, temporary files of killed processes", function () {
  this.timeout(60_000);
  let folder: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-killed-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await closed(child);
    }
    await rm(folder, { recursive: true });
  });

  const closed = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => child.once("close", () => resolve()));
  const temporary = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith(".tmp"));
  /** Starts a writer and sends it a signal while it is writing; returns its temporary file. */
  async function stoppedWhileWriting(name: string, signal: "SIGKILL" | "SIGSTOP"): Promise<string> {
    const known = await temporary();
    for (;;) {
      const child = spawn(process.execPath, [writer, join(folder, name)], { stdio: "inherit" });
      children.push(child);
      const fresh = async (): Promise<string | undefined> =>
        (await temporary()).find((one) => !known.includes(one));
      while (!(await fresh())) await new Promise((resolve) => setTimeout(resolve, 1));
      child.kill(signal);
      if (signal === "SIGKILL") await closed(child);
      else await new Promise((resolve) => setTimeout(resolve, 50));
      const left = await fresh();
      if (left) return left; // else it had just finished
      child.kill("SIGKILL");
      await closed(child);
    }
  }

  it("the next write removes them, whatever it writes", async () => {
    await stoppedWhileWriting("a.npz", "SIGKILL");
    expect(await temporary()).to.have.length(1);
    await saveState(join(folder, "b.safetensors"), { w: array(1) });
    expect(await temporary()).to.deep.equal([]);
  });
  it("a run that starts or resumes removes them, even if it has nothing to write", async () => {
    await stoppedWhileWriting("run.safetensors", "SIGKILL");
    await rm(join(folder, "run.safetensors"), { force: true });
    expect(await new Checkpoint(join(folder, "run.safetensors"), { resume: true }).load()).to.equal(null);
    expect(await temporary()).to.deep.equal([]);
  });
  it("those of a running process stay, and it goes on", async () => {
    const left = await stoppedWhileWriting("a.npz", "SIGSTOP");
    await saveState(join(folder, "b.npz"), { w: array(1) });
    expect(await temporary()).to.deep.equal([left]);
    children.at(-1)?.kill("SIGCONT");
    while ((await temporary()).includes(left)) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await loadState(join(folder, "a.npz"))).w?.size).to.equal(2 ** 21);
  });

  describe("by the name and age of a file", () => {
    const day = 24 * 60 * 60 * 1000;
    let dead: string;
    beforeEach(async () => {
      dead = await stoppedWhileWriting("a.npz", "SIGKILL");
    });
    /** The dead process's file under another name, with another age. */
    const aged = async (name: string, age: number): Promise<void> => {
      await copyFile(join(folder, dead), join(folder, name));
      const then = (Date.now() - age) / 1000;
      await utimes(join(folder, name), then, then);
    };
    const left = async (): Promise<string[]> => {
      await saveState(join(folder, "b.npz"), { w: array(1) });
      return temporary();
    };
    /** The parts of a name: machine, process, random. */
    const renamed = (pid: number, machine?: string): string => {
      const [, ours = "", random = ""] = /^chalk-and-tape-(.{8})-\d+-(.*)$/.exec(dead) ?? [];
      expect(random).to.not.equal("");
      return `chalk-and-tape-${machine ?? ours}-${pid}-${random}`;
    };

    it("a number that this process has again, as in a container", async () => {
      const old = 1000 * process.uptime() + 60_000;
      await aged(renamed(process.pid), old);
      expect(await left()).to.deep.equal([]);
      await writeFile(join(folder, renamed(process.pid)), "being written by another thread");
      expect(await left()).to.deep.equal([renamed(process.pid)]);
    });
    it("another machine's stays for a day, and so does one whose number another process has", async () => {
      for (const name of [renamed(4_194_300, "0badcafe"), renamed(process.ppid)]) {
        await writeFile(join(folder, name), "half");
        expect(await left(), name).to.deep.equal([name]);
        await utimes(join(folder, name), (Date.now() - day - 1000) / 1000, (Date.now() - day - 1000) / 1000);
        expect(await left(), name).to.deep.equal([]);
      }
    });
    it("a file of another program stays, however old", async () => {
      const names = ["mlp.npz.tmp", "b.npz.4194300-3.tmp", "chalk-and-tape-notes.tmp"];
      for (const name of names) await aged(name, 9 * day);
      expect((await left()).sort()).to.deep.equal(names.sort());
    });
  });
});
