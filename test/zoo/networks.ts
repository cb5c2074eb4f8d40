import { Mlp, MlpClassifier, ReLU, Sequential } from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";
import { alone, type Cause, type ZooEntry } from "./entry.ts";

const entry = {
  name: "MlpClassifier",
  fix: "call each layer's backward, last to first, each with what the previous one returned",
  cause: "other" as Cause,
};

/** Containers and whole networks: order, gaps, and shared state. */
export const networksZoo: readonly ZooEntry[] = [
  {
    ...entry,
    id: "sequential-forward-order",
    name: "Sequential",
    what: "backward in the order of forward",
    why: "the loop is copied from forward",
    fix: "reverse the layers",
    expects: { quantity: "no error", says: /^ShapeError: Linear\.backward: dy has shape/ },
    student: class extends Sequential {
      override backward(dy: NDArray): NDArray {
        return this.layers.reduce((d, layer) => layer.backward(d), dy);
      }
    },
  },
  {
    ...entry,
    id: "sequential-skips-a-layer",
    name: "Sequential",
    what: "backward leaves out the middle layer",
    why: "layers without parameters seem to need no backward",
    fix: "every layer's backward, last to first",
    expects: { quantity: "x", says: alone },
    student: class extends Sequential {
      override backward(dy: NDArray): NDArray {
        return this.layers.filter((_, i) => i !== 1).reduceRight((d, layer) => layer.backward(d), dy);
      }
    },
  },
  {
    ...entry,
    id: "sequential-returns-dy",
    name: "Sequential",
    what: "dy is returned, not dx",
    why: "the loop and the return use different variables",
    fix: "return what the first layer's backward returned",
    expects: { quantity: "x", says: /gradient of x has shape \(5, 2\), expected \(5, 4\)/ },
    student: class extends Sequential {
      override backward(dy: NDArray): NDArray {
        super.backward(dy);
        return dy;
      }
    },
  },
  {
    ...entry,
    id: "classifier-shared-relu",
    what: "one ReLU in three places",
    why: "it has no parameters, so one seems enough; but it keeps only the mask of its last call",
    fix: "one ReLU for each place: it remembers one forward",
    cause: "stale cache",
    expects: { quantity: "layer1.weight", says: alone },
    student: class extends MlpClassifier {
      readonly relu: ReLU = new ReLU();
      override forward(x: NDArray): NDArray {
        let y = this.relu.forward(this.layer1.forward(x));
        y = this.relu.forward(this.layer2.forward(y));
        y = this.relu.forward(this.layer3.forward(y));
        return this.layer4.forward(y);
      }
      override backward(dy: NDArray): NDArray {
        let d = this.relu.backward(this.layer4.backward(dy));
        d = this.relu.backward(this.layer3.backward(d));
        d = this.relu.backward(this.layer2.backward(d));
        return this.layer1.backward(d);
      }
    },
  },
  {
    ...entry,
    id: "classifier-skips-relu",
    what: "backward leaves out the second ReLU",
    why: "one of ten lines was lost; all shapes still fit",
    cause: "mask",
    expects: { quantity: "layer2.weight", says: alone },
    student: class extends MlpClassifier {
      override backward(dy: NDArray): NDArray {
        let d = this.relu3.backward(this.layer4.backward(dy));
        d = this.layer3.backward(d);
        d = this.relu1.backward(this.layer2.backward(d));
        return this.layer1.backward(d);
      }
    },
  },
  {
    ...entry,
    id: "classifier-relu-swapped",
    what: "layer 3 and its ReLU swapped in backward",
    why: "the pair keeps the order of forward",
    expects: { quantity: "layer3.weight", says: alone },
    student: class extends MlpClassifier {
      override backward(dy: NDArray): NDArray {
        let d = this.layer3.backward(this.layer4.backward(dy));
        d = this.relu3.backward(d);
        d = this.layer2.backward(this.relu2.backward(d));
        return this.layer1.backward(this.relu1.backward(d));
      }
    },
  },
  {
    ...entry,
    id: "classifier-masks-swapped",
    what: "the masks of two ReLUs swapped",
    why: "a line was copied and its number was not changed",
    expects: { quantity: "layer1.weight", says: alone },
    student: class extends MlpClassifier {
      override backward(dy: NDArray): NDArray {
        let d = this.relu3.backward(this.layer4.backward(dy));
        d = this.relu1.backward(this.layer3.backward(d));
        d = this.relu2.backward(this.layer2.backward(d));
        return this.layer1.backward(d);
      }
    },
  },
  {
    ...entry,
    id: "classifier-loses-a-layer",
    what: "layer 3 is skipped and gets no gradient",
    why: "10 → 10 → 10: all shapes still fit",
    cause: "zero",
    expects: { quantity: "layer3.weight", says: /backward assigned no gradient of layer3.weight/ },
    student: class extends MlpClassifier {
      override backward(dy: NDArray): NDArray {
        let d = this.relu3.backward(this.layer4.backward(dy));
        d = this.layer2.backward(this.relu2.backward(d));
        d = this.relu1.backward(d);
        return this.layer1.backward(d);
      }
    },
  },
  {
    ...entry,
    id: "classifier-stops-early",
    what: "the dy of layer 1 is returned as dx",
    why: "layer 1 is called for its gradients, and its dx is dropped",
    expects: { quantity: "x", says: /gradient of x has shape \(6, 10\), expected \(6, 2\)/ },
    student: class extends MlpClassifier {
      override backward(dy: NDArray): NDArray {
        let d = this.relu3.backward(this.layer4.backward(dy));
        d = this.relu2.backward(this.layer3.backward(d));
        d = this.relu1.backward(this.layer2.backward(d));
        this.layer1.backward(d);
        return d;
      }
    },
  },
  {
    ...entry,
    id: "classifier-clips",
    what: "gradients are clipped at ±0.1 between layers",
    why: "clipping was put into backward, where it changes every network",
    fix: "clip after backward, before the step, if at all",
    expects: { quantity: "linear in dy", says: /not linear in dy/ },
    student: class extends MlpClassifier {
      override backward(dy: NDArray): NDArray {
        const clip = (d: NDArray): NDArray =>
          d.sub(d.sub(0.1).mul(d.greater(0.1))).sub(d.add(0.1).mul(d.less(-0.1)));
        let d = this.relu3.backward(this.layer4.backward(dy));
        d = this.relu2.backward(this.layer3.backward(clip(d)));
        d = this.relu1.backward(this.layer2.backward(clip(d)));
        return this.layer1.backward(d);
      }
    },
  },
  {
    ...entry,
    id: "mlp-averages",
    name: "Mlp",
    what: "the network divides dy by the batch size",
    why: "the loss has already averaged, but the lecture's formula for dW has a 1/N",
    fix: "1/N belongs to the loss, once",
    cause: "factor 1/N",
    expects: { quantity: "layer1.weight", says: alone },
    student: class extends Mlp {
      override backward(dy: NDArray): NDArray {
        return super.backward(dy.div(dy.shape[0] as number));
      }
    },
  },
  {
    ...entry,
    id: "mlp-stays-flat",
    name: "Mlp",
    what: "dx stays flat",
    why: "Flatten has nothing to learn, so its backward is forgotten",
    fix: "end with this.flatten.backward(d)",
    expects: { quantity: "x", says: /gradient of x has shape \(\d, 784\), expected \(\d, 28, 28\)/ },
    student: class extends Mlp {
      override backward(dy: NDArray): NDArray {
        let d = this.relu2.backward(this.layer3.backward(dy));
        d = this.relu1.backward(this.layer2.backward(d));
        return this.layer1.backward(d);
      }
    },
  },
];
