/** How our own layers start; no entry of the package. */

export { biasUniform } from "./bias-uniform.ts";
export { embeddingNormal } from "./embedding-normal.ts";
export { initConvolutions } from "./init-convolutions.ts";
