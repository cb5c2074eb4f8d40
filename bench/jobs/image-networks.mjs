import { stepJob } from "./step-job.mjs";

// Plain JavaScript takes minutes for the fifty steps that the gate wants.
const tooSlow = /-js$/;

/*
 * The noise in the images keeps the gate sharp: where a network is in the middle of finding out at step 50, it makes of one rounding error 3 % of
 * the loss, PyTorch against itself, and no gate could tell a right step from a wrong one. ResNet20 has found out by then where
 * noise is little; LeNet5 has not begun where it is much.
 */
export const lenet5 = [stepJob("lenet5", { name: "lenet5" }, 64, { noise: 1 })];
export const resnet20 = [stepJob("resnet20", { name: "resnet20" }, 32, { noise: 0.1, tooSlow })];
