import { expect } from "chai";
import { ReLU, Tensor } from "chalk-and-tape/autograd";
import { type Case, type CaseWitnesses, cases } from "chalk-and-tape/compare";
import { numericalGradient } from "chalk-and-tape/gradcheck";
import { array, type NDArray, random } from "chalk-and-tape/np";
import {
  chalk,
  checkCase,
  differentiableCount,
  drawInputs,
  formulaWitness,
  preciseWitness,
  symbolicWitness,
  tape,
} from "#internal/compare";
import { errorsAgainst, exactTolerance, project } from "#internal/gradcheck";

/** Everything that is said of one row: both gradients, differences of chalk's forward, mathjs, and the 64 digits. */
function hear(row: Case, seed: number) {
  const rng = random(seed);
  const [layer, right] = [
    row.manual(random(seed)),
    tape(row.autograd(random(seed)), differentiableCount(row.inputs)),
  ];
  const left = chalk(layer);
  const named = drawInputs(row.inputs, rng);
  const inputs = [...named.values()] as [NDArray, ...NDArray[]];
  const { parameters } = left;
  const dy = rng.normal(0, 1, layer.forward(...inputs).shape);
  const manual = left.gradients(dy, ...inputs).gradients;
  const autograd = right.gradients(dy, ...inputs).gradients;
  const numerical = (name: string) => {
    const array = (named.get(name) ?? parameters.get(name)) as NDArray;
    const { at, estimates } = numericalGradient(() => project(layer.forward(...inputs), dy), array);
    const off = at.filter((_, i) => estimates[i]?.kink !== "on");
    return { at: off, estimates: estimates.filter(({ kink }) => kink !== "on") };
  };
  return { inputs, dy, parameters, manual, autograd, numerical };
}

const named = (name: string): Case => cases.find((row) => row.name === name) as Case;

describe("compare, 64 digits and everyone's error against them", () => {
  const rows = cases.filter(({ witnesses }) => witnesses?.formula || witnesses?.precise);
  it("there are all rows of scalar activations and losses, one Linear and one softmax cross-entropy", () => {
    const names = rows.map((row) => row.name);
    expect(new Set(names)).to.include.all.keys(
      "ReLU",
      "Sigmoid",
      "Tanh",
      "MSELoss",
      "BCELoss",
      "BCEWithLogitsLoss",
    );
    expect(rows.filter(({ witnesses }) => witnesses?.precise).map((row) => row.name)).to.include.members([
      "Linear",
      "Bilinear",
      "CrossEntropyLoss",
    ]);
  });
  for (const row of rows)
    for (const seed of [0, 1])
      it(`${row.name}: ${row.what}, seed ${seed}: chalk, tape and mathjs within 1e-15, differences within 1e-10 (1e-8 of large x)`, () => {
        const { inputs, dy, parameters, manual, autograd, numerical } = hear(row, seed);
        const { formula, noDifferences } = row.witnesses ?? {};
        const precise = preciseWitness(row, inputs, parameters, dy);
        const xs = [...autograd.keys()].filter((name) => !parameters.has(name));
        expect([...precise.keys()]).to.deep.equal([...xs, ...parameters.keys()]);
        for (const [name, exact] of precise) {
          if (typeof exact === "string") {
            expect([name, exact]).to.deep.equal(["weight", "no formula with 64 digits"]); // PReLU's: x alone has a formula
            continue;
          }
          const inDoubles = formula && !formula.notInDoubles && name === "x";
          const said = inDoubles ? symbolicWitness({ formula }, inputs, dy) : null;
          if (typeof said === "string") expect(said).to.equal("mathjs has no derivative of erf");
          const symbolic = typeof said === "string" ? null : said;
          const errors = errorsAgainst(exact, {
            manual: manual.get(name),
            autograd: autograd.get(name),
            symbolic,
            numerical: noDifferences ? null : numerical(name),
          });
          // e^(x − log Σ eˣ): an exponent of some thousand is itself known to 1e-13 only.
          const isExponent = row.name.endsWith("oftmax") && row.what.includes("large");
          const rounding = isExponent ? 1e-12 : 1e-15;
          expect(errors.manual, name).to.be.below(rounding);
          expect(errors.autograd, name).to.be.below(rounding);
          if (symbolic) expect(errors.symbolic, name).to.be.below(1e-15);
          // A loss of some thousand has lost as many digits when two values of it are subtracted.
          // Where two branches meet with one slope, differences are off by half a step times what the second derivative jumps.
          const isSeam = row.what.includes("meet with one slope");
          const isLarge = formula?.notInDoubles || row.what.includes("large");
          const bound = isSeam ? 1e-7 : isLarge ? 1e-8 : 1e-10;
          if (!noDifferences) expect(errors.numerical, name).to.be.below(bound);
        }
      });
});

