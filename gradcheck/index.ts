/** Checks gradients of any function of arrays against finite differences and other witnesses. */
export type { Advice, Hints } from "./diagnosis/advice.ts";
export { derivative, type NumericalGradient, numericalGradient } from "./differences/numerical.ts";
export { checkAgainst, type ExpectedValues } from "./expected-values.ts";
export { type SymbolicDerivative, symbolicDerivative } from "./formulas/symbolic.ts";
export type { ForwardBackward } from "./function-subject.ts";
export { type GradcheckOptions, gradcheck } from "./gradcheck.ts";
export {
  judgeWithPreset,
  type Preset,
  type PresetOptions,
  type PresetVerdict,
} from "./presets/judge-with-preset.ts";
export { type FormatOptions, formatReport } from "./report/format-report.ts";
export { reportHtml } from "./report/html-report.ts";
export type { CheckReport, CheckRow, Verdict, Witness, Worst } from "./report/report.ts";
export type { LayerLike } from "./structure/own-layer.ts";
