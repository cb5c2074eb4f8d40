/** The parts of hw4 that its hidden checks share with the public ones. */

export { calls as hw4Calls } from "./calls.ts";
export { expectChoice } from "./checks.ts";
export { type Choice, choiceIn, estimatedSeconds, mostSeconds } from "./choice.ts";
export { judgedBy } from "./judge.ts";
export type { LayerUnderTest } from "./layer-under-test.ts";
export { type Found, type Memory, type Named, PlantedLayer, type Rule } from "./planted-layer.ts";
export { type Practice, practiceLayer, practiceLayers } from "./practice/pool.ts";
export { practiceFile } from "./practice/practice-file.ts";
export { repliesOf } from "./remote-layer.ts";
export * as rightRules from "./right-rules.ts";
export { standsIn, textIn, wordCount } from "./words.ts";
