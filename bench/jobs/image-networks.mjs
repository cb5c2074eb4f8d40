import { stepJob } from "./step-job.mjs";

// With plain loops the fifty steps that the gate wants take minutes; jax-js has no faster convolution than that (LeNet5: 4 s a step).
const plainLoops = /^(chalk|tape)-js$|^jax-js$/;

/*
 * The noise in the images, and the gains of the last normalisations, keep the gate sharp: where a network is in the middle of finding out at step 50, it makes of one rounding error 3 % of
 * the loss, PyTorch against itself, and no gate could tell a right step from a wrong one. ResNet20 has found out by then where
 * noise is little; LeNet5 has not begun where it is much. CifarNet starts with large logits, and at this learning rate leaps: with its last normalisation
 * at a tenth PyTorch agrees with itself to 1e-4 there. ResNet20's blocks start nearer to what they skip for the same reason.
 */
const step = (name, batch, settings) => [stepJob(name, { name }, batch, settings)];
export const lenet5 = step("lenet5", 64, { noise: 1, tooSlow: /^jax-js$/ });
export const cifarNet = step("cifar-net", 64, {
  noise: 1,
  gains: { pattern: /^features\.9\.weight$/, factor: 0.1 },
  tooSlow: plainLoops,
});
export const resnet20 = step("resnet20", 32, {
  noise: 0.1,
  gains: { pattern: /bn2\.weight$/, factor: 0.3 },
  tooSlow: plainLoops,
});
