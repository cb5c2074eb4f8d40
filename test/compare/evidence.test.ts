import { expect } from "chai";
import { type Case, cases, type StudentClass } from "chalk-and-tape/compare";
import { Linear, ReLU } from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import { chalk, drawInputs, evidenceFor, type Inputs, tape } from "#internal/compare";
import { adviceText, type Cause, type Diagnosis, diagnose } from "#internal/gradcheck";
import { wrongForwards, zoo } from "../zoo/index.ts";

/** What the wrong classes of the students' check look like. Not here: wrong forwards, errors, and what no known mistake explains. */
const looks: Readonly<Record<string, readonly [quantity: string, cause: Cause]>> = {
  "wrong sign of dW": ["weight", "sign"],
  "db averaged": ["bias", "factor 1/N"],
  "db not summed": ["bias", "not summed"],
  "dW transposed where square": ["weight", "transposed"],
  "dx = dy·Wᵀ where square": ["x", "transposed"],
  "dy ignored in dW": ["weight", "upstream ignored"],
  "dy replaced by ones everywhere": ["x", "upstream ignored"],
  "gradients accumulated over calls": ["weight", "accumulated"],
  "a stale cache: the first x for ever": ["weight", "stale cache"],
  "without the mask": ["x", "mask"],
  "x ≥ 0 instead of x > 0": ["x", "mask"],
  "the mask of dy": ["x", "mask"],
  "the factor 1 − y dropped": ["x", "wrong derivative"],
  "1 − y instead of 1 − y²": ["x", "wrong derivative"],
  "dx stays flat": ["x", "other shape"],
  "without 1/N": ["x", "factor N"],
  "without the 2": ["x", "factor 2"],
  "wrong sign": ["x", "sign"],
  "softmax without − one-hot": ["x", "term missing"],
  "x (1 − x) instead of y (1 − y)": ["x", "wrong argument"],
  "σ(y) (1 − σ(y)): the function is applied twice": ["x", "wrong argument"],
  "dy squared": ["x", "extra factor"],
  "1 − x² instead of 1 − y²": ["x", "wrong argument"],
  "1 + y²": ["x", "wrong derivative"],
  "dx = dy · y (1 − y)": ["x", "term missing"],
  "Σ dy instead of Σ dy · y": ["x", "wrong term"],
  "mean(dy · y) instead of Σ dy · y": ["x", "wrong count"],
  "dx = y − dy": ["x", "wrong term"],
  "dx = dy − softmax": ["x", "term missing"],
  "dx = dy · (1 − softmax)": ["x", "term missing"],
  "softmax · Σ dy · softmax": ["x", "wrong term"],
  "dx with the kernel turned by 180°": ["x", "turned"],
  "dW turned by 180°": ["weight", "turned"],
  "all times 1.0005": ["x", "other factor"],
  "dy ignored": ["x", "upstream ignored"],
  "dW summed instead of averaged": ["net.W1", "factor N"],
};

/** The diagnosis of one quantity, or null where it is right, also after an earlier run. */
function look(
  row: Case,
  student: StudentClass | undefined,
  quantity: string,
  seed: number,
): Diagnosis | null {
  const rng = random(seed + 100);
  const feed = (): Inputs => [...drawInputs(row.inputs, rng).values()] as unknown as Inputs;
  const left = () => chalk(row.manual(random(seed), student));
  const right = tape(row.autograd(random(seed)));
  const [inputs, other] = [feed(), feed()];
  const { shape } = right.forward(...inputs);
  const [dy, dyOther] = [rng.normal(0, 1, shape), rng.normal(0, 1, shape)];
  const expected = right.gradients(dy, ...inputs).gradients.get(quantity);
  const found = left()
    .gradients(dy, ...inputs)
    .gradients.get(quantity);
  if (!expected || !found) return null;
  const before = [...right.parameters.values()].map((p) => p.copy().toArray());
  const earlier = { inputs: other, dy: dyOther };
  const batchAxis = row.name === "NonlinearClassifier" ? 1 : 0;
  const evidence = evidenceFor({ right, left, inputs, dy, quantity, found, expected, earlier, batchAxis });
  expect([...right.parameters.values()].map((p) => p.toArray())).to.deep.equal(before);
  const same =
    evidence.found.shape.join() === expected.shape.join() && largest(evidence.found.sub(expected)) < 1e-12;
  return same ? null : diagnose(evidence);
}
/** The wrong classes have no options in mind: with weights a forgotten mean is another factor than N. */
const isPlain = ({ what, drawn }: Case): boolean => !drawn && !/weight|ignore|smoothing|pixel/i.test(what);
const largest = (x: NDArray): number => Math.max(...Array.from(x.flat(), Math.abs));

describe("evidenceFor: the students' wrong classes are named", () => {
  for (const { name, what, student } of [...zoo, ...wrongForwards]) {
    const expected = looks[what];
    if (!expected) continue;
    const [quantity, cause] = expected;
    it(`${name}: ${what} is "${cause}", on every row where it shows, with 20 seeds`, () => {
      let shown = 0;
      for (const row of cases.filter((one) => one.name === name && isPlain(one))) {
        for (let seed = 0; seed < 20; seed++) {
          const found = look(row, student, quantity, seed);
          if (!found) continue;
          shown++;
          expect(found.cause, `${row.what}, seed ${seed}: ${adviceText(found)}`).to.equal(cause);
        }
      }
      expect(shown).to.be.at.least(20);
    });
  }
  it("the table above has no name that is not there", () => {
    const known = [...zoo, ...wrongForwards].map(({ what }) => what);
    expect(Object.keys(looks).filter((what) => !known.includes(what))).to.deep.equal([]);
  });
});

describe("evidenceFor: right gradients", () => {
  it("of the layers never look wrong, with 20 seeds", () => {
    const names = ["Linear", "ReLU", "CrossEntropyLoss", "MlpClassifier"];
    for (const row of cases.filter(({ name, drawn }) => !drawn && names.includes(name)))
      for (const quantity of ["x", "weight", "bias", "layer2.weight"])
        for (let seed = 0; seed < 20; seed++) expect(look(row, undefined, quantity, seed)).to.equal(null);
  });
  it("a class that throws the second time is judged by its first run", () => {
    let runs = 0;
    class Once extends Linear {
      override backward(dy: NDArray): NDArray {
        runs++;
        if (runs > 1) throw new Error("once only");
        return super.backward(dy).neg();
      }
    }
    const row = cases.find(({ name }) => name === "Linear") as Case;
    expect(look(row, Once, "x", 1)?.cause).to.equal("sign");
    expect(runs).to.equal(2);
  });
  it("a class that is wrong the first time only is judged by that", () => {
    let runs = 0;
    class First extends Linear {
      override backward(dy: NDArray): NDArray {
        runs++;
        return runs > 1 ? super.backward(dy) : super.backward(dy).neg();
      }
    }
    expect(look(cases.find(({ name }) => name === "Linear") as Case, First, "x", 1)?.cause).to.equal("sign");
  });
  it("ReLU's zero gradient for a dead input is named as zero", () => {
    class Dead extends ReLU {
      override backward(dy: NDArray): NDArray {
        return super.backward(dy).mul(0);
      }
    }
    const row = cases.find(({ name }) => name === "ReLU") as Case;
    expect(look(row, Dead, "x", 1)?.cause).to.equal("zero");
  });
});
