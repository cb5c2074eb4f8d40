// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { type Engine, engine, full, NDArray, useEngine } from "chalk-and-tape/np";

type DType = "float64" | "float32";
type Name =
  | "Adadelta"
  | "Adagrad"
  | "Adam"
  | "Adamax"
  | "AdamW"
  | "NAdam"
  | "RAdam"
  | "RMSprop"
  | "Rprop"
  | "SGD";
type Path = readonly (readonly number[])[];

/** Every optimizer, and the options that bring in other formulas. */
const ways: readonly (readonly [name: Name, options: object])[] = [
  ["Adadelta", {}],
  ["Adagrad", {}],
  ["Adam", {}],
  ["Adam", { amsgrad: true }],
  ["Adamax", {}],
  ["AdamW", {}],
  ["NAdam", {}],
  ["RAdam", { betas: [0.5, 0.6] }],
  ["RMSprop", {}],
  ["RMSprop", { centered: true, momentum: 0.9 }],
  ["Rprop", {}],
  ["SGD", { momentum: 0.9, nesterov: true }],
];
/** Around the numbers whose squares overflow, alone or times 1 − β, and whose squares are 0. */
const sizes: Readonly<Record<DType, readonly number[]>> = {
  float32: [
    0,
    1e-45,
    1e-38,
    1e-25,
    3e-23,
    1e-20,
    1,
    1e18,
    2e19,
    1e20,
    1e22,
    1e30,
    3e38,
    Number.POSITIVE_INFINITY,
  ],
  float64: [0, 5e-324, 1e-200, 1e-160, 1, 1e150, 2e154, 1e156, 1e200, 1.7e308, Number.POSITIVE_INFINITY],
};
const signs = [1, -1, 1, 1];

/** p after each of four steps from 0.5 for each size of the gradient; `copies` of each are stepped at once. */
type Steps = (name: Name, options: object, dtype: DType, copies: number) => Path;
const gradient = (dtype: DType, copies: number, sign: number): NDArray => {
  const all = Array.from({ length: copies }, () => sizes[dtype].map((size) => size * sign)).flat();
  return NDArray.from(Float64Array.from(all)).astype(dtype);
};
const first = (p: NDArray, dtype: DType): number[] => [...p.flat()].slice(0, sizes[dtype].length);
const start = (dtype: DType, copies: number): NDArray => full([sizes[dtype].length * copies], 0.5, { dtype });

const chalk: Steps = (name, options, dtype, copies) => {
  const p: manual.Parameter = { name: "p", value: start(dtype, copies), gradient: null };
  const optimizer = new manual[name]([p], { lr: 0.01, ...options });
  return signs.map((sign) => {
    p.gradient = gradient(dtype, copies, sign);
    optimizer.step();
    return first(p.value, dtype);
  });
};
const tape: Steps = (name, options, dtype, copies) => {
  const p = autograd.tensor(start(dtype, copies), { requiresGrad: true });
  const optimizer = new autograd[name]([p], { lr: 0.01, ...options });
  return signs.map((sign) => {
    p.grad = new autograd.Tensor(gradient(dtype, copies, sign));
    optimizer.step();
    return first(p.data, dtype);
  });
};

/** Equal where not finite, else to the rounding of a few operations. */
function expectSame(found: Path, wanted: Path, dtype: DType): void {
  const tolerance = dtype === "float32" ? 2e-5 : 1e-12;
  for (const [step, row] of wanted.entries()) {
    for (const [i, value] of row.entries()) {
      const other = found[step]?.[i] as number;
      const same =
        Object.is(other, value) || Math.abs(other - value) <= tolerance * Math.max(1, Math.abs(value));
      if (!same) expect.fail(`gradient ${sizes[dtype][i]}, step ${step + 1}: ${other}, expected ${value}`);
    }
  }
}

describe("optimizers at the ends of a dtype's range", () => {
  const chosen: string = engine().name;
  const on = <T>(name: Engine["name"], run: () => T): T => {
    useEngine(name);
    try {
      return run();
    } finally {
      useEngine(chosen);
    }
  };
  for (const [name, options] of ways) {
    for (const dtype of ["float64", "float32"] as const) {
      it(`${name} ${JSON.stringify(options)}, ${dtype}: chalk and tape, few parameters and many, js and ${chosen}`, () => {
        const wanted = on("js", () => chalk(name, options, dtype, 1));
        for (const by of ["js", chosen])
          for (const copies of [1, 300])
            for (const steps of [chalk, tape])
              expectSame(
                on(by, () => steps(name, options, dtype, copies)),
                wanted,
                dtype,
              );
      });
    }
  }
  it("PyTorch's first steps in float32: a square that overflows stops Adagrad at 2e19, Adam only at 1e22", () => {
    for (const steps of [chalk, tape]) {
      const at = (name: Name, size: number, step = 0): number =>
        steps(name, {}, "float32", 1)[step]?.[sizes.float32.indexOf(size)] as number;
      expect(at("Adam", 2e19)).to.be.closeTo(0.49, 1e-6);
      expect([at("Adam", 1e22), at("RMSprop", 1e22), at("Adadelta", 1e22)]).to.deep.equal([0.5, 0.5, 0.5]);
      expect(at("RMSprop", 2e19)).to.be.closeTo(0.4, 1e-6);
      expect(at("Adagrad", 2e19)).to.equal(0.5);
      expect(at("NAdam", 2e19)).to.equal(0.5); // v / (1 − β₂) overflows
    }
  });
  it("Rprop keeps its step where the product of two gradients is 0 in float32, as PyTorch does", () => {
    for (const copies of [1, 300]) {
      const p = autograd.tensor(full([copies], 0.5, { dtype: "float32" }), { requiresGrad: true });
      const optimizer = new autograd.Rprop([p], { lr: 0.01 });
      for (let step = 0; step < 2; step++) {
        p.grad = new autograd.Tensor(full([copies], 1e-25, { dtype: "float32" }));
        optimizer.step();
      }
      expect(p.data.flat()[0]).to.be.closeTo(0.48, 1e-6);
    }
  });
});
