import { Linear, ReLU } from "chalk-and-tape/manual";
import { maximum, type NDArray, ones } from "chalk-and-tape/np";
import type { ZooEntry } from "./entry.ts";
import { normalizationForwards } from "./normalization-forwards.ts";

const entry = { why: "", fix: "", cause: "other" as const };

/** Wrong forwards and broken rules; they are not part of the zoo, but the check must find them as well. */
export const wrongForwards: readonly ZooEntry[] = [
  {
    ...entry,
    id: "linear-extra-bias",
    name: "Linear",
    what: "an extra bias in forward",
    expects: { quantity: "forward", says: /your forward gives another y/ },
    student: class extends Linear {
      override forward(x: NDArray): NDArray {
        return super.forward(x).add(this.bias ?? 0.1);
      }
    },
  },
  {
    ...entry,
    id: "linear-no-bias",
    name: "Linear",
    what: "bias not added",
    expects: { quantity: "forward", says: /your forward gives another y/ },
    student: class extends Linear {
      override forward(x: NDArray): NDArray {
        super.forward(x);
        return x.matmul(this.weight.T);
      }
    },
  },
  {
    ...entry,
    id: "linear-forward-by-a-hair",
    name: "Linear",
    what: "forward wrong by 1e-9",
    expects: { quantity: "forward", says: /your forward gives another y/ },
    student: class extends Linear {
      override forward(x: NDArray): NDArray {
        return super.forward(x).add(1e-9);
      }
    },
  },
  {
    ...entry,
    id: "linear-output-transposed",
    name: "Linear",
    what: "output of another shape",
    expects: { quantity: "forward", says: /forward returns shape \(3, 4\), expected \(4, 3\)/ },
    student: class extends Linear {
      override forward(x: NDArray): NDArray {
        return super.forward(x).T;
      }
    },
  },
  {
    ...entry,
    id: "linear-changes-x",
    name: "Linear",
    what: "x changed in place at every forward",
    expects: { quantity: "inputs unchanged", says: /in place/ },
    student: class extends Linear {
      override forward(x: NDArray): NDArray {
        const y = super.forward(x);
        x.addInPlace(x, 1e-9);
        return y;
      }
    },
  },
  {
    ...entry,
    id: "relu-changes-x-once",
    name: "ReLU",
    what: "x is changed in place, but a second change has no effect",
    expects: { quantity: "inputs unchanged", says: /in place/ },
    student: class extends ReLU {
      override forward(x: NDArray): NDArray {
        const mask = x.copy();
        super.forward(mask);
        x.copyFrom(maximum(x, 0));
        return x.copy();
      }
    },
  },
  {
    ...entry,
    id: "linear-throws",
    name: "Linear",
    what: "throws",
    expects: { quantity: "no error", says: /^TypeError: not written yet \(in / },
    student: class extends Linear {
      override backward(): NDArray {
        throw new TypeError("not written yet");
      }
    },
  },
  {
    ...entry,
    id: "relu-has-a-parameter",
    name: "ReLU",
    what: "no parameters where none belong, but one",
    expects: { quantity: "parameters", says: /your parameters are slope \(1,\); ours are none/ },
    student: class extends ReLU {
      slope: NDArray = ones([1]);
      dSlope: NDArray | null = null;
    },
  },
  ...normalizationForwards,
];
