import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { expect } from "chai";
import { strToU8, zipSync } from "fflate";
import { fileNameOf, type Handed, readRoster, readSubmissions, readTimestamp } from "#internal/grader";
import { skipUnless } from "../skip.ts";
import { Scratch } from "./tiny.ts";

const scratch = new Scratch();
after(() => scratch.remove());

async function textOf(handed: Handed | undefined): Promise<string> {
  if (!handed?.file) return `refused: ${handed?.refused}`;
  return new TextDecoder().decode(await handed.file.read(1000));
}

/** Students with the text that counts. */
async function read(paths: readonly string[], id = "hw1"): Promise<Record<string, string>> {
  const all = await readSubmissions(paths, id);
  return Object.fromEntries(await Promise.all(all.map(async (one) => [one.student, await textOf(one)])));
}

async function one(folder: string, id = "hw1"): Promise<Handed> {
  const [first, ...others] = await readSubmissions([scratch.path(folder)], id);
  expect(others).to.deep.equal([]);
  return first as Handed;
}

describe("what a class hands in", () => {
  it("takes folders, zips and single files", async () => {
    scratch.write("plain/ada/hw1.ts", "ada");
    scratch.write("plain/bob.zip", zipSync({ "hw1/hw1.ts": strToU8("bob"), "hw1/notes.txt": strToU8("") }));
    scratch.write("plain/cyd.ts", "cyd");
    scratch.write("plain/dan/deep/er/hw1.ts", "dan");
    scratch.write("plain/roster.csv", "student\nada\n");
    scratch.write("plain/.DS_Store", "");
    expect(await read([scratch.path("plain")])).to.deep.equal({
      ada: "ada",
      bob: "bob",
      cyd: "cyd",
      dan: "dan",
    });
  });
  it("reads nbgrader's tree with its times, and no other assignment", async () => {
    scratch.write("course/submitted/ada/hw1/hw1.ts", "ada");
    scratch.write("course/submitted/ada/hw1/timestamp.txt", "2026-03-02 01:59:00.123 Europe/Berlin");
    scratch.write("course/submitted/ada/hw2/hw2.ts", "other");
    scratch.write("course/submitted/bob/hw2/hw2.ts", "other");
    const all = await readSubmissions([scratch.path("course")], "hw1");
    expect(all.map(({ student, handedIn }) => [student, handedIn])).to.deep.equal([
      ["ada", "2026-03-02T00:59:00Z"],
    ]);
    expect(await textOf(all[0])).to.equal("ada");
  });
  it("reads Canvas: the latest attempt counts, and both are listed", async () => {
    const names = {
      "doejane_12345_67890_hw1-2.ts": "third",
      "doejane_12345_67900_hw1.ts": "first, with a larger number of the upload",
      "doejane_12345_67889_hw1-1.ts": "second",
      "doejane_12345_67891_notes.txt": "no code",
      "roepat_LATE_99_100_hw1.ts": "late",
    };
    const zip = zipSync(
      Object.fromEntries(Object.entries(names).map(([name, text]) => [name, strToU8(text)])),
    );
    const path = scratch.write("submissions.zip", zip);
    expect(await read([path])).to.deep.equal({ doejane_12345: "third", roepat_99: "late" });
    const [jane, pat] = await readSubmissions([path], "hw1");
    expect(jane?.attempt).to.equal(3);
    expect(jane?.notes.join("; ")).to.match(/attempt 1 of 3 \(doejane_12345_67900_hw1\.ts\): not counted/);
    expect(jane?.notes.join("; ")).to.match(/attempt 2 of 3 \(doejane_12345_67889/);
    expect(jane?.notes.join("; ")).to.contain("not used: doejane_12345_67891_notes.txt");
    expect(pat?.notes).to.deep.equal(["Canvas marks it as late"]);
  });
  it("reads Moodle and Blackboard", async () => {
    scratch.write("moodle/Jane Doe_123_assignsubmission_file_/hw1.ts", "jane");
    scratch.write("moodle/Pat Roe_7_assignsubmission_file_hw1.ts", "pat");
    scratch.write("moodle/hw1_kim_attempt_2026-01-30-15-30-10_hw1.ts", "kim 1");
    scratch.write("moodle/hw1_kim_attempt_2026-01-31-15-30-10_hw1.ts", "kim 2");
    expect(await read([scratch.path("moodle")])).to.deep.equal({
      "Jane Doe_123": "jane",
      "Pat Roe_7": "pat",
      kim: "kim 2",
    });
    const kim = (await readSubmissions([scratch.path("moodle")], "hw1")).find(
      ({ student }) => student === "kim",
    );
    expect(kim?.handedIn).to.equal("2026-01-31T15:30:10Z");
  });
  it("takes no time from a file that a student could write", async () => {
    const early = "2020-01-01 00:00:00 UTC";
    const zip = zipSync({ "hw1/hw1.ts": strToU8("x"), "hw1/timestamp.txt": strToU8(early) });
    scratch.write("own/hw1_kim_attempt_2026-01-30-15-30-10/hw1/hw1.ts", "kim");
    scratch.write("own/hw1_kim_attempt_2026-01-30-15-30-10/hw1/timestamp.txt", early);
    scratch.write("own/ada.zip", zip);
    scratch.write("own/bob/hw1.ts", "bob");
    scratch.write("own/bob/timestamp.txt", early);
    scratch.write("own/cyd/hw1/hw1.ts", "cyd");
    scratch.write("own/cyd/hw1/attempt_2/hw1.ts", "cyd 2");
    scratch.write("own/cyd/hw1/attempt_2/timestamp.txt", early);
    scratch.write("own/Jane Doe_123_assignsubmission_file_/hw1/hw1.ts", "jane");
    scratch.write("own/Jane Doe_123_assignsubmission_file_/hw1/timestamp.txt", early);
    const all = await readSubmissions([scratch.path("own")], "hw1");
    expect(all.map(({ student, handedIn }) => [student, handedIn])).to.deep.equal([
      ["Jane Doe_123", null],
      ["ada", null],
      ["bob", null],
      ["cyd", null],
      ["kim", "2026-01-30T15:30:10Z"],
    ]);
    for (const { notes } of all) expect(notes.join()).to.contain("timestamp.txt was not read");
  });
  it("takes attempts in folders", async () => {
    scratch.write("attempts/ada/attempt_2/hw1.ts", "second");
    scratch.write("attempts/ada/attempt_10/hw1.ts", "tenth");
    expect(await read([scratch.path("attempts")])).to.deep.equal({ ada: "tenth" });
  });
  it("finds students by the roster's patterns", async () => {
    const roster = scratch.write(
      "r.csv",
      'student,name,file,extension\nu1,"Doe, Jane",doejane_*,48\nu2,Pat van Roe,,\n',
    );
    scratch.write("named/doejane_1_2_hw1.ts", "jane");
    scratch.write("named/u2/hw1.ts", "pat");
    scratch.write("named/u3/hw1.ts", "nobody");
    const entries = await readRoster(roster);
    expect(entries.map((e) => [e.firstName, e.lastName, e.extension])).to.deep.equal([
      ["Jane", "Doe", 48],
      ["Pat van", "Roe", 0],
    ]);
    const all = await readSubmissions([scratch.path("named")], "hw1", entries);
    expect(all.map(({ student }) => student)).to.deep.equal(["u1", "u2", "u3"]);
    expect(all[2]?.notes).to.deep.equal(["not in the roster"]);
  });
});

describe("names of the file", () => {
  for (const name of ["hw1 (1).ts", "HW1.ts", "homework.TS"])
    it(`accepts ${name} with a note when it is the only one`, async () => {
      scratch.write(`name-${name}/ada/${name}`, "x");
      const { file, notes } = await one(`name-${name}`);
      expect(file?.path).to.equal(name);
      expect(notes.join()).to.contain("was taken for hw1.ts");
    });
  for (const [title, name] of [
    ["a Cyrillic letter", "һw1.ts"],
    ["a full-width digit", "hw１.ts"],
    ["a letter without width", "hw1\u200b.ts"],
    ["text from right to left", "hw1\u202e.ts"],
  ] as const)
    it(`refuses ${title}, and says so`, async () => {
      scratch.write(`strange-${title}/ada/${name}`, "x");
      const { file, refused } = await one(`strange-${title}`);
      expect(file).to.equal(null);
      expect(refused).to.contain("only look like plain ones");
    });
  it("takes the real one beside a look-alike, and names the others", async () => {
    scratch.write("both/ada/hw1.ts", "real");
    scratch.write("both/ada/һw1.ts", "strange");
    scratch.write("both/ada/old.ts", "old");
    const handed = await one("both");
    expect(await textOf(handed)).to.equal("real");
    expect(handed.notes.join()).to.contain("look like plain ones").and.to.contain("not used: old.ts");
  });
  it("refuses two of the same rank, and several of other names", async () => {
    scratch.write("twice/ada/a/hw1.ts", "1");
    scratch.write("twice/ada/b/hw1.ts", "2");
    expect((await one("twice")).refused).to.contain("more than once");
    scratch.write("several/ada/a.ts", "1");
    scratch.write("several/ada/b.ts", "2");
    expect((await one("several")).refused).to.contain("several others: a.ts, b.ts");
    scratch.write("none/ada/hw1.js", "1");
    expect((await one("none")).refused).to.contain("hw1.ts is missing");
  });
  it("never takes what a package manager or an editor left", async () => {
    for (const path of ["node_modules/x/hw1.ts", "__MACOSX/hw1.ts", ".git/hw1.ts", "types.d.ts"])
      scratch.write(`rubbish/ada/${path}`, "no");
    for (const name of ["package.json", "tsconfig.json", ".npmrc"])
      scratch.write(`rubbish/ada/${name}`, "not JSON {{{");
    scratch.write("rubbish/ada/hw1.ts", "yes");
    expect(await textOf(await one("rubbish"))).to.equal("yes");
  });
});

/** A zip whose bytes have one text instead of another of the same length. */
function patched(zip: Uint8Array, from: string, to: string): Uint8Array {
  const text = Buffer.from(zip).toString("latin1").replaceAll(from, to);
  return Uint8Array.from(Buffer.from(text, "latin1"));
}

/** A zip of one file whose directory says another size. */
function withSize(zip: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(size, bytes.indexOf("PK\u0001\u0002") + 24);
  return bytes;
}

describe("hostile folders and zips", () => {
  const refusedZip = async (name: string, zip: Uint8Array): Promise<string> => {
    scratch.write(`${name}/mal.zip`, zip);
    scratch.write(`${name}/zoe/hw1.ts`, "fine");
    const [mal, zoe] = await readSubmissions([scratch.path(name)], "hw1");
    expect(await textOf(zoe)).to.equal("fine");
    expect(mal?.file ?? null).to.equal(null);
    return mal?.refused ?? "";
  };

  it("refuses a path that leads outside", async () => {
    const zip = zipSync({ "aa/aa/hw1.ts": strToU8("x") });
    expect(await refusedZip("outside", patched(zip, "aa/aa/hw1.ts", "../../hw1.ts"))).to.contain(
      "relative path",
    );
    expect(await refusedZip("absolute", patched(zip, "aa/aa/hw1.ts", "/a/aa/hw1.ts"))).to.contain(
      "absolute path",
    );
    expect(await refusedZip("windows", patched(zip, "aa/aa/hw1.ts", "..\\aa\\hw1.ts"))).to.contain(
      "invalid char",
    );
  });
  it("refuses the same path twice", async () => {
    const zip = zipSync({ "hw1.ts": strToU8("x"), "hw2.ts": strToU8("y") });
    expect(await refusedZip("same", patched(zip, "hw2.ts", "hw1.ts"))).to.contain("twice");
  });
  it("refuses a link in a zip", async () => {
    const link = zipSync({ "hw1.ts": [strToU8("/etc/passwd"), { os: 3, attrs: 0o120777 * 2 ** 16 }] });
    expect(await refusedZip("link", link)).to.contain("hw1.ts is a link: refused");
  });
  it("refuses too many entries, too many bytes, and too good a packing", async () => {
    const many = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}.txt`, strToU8("")]));
    expect(await refusedZip("many", zipSync(many))).to.contain("1001 entries");
    const big = withSize(zipSync({ "big.bin": strToU8("x".repeat(5000)) }), 21 * 2 ** 20);
    expect(await refusedZip("big", big)).to.contain("more than 20971520 bytes");
    const flood = zipSync({ "hw1.ts": new Uint8Array(2 * 2 ** 20) });
    expect(await refusedZip("flood", flood)).to.contain("100 times its size");
  });
  it("refuses a size that lies", async () => {
    scratch.write("lies/mal.zip", withSize(zipSync({ "hw1.ts": strToU8("x".repeat(5000)) }), 10));
    const lies = await one("lies");
    const error = await lies.file?.read(2 ** 20).then(
      () => "read",
      (e: Error) => e.message,
    );
    expect(error).to.contain("cannot be unpacked");
  });
  it("refuses bytes that are no zip", async () => {
    expect(await refusedZip("garbage", strToU8("PK no zip at all"))).to.contain("cannot be read");
  });
  it("opens no zip in a zip in a zip, and no class archive among students", async () => {
    const inner = zipSync({ "hw1.ts": strToU8("x") });
    expect(await refusedZip("nested", zipSync({ "inner.zip": inner }))).to.contain("hw1.ts is missing");
    // A student's own zip cannot speak for another student.
    scratch.write("forged/mal.zip", zipSync({ "doejane_1_999_hw1.ts": strToU8("forged") }));
    scratch.write("forged/doejane_1_2_hw1.ts", "jane");
    expect(await read([scratch.path("forged")])).to.deep.equal({ doejane_1: "jane", mal: "forged" });
  });
  it("refuses links in folders, without reading through them", async function () {
    skipUnless(this, process.platform !== "win32", "links and pipes");
    const secret = scratch.write("secret.ts", "secret");
    mkdirSync(scratch.path("links/ada"), { recursive: true });
    symlinkSync(secret, scratch.path("links/ada/hw1.ts"));
    expect((await one("links")).refused).to.contain("hw1.ts is a link: refused");
    mkdirSync(scratch.path("whole"));
    symlinkSync(scratch.path("plain/ada"), scratch.path("whole/eve"));
    expect((await one("whole")).refused).to.contain("eve was refused: it is a link");
    mkdirSync(scratch.path("pipe/ada"), { recursive: true });
    execFileSync("mkfifo", [scratch.path("pipe/ada/hw1.ts")]);
    expect((await one("pipe")).refused).to.contain("not a file");
  });
  it("refuses a link that took the place of a file after it was found", async function () {
    skipUnless(this, process.platform !== "win32", "links");
    const path = scratch.write("swap/ada/hw1.ts", "x");
    const { file } = await one("swap");
    execFileSync("ln", ["-sf", scratch.path("secret.ts"), path]);
    const error = await file?.read(1000).then(
      () => "read",
      (e: Error) => e.message,
    );
    expect(error).to.equal("it is a link");
  });
  it("refuses 10,000 files and a source of 100 MB", async function () {
    this.timeout(20_000);
    for (let i = 0; i < 1001; i++) scratch.write(`files/ada/${i}.txt`, "");
    expect((await one("files")).refused).to.contain("more than 1000 entries");
    truncateSync(scratch.write("long/ada/hw1.ts", ""), 100_000_000);
    const error = await (await one("long")).file?.read(2 ** 20).catch((e: Error) => e.message);
    expect(error).to.equal("it has 100000000 bytes, expected at most 1048576");
  });
  it("refuses a path that is neither a folder nor a zip", async () => {
    const error = await readSubmissions([scratch.path("r.csv")], "hw1").catch((e: unknown) => e);
    expect(error).to.be.instanceOf(RangeError);
  });
});

describe("times and file names", () => {
  it("reads nbgrader's time stamps", () => {
    expect(readTimestamp("2015-02-02 15:58:23.948203 America/Los_Angeles")).to.equal("2015-02-02T23:58:23Z");
    expect(readTimestamp("2015-07-02 15:58:23 UTC\n")).to.equal("2015-07-02T15:58:23Z");
    expect(readTimestamp("2015-07-02 15:58:23 +0530")).to.equal("2015-07-02T10:28:23Z");
    expect(readTimestamp("2015-07-02 15:58:23")).to.equal("2015-07-02T15:58:23Z");
    expect(readTimestamp("yesterday")).to.equal(null);
    expect(readTimestamp("2015-07-02 15:58:23 Nowhere/Land")).to.equal(null);
  });
  it("makes a safe file name of any id, and never the same for two", () => {
    const ids = [
      "a",
      "../a",
      "a/b",
      "a\\b",
      "a%2Fb",
      "..",
      ".",
      "",
      "a\0b",
      "é",
      "con",
      "a ",
      "x".repeat(300),
    ];
    const names = [...ids, "x".repeat(301)].map(fileNameOf);
    for (const name of names) expect(name).to.match(/^[\w@%-][\w@%. -]*$/);
    expect(new Set(names).size).to.equal(names.length);
    expect(fileNameOf("doejane_12345")).to.equal("doejane_12345");
  });
});
