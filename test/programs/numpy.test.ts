import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { abs, array, max, type NDArray, type NestedArrays } from "chalk-and-tape/np";
import { run as kMeans } from "./numpy/k-means.ts";
import { run as nonlinearClassifier } from "./numpy/nonlinear-classifier.ts";
import { run as pca } from "./numpy/pca.ts";
import { run as softmaxRegression } from "./numpy/softmax-regression.ts";
import { run as twoLayerNet } from "./numpy/two-layer-net.ts";

type Numbers = number | readonly Numbers[];
interface Program {
  readonly sha256: string;
  readonly answers: Readonly<Record<string, Numbers>>;
}

// Run from .build/test/programs; what is not compiled lies in the repository.
const fixtures = new URL("../../../test/fixtures/programs/", import.meta.url);
const sources = new URL("../../../test/programs/numpy/", import.meta.url);
const { programs } = JSON.parse(readFileSync(new URL("numpy.json", fixtures), "utf8")) as {
  readonly programs: Readonly<Record<string, Program>>;
};
const runs: Readonly<Record<string, () => Readonly<Record<string, NestedArrays>>>> = {
  "k-means": kMeans,
  "nonlinear-classifier": nonlinearClassifier,
  pca,
  "softmax-regression": softmaxRegression,
  "two-layer-net": twoLayerNet,
};

/** The comments at the start or the end of a line, without quotes, dots and the way that names are written. */
function comments(text: string, mark: RegExp): string[] {
  return text
    .split("\n")
    .flatMap((line) => mark.exec(line)?.groups?.text ?? [])
    .map((comment) => comment.replaceAll("_", "").toLowerCase());
}

/** The lines that do something: no blanks, comments, imports, closing braces and fields of classes, which Python does without. */
function statements(text: string): string[] {
  const empty = /^\s*(?:$|#|\/|"""|import |[})\];]+$|\w+(?:: np\.NDArray| = np\.zeros\(0\));$)/;
  return text.split("\n").filter((line) => !empty.test(line));
}

describe("programs of a NumPy user", () => {
  it("every program has its Python twin, and the twin's numbers", () => {
    const typed = readdirSync(sources).map((name) => name.replace(".ts", ""));
    expect(typed.sort()).to.deep.equal(Object.keys(runs));
    expect(Object.keys(programs)).to.deep.equal(Object.keys(runs));
  });
  for (const [name, run] of Object.entries(runs)) {
    const { sha256, answers } = programs[name];
    const python = readFileSync(new URL(`numpy-${name}.py`, fixtures), "utf8");

    it(`${name}: NumPy's numbers are those of the Python twin as it stands; else npm run fixtures`, () => {
      expect(createHash("sha256").update(python).digest("hex")).to.equal(sha256);
    });
    it(`${name}: the twins are written line by line, with the same comments`, () => {
      const typescript = readFileSync(new URL(`${name}.ts`, sources), "utf8");
      expect(statements(typescript).length).to.equal(statements(python).length);
      const here = comments(typescript, /(?:^|\s)\/\/ (?!biome-ignore)(?<text>.*)$/);
      expect(here).to.deep.equal(comments(python, /(?:^|\s)# (?<text>.*)$/));
    });
    it(`${name}: the same numbers as NumPy, to 1e-10`, () => {
      const numbers = run();
      expect(Object.keys(numbers)).to.deep.equal(Object.keys(answers));
      for (const [key, answer] of Object.entries(answers)) {
        const [here, numpy] = [array(numbers[key]), array(answer)];
        expect(here.shape, key).to.deep.equal(numpy.shape);
        expect(largest(here.astype("float64").sub(numpy)), key).to.be.below(1e-10 * (1 + largest(numpy)));
      }
    });
  }
});

function largest(x: NDArray): number {
  return max(abs(x)).item();
}
