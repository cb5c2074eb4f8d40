/** What the grader's hidden checks of this assignment share with the public ones. */
export { draw, drawNumbers, judgeDrawn } from "./checks/draw.ts";
export { nodesOf } from "./expected.ts";
export { inProgram, judgeBackward, judgeValues } from "./judge.ts";
export { type Backward, type Program, questionOf, type Step } from "./program.ts";
