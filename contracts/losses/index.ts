/** The contract of every loss, under its class's name. */

export { BCELoss, BCEWithLogitsLoss } from "./bce-loss.ts";
export { CosineEmbeddingLoss } from "./cosine-embedding-loss.ts";
export { CrossEntropyLoss, NLLLoss } from "./cross-entropy-loss.ts";
export { HingeEmbeddingLoss } from "./hinge-embedding-loss.ts";
export { HuberLoss } from "./huber-loss.ts";
export { KLDivLoss } from "./kl-div-loss.ts";
export { L1Loss, MSELoss } from "./loss-options.ts";
export { MultiMarginLoss } from "./multi-margin-loss.ts";
export { SmoothL1Loss } from "./smooth-l1-loss.ts";
