/** The contract of every optimizer and clipping function, under its own name. */

export { adadeltaRecipe as Adadelta } from "./adadelta.ts";
export { adagradRecipe as Adagrad } from "./adagrad.ts";
export { adamRecipe as Adam, adamWRecipe as AdamW } from "./adam.ts";
export { adamaxRecipe as Adamax } from "./adamax.ts";
export { clipGradNorm, clipGradValue } from "./clipping.ts";
export { nadamRecipe as NAdam } from "./nadam.ts";
export { radamRecipe as RAdam } from "./radam.ts";
export { rmspropRecipe as RMSprop } from "./rmsprop.ts";
export { rpropRecipe as Rprop } from "./rprop.ts";
export { sgdRecipe as SGD } from "./sgd.ts";
