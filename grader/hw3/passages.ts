/** Passages of the reference that known answers replace as a whole. */

/** Tensor.backward lists the tensors. */
export const listing = `    const order: Tensor[] = [];
    const seen = new Set<Tensor>();
    const stack: { tensor: Tensor; isDone: boolean }[] = [{ tensor: this, isDone: false }];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const { tensor, isDone } = top;
      if (isDone) order.push(tensor);
      if (isDone || seen.has(tensor) || !tensor.requiresGrad) continue;
      seen.add(tensor);
      stack.push({ tensor, isDone: true });
      for (const input of tensor.inputs) stack.push({ tensor: input, isDone: false });
    }
`;

/** Tensor.backward keeps the gradients of this call. */
export const keeping = `    const gradients = new Map<Tensor, NDArray>([[this, upstream ?? onesLike(this.data)]]);
    const addTo = (tensor: Tensor, dy: NDArray): void => {
      const before = gradients.get(tensor);
      gradients.set(tensor, before ? before.add(dy) : dy);
    };
`;

/** Tensor.backward sends them. */
export const sending = `    for (const tensor of order.reverse()) {
      const dy = gradients.get(tensor);
      if (!dy) continue;
      if (!tensor.rule) {
        tensor.grad = tensor.grad ? tensor.grad.add(dy) : dy.copy();
        continue;
      }
      const sent = tensor.rule(dy);
      for (const [i, input] of tensor.inputs.entries()) addTo(input, sent[i] as NDArray);
    }
`;

/** Value.backward lists the values. */
export const visiting = `    const visit = (value: Value): void => {
      if (seen.has(value)) return;
      seen.add(value);
      for (const input of value.inputs) visit(input);
      order.push(value);
    };
`;

export const mulOfTensors = `    return new Tensor(this.data.mul(other.data), {}, [this, other], (dy) => [
      unbroadcast(dy.mul(other.data), this.data.shape),
      unbroadcast(dy.mul(this.data), other.data.shape),
    ]);
`;

export const matmulOfTensors = `    return new Tensor(this.data.matmul(other.data), {}, [this, other], (dy) => [
      dy.matmul(other.data.T),
      this.data.T.matmul(dy),
    ]);
`;

export const reluOfTensors = `    const isAbove = this.data.greater(0);
    return new Tensor(where(isAbove, this.data, 0), {}, [this], (dy) => [where(isAbove, dy, 0)]);
`;

export const sumOfTensors = `    const axes = normalizeAxes("sum", axis, this.data.ndim);
    const kept = this.data.shape.map((length, i) => (axes.includes(i) ? 1 : length));
    return new Tensor(this.data.sum(axis, keepDims), {}, [this], (dy) => [
      broadcastTo(dy.reshape(kept), this.data.shape),
    ]);
`;

export const summing = `  const extra = dy.ndim - shape.length;
  const inner = dy.sum(dy.shape.map((_, i) => i).filter((i) => i < extra));
`;

export const summingStretched = `  const stretched = shape.map((_, i) => i).filter((i) => shape[i] === 1 && inner.shape[i] !== 1);
  return inner.sum(stretched, true);
`;
