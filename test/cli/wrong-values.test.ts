import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";

const dist = pathToFileURL(join(import.meta.dirname, "../../../dist/cli/")).href;

/** One option of the table: where it belongs, and what it takes; "" if nothing. */
interface Row {
  readonly path: readonly string[];
  readonly flag: string;
  readonly takes: string;
}
interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Prints the table of all options. */
const table = `
  const { commandsFor } = await import("${dist}commands.js");
  const names = (await commandsFor([])).map((command) => command.name());
  const rows = (command, path) => [
    ...command.options.map((option) => ({ path, flag: option.long, takes: /<.*>/.exec(option.flags)?.[0] ?? "" })),
    ...command.commands.flatMap((sub) => rows(sub, [...path, sub.name()])),
  ];
  const all = await Promise.all(names.map(async (name) => (await commandsFor([name])).find((c) => c.name() === name)));
  console.log(JSON.stringify(all.flatMap((command) => rows(command, [command.name()]))));`;

/** Runs one line after another, as the main program does, and prints how each ended. */
const lines = `
  const { runLine } = await import("${dist}program.js");
  const { reportError } = await import("${dist}exit.js");
  const write = process.stdout.write.bind(process.stdout);
  const ended = [];
  for (const line of JSON.parse(process.argv[1])) {
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"])
      process[stream].write = (text) => ((said[stream] += text), true);
    const status = await runLine(line).then(() => process.exitCode ?? 0, reportError);
    ended.push({ status, ...said });
  }
  write(JSON.stringify(ended));
  process.exitCode = 0;`;

async function node(code: string, cwd: string, ...args: string[]): Promise<unknown> {
  const env = { ...process.env, CHALK_DATA: join(cwd, "no-data") };
  const options = { cwd, env, maxBuffer: 2 ** 26 };
  const words = ["--input-type=module", "--eval", code, ...args];
  return JSON.parse((await promisify(execFile)(process.execPath, words, options)).stdout);
}

/** No option takes these numbers. */
const neverNumbers = [
  "",
  " ",
  "x",
  "nan",
  "NaN",
  "Infinity",
  "-1",
  "0x10",
  "0b1",
  "1_000",
  "1,5",
  "1 2",
  "1e999",
];
/** Only a learning rate takes these, or a seed 0. */
const noCounts = ["1.5", "1e99", "1e-400", "4294967296", "9007199254740993"];
const wrong: Readonly<Record<string, readonly string[]>> = {
  "<n>": neverNumbers,
  "<shape>": ["", ",", "3,,3", "0,3", "-1", "1e99", "1.5", "x", "3x3", "3;3", "Infinity", "0x10"],
  "<name>": ["", " ", "nonsense", "__proto__", "constructor", "toString"],
  "<dir>": ["", " ", import.meta.filename, join(import.meta.filename, "inside")],
  "<file>": ["", " ", join(import.meta.filename, "inside")],
  "<file.safetensors>": [
    "",
    " ",
    "run",
    "run.npz",
    ".safetensors",
    join(import.meta.filename, "in.safetensors"),
  ],
  "<path>": ["", " ", "not-there.ts"],
  "<csv>": ["", " ", "not-there.csv", join(import.meta.filename, "inside")],
  "<part/parts>": ["", " ", "2", "0/5", "6/5", "1/0", "a/b", "1.5/2", "-1/5"],
  "<student>": ["", " "],
  "<time>": ["", " ", "tomorrow", "2026-03-01", "2026-03-01T23:59", "2026-13-01T23:59:00Z"],
  "<rule>": ["", " ", "10%", "much", "-10% per day"],
};

function wrongValues({ flag, takes }: Row): readonly string[] {
  if (takes !== "<n>") return wrong[takes] ?? [];
  if (flag === "--lr") return [...neverNumbers, "0", "1e-400"];
  return [...neverNumbers, ...noCounts, ...(flag === "--seed" ? [] : ["0"])];
}

const ofFiles = {
  "<file>": "file",
  "<file.safetensors>": "file.safetensors",
  "<path>": import.meta.filename,
  "<csv>": import.meta.filename,
  "<part/parts>": "1/2",
  "<student>": "ada",
  "<time>": "2026-03-01T23:59:00Z",
  "<rule>": "10% per day, at most 3",
};