describe("compare, which witness stands alone", () => {
  /** Those who agree, in one group; the first is who the others are compared with. */
  function parties(witnesses: Readonly<Record<string, NDArray>>): string[][] {
    const groups: [exact: NDArray, names: string[]][] = [];
    for (const [name, said] of Object.entries(witnesses)) {
      const group = groups.find(
        ([exact]) => (errorsAgainst(exact, { manual: said }).manual as number) <= exactTolerance,
      );
      if (group) group[1].push(name);
      else groups.push([said, [name]]);
    }
    return groups.map(([, names]) => names);
  }
  function partiesOf(row: Case): string[][] {
    const { inputs, dy, manual, autograd } = hear(row, 0);
    const { symbolic, precise } = formulaWitness(row.witnesses ?? {}, inputs, dy);
    const [byChalk, byTape] = [manual.get("x"), autograd.get("x")] as [NDArray, NDArray];
    return parties({
      manual: byChalk,
      autograd: byTape,
      symbolic: symbolic as NDArray,
      precise: precise as NDArray,
    });
  }
  const tanh = named("Tanh");
  it("nobody, on the right row", () =>
    expect(partiesOf(tanh)).to.deep.equal([["manual", "autograd", "symbolic", "precise"]]));
  it("the formula, by a thousandth: both that read it are wrong together, and the row fails", () => {
    const wrong: Case = { ...tanh, witnesses: { formula: { branches: [{ y: "1.001 * tanh(x)" }] } } };
    expect(partiesOf(wrong)).to.deep.equal([["manual", "autograd"], ["symbolic", "precise"]]); // biome-ignore format: pairs
    expect(checkCase(wrong).rows.find((row) => row.quantity === "x")?.verdict).to.equal("disagree");
  });
  it("mathjs's side, where the written slope is wrong for it only: a branch that it takes and 64 digits do not", () => {
    // 1e20 + x is 1e20 in doubles: only the 64 digits see x.
    const lost: Case = {
      ...tanh,
      witnesses: { formula: { branches: [{ where: "(1e20 + x) - 1e20 == 0", y: "x" }, { y: "tanh(x)" }] } },
    };
    expect(partiesOf(lost)).to.deep.equal([["manual", "autograd", "precise"], ["symbolic"]]); // biome-ignore format: pairs
    const row = checkCase(lost).rows.find(({ quantity }) => quantity === "x");
    expect(row?.verdict).to.equal("disagree");
    expect(row?.diagnosis).to.match(/^mathjs's derivative stands alone: /);
  });
  it("a reduction that the formula does not have", () => {
    const mean = cases.find((row) => row.name === "MSELoss" && row.what === "mean") as Case;
    const wrong: Case = {
      ...mean,
      witnesses: { formula: { branches: [{ y: "(x - t) ^ 2" }], reduction: "sum" } },
    };
    expect(partiesOf(wrong)).to.deep.equal([["manual", "autograd"], ["symbolic", "precise"]]); // biome-ignore format: pairs
  });
});

describe("compare, the – of the table, and why", () => {
  const [x, dy] = [array([-1, 0, 2]), array([3, 3, 3])];
  const of = (y: string): CaseWitnesses => ({ formula: { branches: [{ y }] } });

  it("exact GELU: mathjs has no derivative of erf, the 64 digits have one", () => {
    const { symbolic, precise } = formulaWitness(of("x / 2 * (1 + erf(x / sqrt(2)))"), [x], dy);
    expect(symbolic).to.equal("mathjs has no derivative of erf");
    // Φ(x) + x φ(x), by Python's math.erf and math.exp.
    const [first, second, third] = (precise as NDArray).toArray() as number[];
    expect(first).to.be.closeTo(3 * -0.08331547058768629, 1e-15);
    expect(second).to.equal(1.5);
    expect(third).to.be.closeTo(3 * 1.085231801078197, 4e-15);
  });
  it("what cannot be read at all is a reason, not an error", () => {
    const { symbolic, precise } = formulaWitness(of("nothing(x)"), [x], dy);
    expect([symbolic, precise]).to.deep.equal([
      "mathjs has no derivative of nothing",
      "mathjs has no 64 digits of nothing",
    ]);
    expect(formulaWitness(of("lgamma(x)"), [x], dy).precise).to.equal(
      "mathjs doesn't yet provide an implementation of the algorithm lgamma for BigNumber",
    );
    expect(formulaWitness(of("sin("), [x], dy).precise).to.equal("mathjs: Unexpected end of expression");
  });
  it("layers of arrays", () => {
    const { inputs, dy: upstream, parameters } = hear(named("Sequential"), 0);
    const why = "not a function of one number";
    expect(formulaWitness({}, inputs, upstream)).to.deep.equal({
      symbolic: why,
      precise: why,
    });
    expect(new Set(preciseWitness(named("Sequential"), inputs, parameters, upstream).values())).to.deep.equal(
      new Set(["no formula with 64 digits"]),
    );
  });
  it("at ReLU's kink both say what is agreed, and the tape the same", () => {
    const input = new Tensor(x, true);
    new ReLU().forward(input).backward(dy);
    const { symbolic, precise } = formulaWitness(named("ReLU").witnesses ?? {}, [x], dy);
    for (const said of [symbolic, precise, input.grad?.data])
      expect((said as NDArray).toArray()).to.deep.equal([0, 0, 3]);
  });
});
