import { maximum, stack } from "chalk-and-tape/np";

const relu = (x) => maximum(x, 0);

/**
 * Graphs of arrays or tensors, in methods that both have: the leaves' values, how many operations a graph has, how many graphs make one
 * sample of the clock, and the number that comes out. torch_overhead.py has the same.
 */
export const graphs = {
  /** The expression of micrograd's README, on numbers in arrays of no axis; it gives 24.7041, and 138.8338 and 645.5773 as gradients. */
  scalar: {
    leaves: [-4, 2],
    operations: 26,
    repeats: 100,
    run([a, b]) {
      let c = a.add(b);
      let d = a.mul(b).add(b.pow(3));
      c = c.add(c.add(1));
      c = c.add(c.add(1)).add(a.neg());
      d = d.add(d.mul(2)).add(relu(b.add(a)));
      d = d.add(d.mul(3)).add(relu(b.sub(a)));
      const e = c.sub(d);
      const f = e.pow(2);
      return f.div(2).add(f.pow(-1).mul(10));
    },
  },
  /** Each operation reads what the one before it made. */
  chain: {
    leaves: [[1, 2, 3, 4, 5, 6, 7, 8]],
    operations: 200_001,
    repeats: 1,
    run([x]) {
      let y = x;
      for (let i = 0; i < 100_000; i++) y = y.mul(0.999999).add(0.000001);
      return y.sum();
    },
  },
  /** One tensor is read 10,000 times, so 10,000 gradients add up in it; the last two operations join the results. */
  wide: {
    leaves: [[1, 2, 3, 4, 5, 6, 7, 8]],
    operations: 10_002,
    repeats: 1,
    run([x]) {
      const terms = [];
      for (let i = 0; i < 10_000; i++) terms.push(x.mul(i));
      return stack(terms).sum();
    },
  },
};
