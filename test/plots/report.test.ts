import { expect } from "chai";
import { compareReport, type RunReport } from "chalk-and-tape/plots";
import { boundary, epochs, result, run, samples, withTape } from "./sample-runs.ts";

const full = (): RunReport[] => [
  run({ boundary: [boundary("manual"), boundary("autograd")] }),
  run({ result: result({ dataset: "digits", model: "Mlp", parameters: 218058 }), samples: samples(16) }),
];
const report = (...runs: RunReport[]): Promise<string> => compareReport({ title: "Compared", runs });
const text = (page: string): string =>
  page.replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, " ").replace(/\s+/g, " ");

describe("plots: the report", () => {
  it("says the verdict first, then the numbers, curves, boundary, samples, parity and how to repeat it", async () => {
    const page = await report(...full());
    const said = text(page);
    expect(said.indexOf("Chalk and tape agree.", 40)).to.be.within(40, 70);
    const parts = [
      "The weights are equal to 2e-16.",
      "218,058 parameters",
      "Test accuracy",
      "the difference of the times is what that buys",
      "Loss",
      "Sample pictures",
      "Parity: 1 of 1",
      "Repeat this run",
    ];
    let from = 0;
    for (const part of parts) {
      const at = said.indexOf(part, from);
      expect(at, part).to.be.at.least(from);
      from = at;
    }
    expect(page.match(/<svg /g)).to.have.length(9);
    expect(said).to.contain(
      "npx chalk-and-tape compare --dataset moons --model MlpClassifier --epochs 3 --dtype float64 --engine js --seed 42",
    );
  });

  it("tells the time of forward and backward from that of the updates, and says why these differ", async () => {
    const slow = { seconds: 2, updateSeconds: 1.5 };
    const said = text(await report(run({ result: result({ epochs: withTape(epochs(3), 2, slow) }) })));
    expect(said).to.match(
      /Forward and backward chalk 0\.60 s tape 0\.90 s Updates chalk 0\.15 s tape 1\.60 s/,
    );
    expect(said).to.contain("0.20 s 0.50 s 0.05 s 1.50 s");
    expect(said).to.contain(
      "an optimizer by hand goes over the weights once for every operation of its formula",
    );
  });

  it("escapes every text it is given, in the page and in the pictures", async () => {
    const evil = `<script>boom("1")</script>&'`;
    const labels = [evil];
    const page = await compareReport({
      title: evil,
      runs: [
        {
          result: result({ dataset: evil, model: evil, dtype: evil, engine: evil, seed: evil }),
          verdict: evil,
          parity: [{ quantity: evil, shape: [1], maxAbsolute: 1, maxRelative: 1, bound: 1, agrees: false }],
          samples: { ...samples(1), truth: labels, manual: labels, autograd: ["<img src=x onerror=1>"] },
        },
        run({ command: evil }),
      ],
    });
    expect(page).not.to.match(/<script/i);
    expect(page).not.to.match(/<img/i);
    expect(page.match(/&lt;script&gt;/g)?.length).to.be.greaterThan(10);
    expect(page).to.contain("--dataset &#39;&lt;script&gt;");
    for (const tag of page.match(/<[^>]*>/g) ?? []) expect(tag).not.to.contain("boom");
  });

  it("loads nothing: no script, no link, no address but the page's own pictures", async () => {
    const page = (await report(...full())).replace(/ xmlns(:xlink)?="[^"]*"/g, "");
    expect(page).not.to.match(/https?:|<script|<link|<iframe|@import|\son\w+=/i);
    for (const [, address] of page.matchAll(/(?:href|src)="([^"]*)"/g))
      expect(address).to.match(/^(data:image\/png;base64,|#run-\d+$)/);
    for (const [, address] of page.matchAll(/url\(([^)]*)\)/g)) expect(address).to.match(/^#/);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(page.length).to.be.lessThan(1e6);
  });

  it("labels every picture", async () => {
    const page = await report(...full());
    for (const [svg] of page.matchAll(/<svg [^>]*>/g))
      expect(svg).to.match(/role="img" aria-label="[^"]{20,}"/);
  });

  it("is loud about a number that is not finite, even where the result says agree", async () => {
    const given = withTape(epochs(4), 3, { testLoss: Number.NaN, trainLoss: Number.POSITIVE_INFINITY });
    const said = text(await report(run({ result: result({ epochs: given }) }), run()));
    expect(said).to.contain("Chalk and tape disagree, in 1 of 2 runs.");
    expect(said).to.contain("Epoch 3, tape: testLoss is NaN.");
    expect(said).to.contain("Epoch 3, tape: trainLoss is Infinity.");
    expect(said).not.to.contain("Chalk and tape agree.");
  });

  it("survives NaN everywhere, and JSON's null for it", async () => {
    const numbers = (value: number): RunReport => {
      const side = {
        trainLoss: value,
        trainAccuracy: value,
        testLoss: value,
        testAccuracy: value,
        seconds: value,
        updateSeconds: value,
      };
      const record = {
        epoch: 1,
        manual: side,
        autograd: side,
        maxGradientDifference: value,
        maxWeightDifference: value,
      };
      const row = {
        quantity: "w",
        shape: [2],
        maxAbsolute: value,
        maxRelative: value,
        bound: value,
        agrees: true,
      };
      return run({ result: result({ epochs: [record] }), parity: [row] });
    };
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, null as unknown as number]) {
      const said = text(await report(numbers(value)));
      expect(said).to.contain("Chalk and tape disagree.");
      expect(said).to.contain(value === Number.NEGATIVE_INFINITY ? "-Infinity" : "NaN");
      expect(said).not.to.contain("null");
      expect(said).to.contain("Parity: 0 of 1 quantities agree");
    }
  });

  it("an accuracy of null, where the targets are no classes, is a dash and no complaint", async () => {
    const side = {
      trainLoss: 0.5,
      trainAccuracy: null,
      testLoss: 0.25,
      testAccuracy: null,
      seconds: 1,
      updateSeconds: 0.5,
    };
    const differences = { maxGradientDifference: 0, maxWeightDifference: 0 };
    const record = { epoch: 1, manual: side, autograd: side, ...differences };
    const said = text(await report(run({ result: result({ epochs: [record] }) })));
    expect(said).to.contain("Chalk and tape agree.");
    expect(said).to.contain("–").and.not.to.contain("NaN");
  });

  it("takes the word of the result, and of a parity row, that the sides disagree", async () => {
    const word = text(await report(run({ result: result({ agree: false }) })));
    expect(word).to.contain("Chalk and tape disagree.");
    const [row] = run().parity;
    const said = text(await report(run({ parity: row ? [{ ...row, agrees: false }] : [] })));
    expect(said).to.contain("Chalk and tape disagree.");
    expect(said).to.contain("layer1.weight differs.");
  });

  it("marks the digits in which the last losses differ, and no others", async () => {
    const page = await report(
      run({ result: result({ epochs: withTape(epochs(1), 1, { testLoss: 0.8000000000000002 }) }) }),
    );
    expect(page).to.contain("0.8<mark></mark>");
    expect(page).to.contain("0.8<mark>000000000000002</mark>");
  });

  it("draws the largest bound of the parity table, or the one given", async () => {
    const rows = [1e-12, 1e-9].map((bound) => ({
      quantity: "w",
      shape: [],
      maxAbsolute: 0,
      maxRelative: 0,
      bound,
      agrees: true,
    }));
    expect(await report(run({ parity: rows }))).to.contain(">bound of agreement 1e-9<");
    expect(await report(run({ parity: rows, bound: 1e-4 }))).to.contain(">bound of agreement 1e-4<");
    expect(await report(run({ parity: [] }))).not.to.contain("bound of agreement");
  });

  it("survives no run, no epoch, no parity row and unusual words in the command", async () => {
    expect(text(await report())).to.contain("Nothing was compared.");
    expect(text(await report(run({ result: result({ epochs: [] }), parity: [] })))).to.contain(
      "No epoch was trained.",
    );
    expect(await report(run({ result: result({ dataset: "my data" }) }))).to.contain(
      "--dataset &#39;my data&#39;",
    );
  });

  it("takes less than 2 seconds of computing", async () => {
    const start = process.cpuUsage();
    await report(...full());
    expect(process.cpuUsage(start).user / 1000).to.be.lessThan(2000);
  });
});
