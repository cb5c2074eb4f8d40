import { stepJob } from "./step-job.mjs";

// With plain loops the fifty steps that the gate wants take minutes; jax-js has no faster convolution than that (LeNet5: 4 s a step).
const plainLoops = /^(chalk|tape)-js$|^jax-js$/;

/*
 * The noise in the images keeps the gate sharp: where a network is in the middle of finding out at step 50, it makes of one rounding error 3 % of
 * the loss, PyTorch against itself, and no gate could tell a right step from a wrong one. ResNet20 has found out by then where
 * noise is little; LeNet5 has not begun where it is much.
 */
const step = (name, batch, noise, tooSlow) => [stepJob(name, { name }, batch, { noise, tooSlow })];
export const lenet5 = step("lenet5", 64, 1, /^jax-js$/);
export const cifarNet = step("cifar-net", 64, 0.1, plainLoops);
export const resnet20 = step("resnet20", 32, 0.1, plainLoops);
