import type { ChannelStatistics } from "./normalize.ts";

/**
 * CIFAR-10's 50,000 training images: (125.3, 123.0, 113.9) ± (63.0, 62.1, 66.7) of 255.
 * @see DeVries and Taylor, "Improved Regularization of Convolutional Neural Networks with Cutout" (2017), their train.py
 */
export const cifar10Statistics: ChannelStatistics = {
  mean: [125.3 / 255, 123.0 / 255, 113.9 / 255],
  std: [63.0 / 255, 62.1 / 255, 66.7 / 255],
};

/**
 * MNIST's 60,000 training images, as measured; rounded, the 0.1307 and 0.3081 of PyTorch's
 * examples.
 */
export const mnistStatistics: ChannelStatistics = { mean: [0.1306604763], std: [0.3081078039] };