/** A value that the option takes. */
function right({ flag, takes }: Row): string {
  if (takes !== "<name>")
    return { "<shape>": "1,28,28", "<n>": "1", "<dir>": "folder", ...ofFiles }[takes] ?? "";
  const names = {
    "--dataset": "moons",
    "--dtype": "float64",
    "--optimizer": "adam",
    "--engine": "js",
    "--side": "manual",
    "--to": "pytorch",
  };
  return (names as Record<string, string>)[flag] ?? "MlpClassifier";
}

/** What the command needs besides the option. */
function others({ path, flag }: Row): string[] {
  if (path[0] === "compare") return flag === "--dataset" ? ["--epochs", "1"] : ["--dataset", "moons"];
  if (path[0] === "summary") return ["Mlp"];
  if (path[0] === "export") return ofExport(flag);
  if (path[0] === "homework") return ofHomework(path[1] as string, flag);
  return path[1] === "fetch" || path[1] === "verify" ? ["digits"] : [];
}

/** A small export, without the option itself. */
function ofExport(flag: string): string[] {
  const needed = { "--model": "MlpClassifier", "--to": "pytorch" };
  return ["out", ...Object.entries(needed).flatMap(([name, value]) => (name === flag ? [] : [name, value]))];
}

/** Arguments and options that a subcommand of homework needs. */
function ofHomework(command: string, flag: string): string[] {
  const needed: Readonly<Record<string, readonly string[]>> = {
    grade: ["hw1", "submissions", "--out", "out"],
    merge: ["part", "--out", "out"],
    viva: ["ada", "--out", "out"],
    gradescope: ["hw1", "--out", "out.zip"],
  };
  const words = [...(needed[command] ?? ["hw1"])];
  return flag === "--out" ? words.filter((word) => !/^(--out|out)/.test(word)) : words;
}

describe("chalk-and-tape: no option takes a wrong value, silently or late", () => {
  let folder: string;
  let rows: readonly Row[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
    rows = (await node(table, folder)) as readonly Row[];
  });
  after(() => rm(folder, { recursive: true }));

  /** Expects status 2, one line on stderr, nothing else, for every line. */
  const allRefused = async (wrongLines: readonly (readonly string[])[], says?: RegExp): Promise<void> => {
    expect(wrongLines).to.have.length.above(5);
    const ended = (await node(lines, folder, JSON.stringify(wrongLines))) as readonly Ended[];
    const accepted = wrongLines.flatMap((line, i) => {
      const { status, stdout, stderr } = ended[i] as Ended;
      const isRight = status === 2 && stdout === "" && /^error: [^\n]+\n$/.test(stderr);
      return isRight && (says?.test(stderr) ?? true) ? [] : [{ line, status, stdout, stderr }];
    });
    expect(accepted, JSON.stringify(accepted, null, 1)).to.deep.equal([]);
    expect(await readdir(folder)).to.deep.equal([]);
  };

  it("the table holds every kind of option", () => {
    expect(rows.length).to.be.at.least(25);
    expect([...new Set(rows.map(({ takes }) => takes))].sort()).to.deep.equal(
      ["", ...Object.keys(wrong)].sort(),
    );
  });
  it("wrong values: the message quotes them", () =>
    allRefused(
      rows.flatMap((row) => wrongValues(row).map((value) => [...row.path, ...others(row), row.flag, value])),
    ));
  it("options that are given twice", () =>
    allRefused(
      rows.flatMap((row) => {
        const once = row.takes === "" ? [row.flag] : [row.flag, right(row)];
        return [[...row.path, ...others(row), ...once, ...once]];
      }),
      /is given twice|cannot be used with/,
    ));
  it("options without their value", () =>
    allRefused(
      rows.filter(({ takes }) => takes !== "").map((row) => [...row.path, ...others(row), row.flag]),
      /argument missing/,
    ));
  it("unknown options, and a value for one that takes none", () =>
    allRefused(
      rows.flatMap((row) => [
        [...row.path, ...others({ ...row, flag: `${row.flag}x` }), `${row.flag}x`, "1"],
        ...(row.takes === "" ? [[...row.path, ...others(row), `${row.flag}=1`]] : []),
      ]),
      /unknown option/,
    ));
});
