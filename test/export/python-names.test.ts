import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type AnyNetwork, toPyTorch } from "chalk-and-tape/export";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { dictAttributes, keywords, moduleAttributes } from "#internal/export";
import { expectAnswer, exported } from "./both-sides.ts";
import { type Answer, inPyTorch } from "./in-pytorch.ts";
import { needsPython, runPython } from "./python.ts";

const rng = random(4);
const shape = [2, 3];

/** A network with one layer in a field of this name. */
function withField(name: string): autograd.Module {
  return new (class Net extends autograd.Module {
    constructor() {
      super();
      Object.defineProperty(this, name, {
        value: new autograd.Linear(3, 3, { rng }),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    forward(x: autograd.Tensor): autograd.Tensor {
      const [layer] = Object.values(this).filter((value) => value instanceof autograd.Linear);
      return (layer as autograd.Linear).forward(x);
    }
  })();
}
/** The same with a key of an object. */
function withKey(key: string): autograd.Module {
  return new (class Net extends autograd.Module {
    readonly heads = { [key]: new autograd.Linear(3, 3, { rng }) };
    forward(x: autograd.Tensor): autograd.Tensor {
      return (this.heads[key] as autograd.Linear).forward(x);
    }
  })();
}
/** A network whose class has this name. */
function named(name: string): autograd.Module {
  const Net = class extends autograd.Module {
    readonly inner = withField("layer");
    forward(x: autograd.Tensor): autograd.Tensor {
      return this.inner.forward(x).relu();
    }
  };
  Object.defineProperty(Net, "name", { value: name });
  return new Net();
}

describe("names of parts in Python", function () {
  this.timeout(120_000);

  it("knows Python's keywords and what PyTorch's modules use", function () {
    needsPython(this, "torch");
    const told = runPython(`
import json, keyword
from torch import nn
own = lambda x: [name for name in dir(x) if not name.startswith("__")]
print(json.dumps([keyword.kwlist, own(nn.Module()), own(nn.ModuleDict())]))`);
    const [words, attributes, ofDicts] = JSON.parse(told) as string[][];
    expect(words?.filter((name) => !keywords.includes(name))).to.deep.equal([]);
    expect(attributes?.filter((name) => !moduleAttributes.includes(name))).to.deep.equal([]);
    const known = [...moduleAttributes, ...dictAttributes];
    expect(ofDicts?.filter((name) => !known.includes(name))).to.deep.equal([]);
  });

  for (const name of [
    "lambda",
    "class",
    "None",
    "train",
    "type",
    "half",
    "_modules",
    "__hidden",
    "$layer",
    "ﬁrst",
    "a b",
  ])
    it(`a field ${name} is refused before anything is written`, () => {
      const refused = (): unknown => toPyTorch(withField(name), shape);
      expect(refused).to.throw(RangeError, `Net has a part named ${name}, `);
      expect(refused).to.throw("Rename the fields and keys");
    });

  for (const key of ["train", "type", "keys", "items", "_modules"])
    it(`a key ${key} is refused before anything is written`, () => {
      expect(() => toPyTorch(withKey(key), shape)).to.throw(RangeError, `Net has a part named ${key}, `);
    });

  it("names every name and every other problem in one message, on either side", () => {
    class Net extends manual.Layer {
      readonly heads = new Map<string, manual.Layer>([["pop", new manual.Identity()]]);
      readonly lambda = new manual.Sigmoid();
      forward(x: Parameters<manual.Sigmoid["forward"]>[0]): typeof x {
        return this.lambda.forward(x).cumsum(0);
      }
      backward(dy: Parameters<manual.Sigmoid["forward"]>[0]): typeof dy {
        return dy;
      }
    }
    expect(() => toPyTorch(new Net(), shape)).to.throw(
      RangeError,
      "export: Net cannot be exported: Net computes cumsum, and has a part named pop, which PyTorch's ModuleDict uses for something else, and has a part named lambda, a keyword of Python. Use the",
    );
  });

  it("a layer that no longer has the arrays of its arguments is refused", () => {
    for (const side of [manual, autograd]) {
      const layer = new side.Linear(3, 3, { rng });
      layer.bias = null;
      expect(() => toPyTorch(layer as AnyNetwork, shape)).to.throw(
        RangeError,
        "Linear has weight (3, 3), where its arguments say weight (3, 3), bias (3,). Make the layer with",
      );
    }
  });

  it("all other names work in PyTorch and keep their keys; classes may have any name", async function () {
    needsPython(this, "torch", "safetensors.torch");
    const fields = ["_hidden", "self", "x", "torch", "nn", "größe", "hiddenLayer", "W1", "match", "items"];
    const keys = ["class", "a b", "a-b", "0", "1", 'quo"te', "back\\slash", "größe", "__hidden"];
    const classes = ["torch", "nn", "network", "$", "", "BasicBlock", "Linear", "lambda", "functional"];
    const networks = [...fields.map(withField), ...keys.map(withKey), ...classes.map(named)];
    const pairs = networks.map((network, i) => ({
      title: [...fields, ...keys, ...classes][i] as string,
      networks: [network],
      batches: [[rng.normal(0, 1, shape)]],
    }));
    const answers = await inPyTorch(pairs.map(exported));
    for (const [i, pair] of pairs.entries()) expectAnswer(pair, answers[i] as Answer);
  });
});
