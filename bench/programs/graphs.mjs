/**
 * Graphs of many small operations, the same as in python/graphs.py. `leaf(numbers)` makes an array or a tensor; each function gives
 * how many operations it made, the scalar at the end and the leaf whose gradient is compared.
 */
export const graphs = {
  /** One layer of sixteen neurons of numbers, as in micrograd: Σ tanh(Σ w x + b). */
  scalars(leaf, { tanh }) {
    const [inputs, neurons] = [16, 16];
    const xs = Array.from({ length: inputs }, (_, i) => leaf((i % 5) / 5 - 0.4));
    let total = null;
    let first = null;
    for (let j = 0; j < neurons; j++) {
      let sum = leaf((j % 3) / 10);
      for (let i = 0; i < inputs; i++) {
        const w = leaf(((i + j) % 7) / 7 - 0.4);
        first ??= w;
        sum = sum.add(w.mul(xs[i]));
      }
      const y = tanh(sum);
      total = total ? total.add(y) : y;
    }
    return { operations: neurons * (2 * inputs + 1) + neurons - 1, end: total, leaf: first };
  },
  /** 200,000 operations, one behind the other. */
  chain(leaf) {
    const x = leaf(1);
    let y = x;
    for (let i = 0; i < 100_000; i++) y = y.mul(0.99999).add(0.00001);
    return { operations: 200_000, end: y, leaf: x };
  },
  /** One tensor of 64 numbers used 10,000 times. */
  wide(leaf) {
    const x = leaf(Array.from({ length: 64 }, (_, i) => i / 64));
    let total = x.mul(0);
    for (let i = 1; i < 10_000; i++) total = total.add(x.mul((i % 10) / 10_000));
    return { operations: 20_000, end: total.sum(), leaf: x };
  },
};
