/** What hw1's hidden checks share with the public ones. */

export { training } from "./checks/training.ts";
export { agreeForward, agreeGradients, factors } from "./compare.ts";
export { drawLinear, drawNetwork, drawPoints } from "./draw.ts";
export {
  knownOfLinear,
  knownOfNetwork,
  RightNetwork,
  rightDz,
  rightLinear,
  rightLinearGradients,
  rightLoss,
} from "./right.ts";
