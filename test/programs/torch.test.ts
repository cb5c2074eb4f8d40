import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { np } from "chalk-and-tape";
import { tensor } from "chalk-and-tape/autograd";
import { array, type Nested } from "chalk-and-tape/np";
import { autoencoder } from "./torch/autoencoder.ts";
import { cifarCnn } from "./torch/cifar-cnn.ts";
import { makemoreMlp } from "./torch/makemore-mlp.ts";
import { mnistMlp } from "./torch/mnist-mlp.ts";
import { transformer } from "./torch/transformer.ts";

/** What a program is given or returns: numbers and texts in lists and objects. */
type Values = number | string | readonly Values[] | { readonly [name: string]: Values };
type Arrays = Readonly<Record<string, Nested>>;
interface Fixture<Given> {
  readonly madeBy: string;
  readonly sha256: string;
  readonly given: Given;
  readonly answer: Values;
}

// Run from .build/test/programs; what is not compiled lies in the repository.
const fixtures = new URL("../../../test/fixtures/programs/torch/", import.meta.url);
const sources = new URL("../../../test/programs/torch/", import.meta.url);
const read = <Given>(name: string): Fixture<Given> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), "utf8"));

const tensors = (given: Arrays) =>
  Object.fromEntries(Object.entries(given).map(([name, x]) => [name, tensor(x)]));

interface Images {
  readonly images: Nested;
  readonly labels: Nested;
  readonly start: Arrays;
}
const labels = { dtype: "int32" } as const;

const runs: Readonly<Record<string, () => Promise<unknown> | unknown>> = {
  autoencoder: () => {
    const { given } = read<{ images: Nested; noise: Nested; start: Arrays }>("autoencoder");
    return autoencoder(tensor(given.images), tensor(given.noise), tensors(given.start));
  },
  "cifar-cnn": () => {
    const { given } = read<Images>("cifar-cnn");
    return cifarCnn(tensor(given.images), tensor(given.labels, labels), tensors(given.start));
  },
  "makemore-mlp": () => {
    const { given } = read<{ words: string[]; start: Arrays }>("makemore-mlp");
    return makemoreMlp(given.words, tensors(given.start));
  },
  "mnist-mlp": () => {
    const { given } = read<Images>("mnist-mlp");
    return mnistMlp(array(given.images), array(given.labels, labels), tensors(given.start));
  },
  transformer: () => {
    const { given } = read<{ text: string; start: Arrays }>("transformer");
    return transformer(given.text, tensors(given.start));
  },
};

/** Every number to 1e-10, every text exactly; keys may be written in camelCase. */
function expectSame(found: unknown, wanted: Values, where: string): void {
  if (typeof wanted === "number") {
    expect(found, where).to.be.a("number");
    expect(found, where).to.be.closeTo(wanted, 1e-10 * Math.max(1, Math.abs(wanted)));
  } else if (typeof wanted === "object") {
    expect(found, where).to.be.an(Array.isArray(wanted) ? "array" : "object");
    expect(Object.keys(Object(found)), where).to.have.members(Object.keys(wanted));
    for (const [key, value] of Object.entries(wanted))
      expectSame(Reflect.get(Object(found), key), value, `${where}.${key}`);
  } else expect(found, where).to.equal(wanted);
}

describe(`programs of a PyTorch user, against ${read("transformer").madeBy}`, () => {
  before(() => np.manualSeed(1));
  for (const [name, run] of Object.entries(runs)) {
    it(`${name}: every loss and all it returns, to 1e-10`, async () => {
      expectSame(await run(), read(name).answer, name);
    });

    it(`${name} is its Python twin, line by line`, () => {
      const python = readFileSync(new URL(`${name.replace("-", "_")}.py`, fixtures), "utf8");
      const here = readFileSync(new URL(`${name}.ts`, sources), "utf8");
      expect(landmarks(here)).to.deep.equal(landmarks(python));
      expect(createHash("sha256").update(python).digest("hex"), "run npm run fixtures").to.equal(
        read(name).sha256,
      );
    });
  }

  it("docs/from-pytorch.md shows one on both sides", () => {
    const page = readFileSync(new URL("../../../docs/from-pytorch.md", import.meta.url), "utf8");
    expect(page).to.include(readFileSync(new URL("cifar_cnn.py", fixtures), "utf8").trim());
    expect(page).to.include(readFileSync(new URL("cifar-cnn.ts", sources), "utf8").trim());
  });
  it("are all that lie in the folder", () => {
    const names = readdirSync(sources).map((file) => file.replace(/\.ts$/, ""));
    expect(names).to.have.members(Object.keys(runs));
  });
});

/** What a reader finds on both sides, in order: comments, functions, classes, and the objects made of them. */
function landmarks(source: string): string[] {
  return source.split("\n").flatMap((line) => {
    const comment = /^\s*(?:#|\/\/) (.*)/.exec(line)?.[1];
    if (comment !== undefined) return [comment];
    const defined = definition.exec(line)?.slice(1).find(Boolean);
    const names = defined ? [defined] : [...line.matchAll(construction)].map(([, name = ""]) => name);
    return names.filter((name) => !ofOneLanguage.includes(name)).map(camelCase);
  });
}
/** `class Net`, `def forward`, `async function train`, and a method: `  forward(x: Tensor) {`. */
const definition = /^\s*(?:export )?(?:async )?(?:(?:class|def|function) (\w+)|(\w+)\(.*\{$)/;
/** `nn.Linear(…)` and `Block()`, `new Linear(…)` and `new Block()`. */
const construction = /\b([A-Z]\w+)\(/g;
const ofOneLanguage = ["__init__", "constructor", "noGrad", "for", "if", "Array", "Set", "TensorDataset"];
const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
