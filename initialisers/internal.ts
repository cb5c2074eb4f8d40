/** Initial values for the built-in layers; not a public entry of the package. */

export { biasUniform } from "./bias-uniform.ts";
export { embeddingNormal } from "./embedding-normal.ts";
export { initConvolutions } from "./init-convolutions.ts";
