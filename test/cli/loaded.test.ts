import { join } from "node:path";
import { expect } from "chai";
import { engineReports } from "chalk-and-tape/np";
import { loadedBy } from "./loaded.ts";
import { command } from "./run.ts";

const root = join(import.meta.dirname, "../../..");

/** The folders and packages of what `import("chalk-and-tape/…")` loads, and what the code after it adds. */
async function roomsOf(entry: string, after = ""): Promise<string[]> {
  const code = `import * as entry from "chalk-and-tape/${entry}"; ${after}`;
  const names = await loadedBy(["--input-type=module", "--eval", code], root);
  return [...new Set(names.map((name) => name.replace(/(?<!^@.*)\/.*/, "")))].sort();
}

// Start-up is fast where little is loaded; the seconds themselves are measured in bench/.
describe("what is loaded", () => {
  it("--help: the names of the commands, and commander", async () => {
    expect(await loadedBy([command, "--help"], root)).to.deep.equal([
      "cli/commands",
      "cli/exit",
      "cli/main",
      "cli/near-commands",
      "cli/package-folder",
      "cli/program",
      "commander",
    ]);
  });

  const heavy = ["@bufbuild/protobuf", "koffi", "mathjs", "tar", "vega", "vega-lite"];
  for (const name of [
    "compare",
    "gradcheck",
    "summary",
    "export",
    "data",
    "names",
    "doctor",
    "notebook",
    "new",
    "study",
  ])
    it(`${name} --help: no other command, no picture, no symbol, no native library`, async () => {
      const loaded = await loadedBy([command, name, "--help"], root);
      const commands = loaded.filter((path) =>
        /^cli\/(compare|gradcheck|summary|export|data|names|doctor|notebook|new|study)$/.test(path),
      );
      expect(commands).to.deep.equal([`cli/${name}`]);
      expect(loaded.filter((path) => heavy.includes(path))).to.deep.equal([]);
    });

  const views = ["cwise-compiler", "iota-array", "is-buffer", "ndarray", "ndarray-ops", "uniq"];
  const arrays = [...views, "d3-random", "np", "pure-rand"];
  for (const [entry, known] of [
    ["np", arrays],
    ["contracts", [...arrays, "contracts"]],
    ["initialisers", [...arrays, "contracts", "initialisers"]],
    ["training", [...arrays, "fflate", "training"]],
    ["manual", [...arrays, "contracts", "initialisers", "manual", "training"]],
    ["autograd", [...arrays, "autograd", "contracts", "initialisers", "training"]],
    ["gradcheck", [...arrays, "gradcheck"]],
    ["datasets", [...arrays, "datasets"]],
    ["plots", [...arrays, "fast-png", "fflate", "iobuffer", "plots"]],
  ] as const)
    it(`${entry}: itself and what it stands on`, async () => {
      expect(await roomsOf(entry)).to.deep.equal([...known].sort());
    });

  it("compare: no engine is looked for before the first array", async () => {
    expect(await roomsOf("compare"))
      .to.contain("gradcheck")
      .and.not.to.contain("koffi");
    const found = engineReports().find(({ name }) => name === "blas");
    if (found?.available) expect(await roomsOf("np", "entry.array([1])")).to.contain("koffi");
  });
});
