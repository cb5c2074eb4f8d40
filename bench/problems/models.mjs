const dtype = "float32";

/** Our networks by name: how either side builds one, and the shape of one input. */
export const models = {
  mlp: {
    build: (side, { sizes }, rng) => new side[sizes.length === 4 ? "Mlp" : "DeepMlp"]({ sizes, rng, dtype }),
    inputShape: ({ sizes }) => [sizes[0]],
  },
  lenet5: { build: (side, _, rng) => new side.LeNet5({ rng, dtype }), inputShape: () => [1, 28, 28] },
  "cifar-net": {
    build: (side, _, rng) => new side.CifarNet({ rng, dtype }),
    inputShape: () => [3, 32, 32],
  },
  resnet20: { build: (side, _, rng) => new side.ResNet20({ rng, dtype }), inputShape: () => [3, 32, 32] },
};
