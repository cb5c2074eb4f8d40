import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import {
  assignmentNamed,
  compile,
  type LayerUnderTest,
  practiceFile,
  practiceLayer,
  practiceLayers,
} from "#internal/homework";

const root = fileURLToPath(new URL("../../../", import.meta.url));

interface Shown {
  readonly title: string;
  readonly isRight: boolean;
  readonly make: () => LayerUnderTest;
}

/** What a module of this text exports. */
async function moduleOf(text: string, name: string): Promise<Readonly<Record<string, unknown>>> {
  const folder = mkdtempSync(join(tmpdir(), "chalk-hw4-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/chalk-and-tape"), "junction");
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, await compile(text, `${name}.ts`));
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** dx and gradients of two calls with fixed numbers, and y of the first. */
function behaviour(layer: LayerUnderTest): readonly (readonly number[])[] {
  const rng = np.random(9);
  const found: number[][] = [];
  for (let call = 0; call < 2; call++) {
    for (const [name, p] of Object.entries(layer.parameters))
      layer.perturb(
        name,
        np
          .fullLike(p, 0.1)
          .sub(p)
          .mul(call === 0 ? 1 : 0.5),
      );
    const y = layer.forward(rng.normal(0, 1, [...layer.inputShape]));
    const dx = layer.backward(rng.normal(0, 1, [...y.shape]));
    found.push([...y.flat()], [...dx.flat()]);
    for (const gradient of Object.values(layer.gradients)) found.push([...gradient.flat()]);
  }
  return found.map((numbers) => numbers.map((number) => Number(number.toPrecision(9))));
}

describe("hw4, the practice layers", () => {
  it("each wrong layer has the forward of its right partner, and another backward", async () => {
    for (const { id, variants } of practiceLayers) {
      expect(variants.length, id).to.be.at.least(2);
      for (const { right, wrong } of variants) {
        const [a, b] = [await practiceLayer(right, np.random(3)), await practiceLayer(wrong, np.random(3))];
        const [ofRight, ofWrong] = [behaviour(a), behaviour(b)];
        expect(ofWrong[0], `${id}: y`).to.deep.equal(ofRight[0]);
        expect(ofWrong, `${id}: gradients`).to.not.deep.equal(ofRight);
      }
    }
  });

  it("practice.ts shows the layers that are tested: eight wrong, two right", async () => {
    const { practice } = (await moduleOf(practiceFile(5), "practice")) as { practice: readonly Shown[] };
    expect(practice.filter(({ isRight }) => isRight)).to.have.lengthOf(2);
    for (const [i, { title, isRight, make }] of practice.entries()) {
      const { variants, shows } = practiceLayers[i] as (typeof practiceLayers)[number];
      const shown = behaviour(make());
      const known = await Promise.all(
        variants.map(async (variant) => behaviour(await practiceLayer(variant[shows], np.random(1)))),
      );
      expect(known, title).to.deep.include(shown); // all parameters are moved to the same numbers first
      expect(isRight).to.equal(shows === "right");
    }
  });

  it("students get different files, and the same student the same one", async () => {
    const { variant } = await assignmentNamed("hw4");
    const files = Array.from({ length: 20 }, (_, seed) => variant?.(seed)["practice.ts"]);
    expect(new Set(files).size).to.be.greaterThan(15);
    expect(variant?.(7)["practice.ts"]).to.equal(files[7]);
  });

  it("the reference judges all layers of a practice file rightly", async () => {
    const text = readFileSync(join(root, "grader/hw4/source/hw4.ts"), "utf8");
    const { gradientIsRight } = await moduleOf(text, "hw4");
    const judge = gradientIsRight as (layer: LayerUnderTest) => boolean;
    const { practice } = (await moduleOf(practiceFile(11), "practice")) as { practice: readonly Shown[] };
    for (const { title, isRight, make } of practice) expect(judge(make()), title).to.equal(isRight);
  });
});
