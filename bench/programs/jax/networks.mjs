import { lax, nn, numpy as np } from "@jax-js/jax";

/*
 * Our networks' forwards in jax-js. Its arrays are counted: what a function is given it uses up, and `ref` keeps an array for one more
 * use. Statistics that only evaluation reads are not kept.
 */
const linear = (x, weights, name) =>
  np.matmul(x, np.transpose(weights[`${name}.weight`])).add(weights[`${name}.bias`]);

const flatten = (x) => x.reshape([x.shape[0], -1]);

function conv(x, weights, name, padding, stride = 1) {
  const around = [padding, padding];
  const y = lax.convGeneralDilated(x, weights[`${name}.weight`], [stride, stride], [around, around]);
  const bias = weights[`${name}.bias`];
  return bias ? y.add(bias.reshape([1, -1, 1, 1])) : y;
}

function batchNorm(x, weights, name) {
  const [axes, keepdims] = [[0, 2, 3], { keepdims: true }];
  const centered = x.ref.sub(np.mean(x, axes, keepdims));
  const variance = np.mean(np.square(centered.ref), axes, keepdims);
  const normalized = centered.div(np.sqrt(variance.add(1e-5)));
  const scaled = normalized.mul(weights[`${name}.weight`].reshape([1, -1, 1, 1]));
  return scaled.add(weights[`${name}.bias`].reshape([1, -1, 1, 1]));
}

const maxPool = (x) => lax.reduceWindow(x, np.max, [1, 1, 2, 2], [1, 1, 2, 2]);

/** ResNet's block, with shortcut A: every other pixel, and channels of zeros around. */
function block(x, weights, name, stride) {
  let y = conv(x.ref, weights, `${name}.conv1`, 1, stride);
  y = nn.relu(batchNorm(y, weights, `${name}.bn1`));
  y = batchNorm(conv(y, weights, `${name}.conv2`, 1), weights, `${name}.bn2`);
  let same = x;
  if (stride > 1) {
    const [n, c, h, w] = x.shape;
    // jax-js has no slices with steps.
    same = x.reshape([n, c, h / 2, 2, w / 2, 2]).slice([], [], [], 0, [], 0);
    same = np.pad(same, [
      [0, 0],
      [c / 2, c / 2],
      [0, 0],
      [0, 0],
    ]);
  }
  return nn.relu(y.add(same));
}

export const forward = {
  mlp(weights, x, { sizes }) {
    let y = x;
    for (let i = 1; i < sizes.length - 1; i++) y = nn.relu(linear(y, weights, `layer${i}`));
    return linear(y, weights, `layer${sizes.length - 1}`);
  },
  lenet5(weights, x) {
    let y = maxPool(nn.relu(conv(x, weights, "conv1", 2)));
    y = flatten(maxPool(nn.relu(conv(y, weights, "conv2", 0))));
    y = nn.relu(linear(y, weights, "fc1"));
    y = nn.relu(linear(y, weights, "fc2"));
    return linear(y, weights, "fc3");
  },
  "cifar-net"(weights, x) {
    let y = x;
    for (const i of [0, 4, 8]) {
      y = conv(y, weights, `features.${i}`, 1);
      y = maxPool(nn.relu(batchNorm(y, weights, `features.${i + 1}`)));
    }
    return linear(flatten(y), weights, "classifier");
  },
  resnet20(weights, x) {
    let y = nn.relu(batchNorm(conv(x, weights, "conv1", 1), weights, "bn1"));
    for (const stage of [1, 2, 3])
      for (const i of [0, 1, 2]) y = block(y, weights, `layer${stage}.${i}`, stage > 1 && i === 0 ? 2 : 1);
    return linear(np.mean(y, [2, 3]), weights, "fc");
  },
};
