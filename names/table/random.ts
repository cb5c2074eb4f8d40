import { rows, type Section } from "../row.ts";

/** Random numbers. */
// biome-ignore format: a table, one row a line
export const randomNumbers: Section = {
  title: "Random numbers",
  rows: [
    ...rows("creation", [
      ["np.random.default_rng", "np.random", "torch.Generator", "np.random", "`const rng = random(1)`, which layers, loaders and functions take as `{ rng }`; the numbers are not NumPy's"],
      ["np.random.seed", "np.manualSeed", "torch.manual_seed", "np.manualSeed", "the seed of everything that is made without `{ rng }`"],
      ["Generator.normal · np.random.normal", "Random.normal", "torch.normal", null, "`rng.normal(mean, std, shape)`; on tape `tensor(rng.normal(0, 1, [2]))`"],
      ["Generator.standard_normal · np.random.randn", "Random.standardNormal", "torch.randn · torch.randn_like", null, "`tensor(rng.standardNormal([2, 3]))`"],
      ["Generator.uniform · Generator.random · np.random.rand · np.random.uniform", ["Random.random", "Random.uniform"], "torch.rand · torch.rand_like", null, "`rng.random(shape)`, `rng.uniform(0, 1, shape)`"],
      ["Generator.integers · np.random.randint", "Random.integers", "torch.randint", null],
      ["Generator.choice · np.random.choice", "Random.choice", "Tensor.multinomial", null],
      ["Generator.permutation · np.random.permutation", "Random.permutation", "torch.randperm", null, "`x.slice(rng.permutation(N))` puts rows in a random order"],
      ["Generator.shuffle · np.random.shuffle", "Random.shuffle", null, null, "in place, as NumPy's"],
      ["Generator.spawn", "Random.spawn", null, null, "independent streams from one seed"],
      [null, "Random.foldIn", null, null, "the stream for a number: JAX's `fold_in`"],
      ["Generator.bit_generator.state", "Random.state", "torch.get_rng_state", null],
      [null, "np.Random", null, null, "the class of a generator"],
      [null, "Random.integer", null, null, "one whole number"],
      [null, "Random.next", null, null, "32 random bits"],
    ]),
    ...rows("other", [
      [null, null, "Tensor.bernoulli", null, "`rng.uniform(0, 1, p.shape).less(p)`"],
      ["Generator.binomial", null, null, null, "the sum of n rows of `rng.uniform(0, 1, [n, …]).less(p)`"],
      ["Generator.permuted", null, null, null, "`shuffle` or `permutation`"],
      ["Generator.multivariate_normal", null, null, null, "`rng.normal(0, 1, [N, D]).matmul(a.T).add(mean)`, where a · aᵀ is the covariance"],
    ]),
  ],
};
