import { NonlinearClassifier } from "chalk-and-tape/manual";
import { concatenate, type NDArray, ones } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

/** [x; 1]: the bias is W's last column. */
function padded(x: NDArray): NDArray {
  return concatenate([x, ones([1, x.shape[1] as number])]);
}
const entry = {
  name: "NonlinearClassifier",
  fix: "dz = dy · y (1 − y), dW = dz [x; 1]ᵀ / N, dx = (W without its last column)ᵀ dz",
  cause: "other" as Cause,
  expects: { quantity: "net.W1", says: alone },
};

/** The lecture's NumPy class: one layer's backward, wrong in ways that the slide invites. */
export const lectureZoo: readonly ZooEntry[] = [
  {
    ...entry,
    id: "lecture-dw-summed",
    what: "dW summed instead of averaged",
    why: "the 1/N on the slide is easy to miss",
    cause: "factor N",
    student: class extends NonlinearClassifier {
      override backwardSingleLayer(W: NDArray, x: NDArray, y: NDArray, dLdy: NDArray): [NDArray, NDArray] {
        const dLdz = dLdy.mul(y).mul(y.neg().add(1));
        const dLdW = dLdz.matmul(padded(x).T);
        return [W.slice(null, [0, -1]).T.matmul(dLdz), dLdW];
      }
    },
  },
  {
    ...entry,
    id: "lecture-dx-averaged-too",
    what: "dx averaged as well as dW",
    why: "1/N is applied to both results of a layer, so that two layers divide twice",
    cause: "factor 1/N",
    student: class extends NonlinearClassifier {
      override backwardSingleLayer(W: NDArray, x: NDArray, y: NDArray, dLdy: NDArray): [NDArray, NDArray] {
        const n = x.shape[1] as number;
        const dLdz = dLdy.mul(y).mul(y.neg().add(1)).div(n);
        return [W.slice(null, [0, -1]).T.matmul(dLdz), dLdz.matmul(padded(x).T)];
      }
    },
  },
  {
    ...entry,
    id: "lecture-first-column-cut",
    what: "the first column of W cut off instead of the last",
    why: "other courses keep the bias in column 0",
    student: class extends NonlinearClassifier {
      override backwardSingleLayer(W: NDArray, x: NDArray, y: NDArray, dLdy: NDArray): [NDArray, NDArray] {
        const dLdz = dLdy.mul(y).mul(y.neg().add(1));
        const dLdW = dLdz.matmul(padded(x).T).div(x.shape[1] as number);
        return [W.slice(null, [1]).T.matmul(dLdz), dLdW];
      }
    },
  },
  {
    ...entry,
    id: "lecture-ones-first",
    what: "dW with the ones first: [1; x]",
    why: "forward appends the ones, backward prepends them",
    student: class extends NonlinearClassifier {
      override backwardSingleLayer(W: NDArray, x: NDArray, y: NDArray, dLdy: NDArray): [NDArray, NDArray] {
        const n = x.shape[1] as number;
        const dLdz = dLdy.mul(y).mul(y.neg().add(1));
        const dLdW = dLdz.matmul(concatenate([ones([1, n]), x]).T).div(n);
        return [W.slice(null, [0, -1]).T.matmul(dLdz), dLdW];
      }
    },
  },
  {
    ...entry,
    id: "lecture-no-activation",
    what: "the sigmoid left out of backward: dz = dy",
    why: "the layer is seen as just W x",
    student: class extends NonlinearClassifier {
      override backwardSingleLayer(W: NDArray, x: NDArray, _y: NDArray, dLdy: NDArray): [NDArray, NDArray] {
        const dLdW = dLdy.matmul(padded(x).T).div(x.shape[1] as number);
        return [W.slice(null, [0, -1]).T.matmul(dLdy), dLdW];
      }
    },
  },
];
