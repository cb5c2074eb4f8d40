import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { NDArray } from "chalk-and-tape/np";
import { update } from "#internal/np";

describe("np, changes in place", () => {
  const grid = (): NDArray => np.arange(6).reshape(2, 3);

  it("addInPlace and copyFrom change the memory, and return the array", () => {
    const x = grid();
    expect(x.addInPlace(grid(), -0.5)).to.equal(x);
    expect(x.toArray()).to.deep.equal([[0, 0.5, 1], [1.5, 2, 2.5]]); // biome-ignore format: a matrix
    expect(x.copyFrom(np.array([[1, 2, 3], [4, 5, 6]], { dtype: "int32" }).slice([null, null, -1]))).to.equal(x); // biome-ignore format: a matrix
    expect(x.toArray()).to.deep.equal([[4, 5, 6], [1, 2, 3]]); // biome-ignore format: a matrix
    expect(x.dtype).to.equal("float64");
  });

  it("one version for all views of a memory, raised by every change and by nothing else", () => {
    const x = grid();
    const views = [x.T, x.slice(0), x.reshape(-1), x.broadcastTo([2, 2, 3]), x.T.T.slice([1])];
    expect(views.map((view) => view.version)).to.deep.equal([0, 0, 0, 0, 0]);
    x.addInPlace(x);
    x.slice(1).copyFrom(np.zeros([3]));
    x.reshape(-1).addInPlace(np.ones([6]));
    for (const view of [x, ...views]) expect(view.version).to.equal(3);
    x.add(1);
    x.T.copy().addInPlace(np.ones([3, 2]));
    x.astype("float32").copyFrom(grid());
    x.sum();
    expect(x.version).to.equal(3);
    expect(x.toArray()).to.deep.equal([[1, 3, 5], [1, 1, 1]]); // biome-ignore format: a matrix
  });

  it("a copy owns its memory; a contiguous reshape, slice or transpose shares it", () => {
    const x = grid();
    const [copy, view] = [x.copy(), x.slice([1])];
    x.addInPlace(np.ones([2, 3]));
    expect(copy.toArray()).to.deep.equal(grid().toArray());
    expect(view.toArray()).to.deep.equal([[4, 5, 6]]);
    const memory = new Float32Array([1, 2]);
    NDArray.from(memory).addInPlace(np.array([1, 1]), 10);
    expect([...memory]).to.deep.equal([11, 12]);
  });

  it("a source that overlaps the target is read before it is written", () => {
    const x = np.arange(5);
    x.copyFrom(x.slice([null, null, -1]));
    expect(x.toArray()).to.deep.equal([4, 3, 2, 1, 0]);
    const y = np.array([1, 10, 100, 1000]);
    y.slice([1]).addInPlace(y.slice([null, -1]));
    expect(y.toArray()).to.deep.equal([1, 11, 110, 1100]);
    const memory = new Float64Array([1, 2, 3]);
    NDArray.from(memory.subarray(1)).copyFrom(NDArray.from(memory.subarray(0, 2)));
    expect([...memory]).to.deep.equal([1, 1, 2]);
  });

  it("what cannot be changed in place says so, and stays as it was", () => {
    const x = grid();
    expect(() => x.T.addInPlace(np.ones([3, 2]))).to.throw(TypeError, /only a contiguous array.*copy\(\)/);
    expect(() =>
      np
        .ones([1])
        .broadcastTo([3])
        .copyFrom(np.zeros([3])),
    ).to.throw(TypeError, /contiguous/);
    expect(() => x.addInPlace(np.ones([3]))).to.throw(np.ShapeError, "(2, 3) cannot take one of shape (3,)");
    expect(() => x.astype("int32").addInPlace(x)).to.throw(
      TypeError,
      /float64 does not fit dtype int32.*astype/,
    );
    expect(() => x.astype("int32").addInPlace(x.astype("int32"), 0.5)).to.throw(TypeError, /0.5.*astype/);
    expect(x.version).to.equal(0);
    expect(x.toArray()).to.deep.equal(grid().toArray());
  });

  it("a pinned array may be read until the memory changes; its views too, and its shape always", () => {
    const x = grid();
    const changed: number[] = [];
    const pinned = x.pinned(x.version, (now) => {
      changed.push(now);
      return new RangeError(`changed, now ${now}`);
    });
    const views = [
      pinned,
      pinned.T,
      pinned.slice([1], 0),
      pinned.reshape(3, 2),
      pinned.broadcastTo([4, 2, 3]),
    ];
    expect(pinned.add(1).sum().item()).to.equal(21);
    expect(pinned.T.toArray()).to.deep.equal(x.T.toArray());
    expect(changed).to.deep.equal([]);
    x.slice(0).addInPlace(np.ones([3]));
    for (const view of views) {
      const reads = [
        () => view.add(1),
        () => view.copy(),
        () => view.flat(),
        () => view.toArray(),
        () => view.sum(),
      ];
      for (const read of reads) expect(read).to.throw(RangeError, "changed, now 1");
      expect(() => np.ones([1]).add(view)).to.throw(RangeError, "changed, now 1");
      expect(view.size).to.equal(view.shape.reduce((size, n) => size * n, 1));
    }
    expect(() => pinned.matmul(np.ones([3, 1]))).to.throw(RangeError, "changed, now 1");
    expect(() => pinned.item(0, 0)).to.throw(RangeError, "changed, now 1");
    expect(() => np.ones([2, 3]).copyFrom(pinned)).to.throw(RangeError, "changed, now 1");
    expect(x.add(1).sum().item()).to.equal(24);
    expect(
      x
        .pinned(1, () => new RangeError("never"))
        .sum()
        .item(),
    ).to.equal(18);
  });
});

