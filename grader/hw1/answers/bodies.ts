/** The reference's bodies that whole other bodies replace. A test sees that each occurs in it once. */

export const linearForwardBody = `  const xW = x.matmul(W.T); // (N, D)·(D, M) → (N, M)
  return xW.add(b); // (N, M) + (M,): b is added to every row
`;

export const linearBackwardBody = `  const dx = dy.matmul(W); // (N, M)·(M, D) → (N, D)
  const dW = dy.T.matmul(x); // (M, N)·(N, D) → (M, D)
  const db = dy.sum(0); // (N, M) → (M,)
  return { dx, dW, db };
`;

const names = [1, 2, 3, 4].flatMap((k) => [`W${k}`, `b${k}`]);

export const constructorBody: string = names.map((name) => `    this.${name} = ${name}.copy();\n`).join("");

export const gradientsSet: string = [1, 2, 3, 4]
  .flatMap((k) => [`    this.dW${k} = layer${k}.dW;\n`, `    this.db${k} = layer${k}.db;\n`])
  .join("");

export const backwardBody: string = `    const layer4 = linearBackward(dz, this.x4, this.W4);
    const dz3 = reluBackward(layer4.dx, this.z3); // (N, 10)
    const layer3 = linearBackward(dz3, this.x3, this.W3);
    const dz2 = reluBackward(layer3.dx, this.z2); // (N, 10)
    const layer2 = linearBackward(dz2, this.x2, this.W2);
    const dz1 = reluBackward(layer2.dx, this.z1); // (N, 10)
    const layer1 = linearBackward(dz1, this.x1, this.W1);
${gradientsSet}`;

/** The lines of update, for a sign or another way to write it. */
export const updated = (line: (name: string) => string): string =>
  names.map((name) => `    ${line(name)}\n`).join("");

export const updateBody: string = updated(
  (name) => `this.${name} = this.${name}.sub(this.d${name}.mul(lr));`,
);