describe("np, one-pass updates", () => {
  const close = (actual: NDArray, expected: NDArray): void => {
    for (const difference of np.abs(actual.sub(expected)).flat()) expect(difference).to.be.below(1e-15);
  };
  const rng = np.random(3);
  const draw = (): NDArray => rng.normal(0, 1, [4, 3]);

  for (const nesterov of [false, true]) {
    it(`update("sgd") is the formula${nesterov ? ", Nesterov's" : ""}; a transposed gradient too`, () => {
      const step = { lr: 0.1, momentum: 0.9, dampening: nesterov ? 0 : 0.25, nesterov, weightDecay: 0.01 };
      const [value, velocity] = [draw(), np.zeros([4, 3])];
      let [p, v] = [value.copy(), np.zeros([4, 3])];
      for (const first of [true, false, false]) {
        const gradient = draw().T.copy().T;
        update("sgd", value, gradient, { velocity }, { ...step, first });
        const g = gradient.add(p.mul(0.01));
        v = first ? g : v.mul(0.9).add(g.mul(1 - step.dampening));
        p = p.sub((nesterov ? g.add(v.mul(0.9)) : v).mul(0.1));
        close(velocity, v);
        close(value, p);
      }
      expect([value.version, velocity.version]).to.deep.equal([3, 3]);
      const plain = p.sub(np.ones([4, 3]).add(p.mul(0.01)).mul(0.1));
      update("sgd", value, np.ones([4, 3]), { velocity: null }, { ...step, first: true });
      close(value, plain);
    });
  }

  it('update("adam") is the formula with both corrections', () => {
    const [beta1, beta2, lr, eps, weightDecay] = [0.8, 0.95, 0.01, 1e-3, 0.1];
    const [value, mean, square] = [draw(), np.zeros([4, 3]), np.zeros([4, 3])];
    let [p, m, v] = [value.copy(), mean.copy(), square.copy()];
    for (let t = 1; t <= 3; t++) {
      const gradient = draw();
      const state = { m: mean, v: square, vMax: null };
      update("adam", value, gradient, state, {
        lr,
        betas: [beta1, beta2],
        eps,
        weightDecay,
        amsgrad: false,
        decoupledWeightDecay: false,
        t,
      });
      const g = gradient.add(p.mul(weightDecay));
      m = m.mul(beta1).add(g.mul(1 - beta1));
      v = v.mul(beta2).add(g.mul(g).mul(1 - beta2));
      const [mHat, vHat] = [m.div(1 - beta1 ** t), v.div(1 - beta2 ** t)];
      p = p.sub(mHat.mul(lr).div(np.sqrt(vHat).add(eps)));
      close(mean, m);
      close(square, v);
      close(value, p);
    }
    expect([value.version, mean.version, square.version]).to.deep.equal([3, 3, 3]);
  });
});
