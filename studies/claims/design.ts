import { compressing, narrowing } from "../bottleneck/index.ts";
import type { StudyResult } from "../run-study.ts";
import { told } from "../separability/index.ts";
import type { Finding } from "../study.ts";
import { parameterCount } from "./computed/sizes.ts";
import type { ClaimDefinition } from "./definition.ts";
import { capacityAgainstAccuracy, families } from "./depth-readings.ts";

/** The study asks whether the line does harm; the claim is that it does none. */
function harmless({ finding }: StudyResult): Finding {
  const verdict = { holds: "not seen here", "not seen here": "holds" } as const;
  const { sentence } = finding;
  return finding.verdict === "holds" || finding.verdict === "not seen here"
    ? { verdict: verdict[finding.verdict], sentence }
    : finding;
}

const [first, second, third] = ["", " (2)", " (3)"].map(
  (which) => `Neural Network Design: depth vs. width${which}`,
) as [string, string, string];

/** How a network is designed: complexity, depth, width, and the way its numbers take. */
export const designClaims: readonly ClaimDefinition[] = [
  {
    id: "bias-variance",
    lesson: "04",
    slides: ["Neural Network Design: Bias-Variance Trade-off"],
    short: "A network needs just the right complexity",
    statement: "Between bias and variance, a network should have just the right complexity.",
    hedge: null,
    evidence: { kind: "measured", studies: ["bias-variance", "double-descent"] },
    corrected:
      "Test error falls, rises until there is one parameter for each sample, and falls again beyond: the U is half the picture.",
  },
  {
    id: "parameter-count",
    lesson: "02",
    slides: ["Neural Network Design: Bias-Variance Trade-off (2)"],
    short: "784-256-64-10 has 218,058 parameters",
    statement:
      "The network 784-256-64-10 has 218,058 parameters, and this number seems to say something about its complexity.",
    hedge: "seems to",
    evidence: { kind: "computed", dataset: "the network itself", run: parameterCount },
  },
  {
    id: "depth-capacity",
    lesson: "05",
    slides: [first],
    short: "More depth raises capacity faster than more width",
    statement: "Increasing depth usually results in a faster increase of capacity than increasing width.",
    hedge: "usually",
    evidence: { kind: "measured", studies: ["depth-vs-width", "sawtooth"] },
    corrected:
      "With as many parameters, depth can represent more; whether training finds it depends on the target and on the widths that are left.",
  },
  {
    id: "fewer-parameters",
    lesson: "04",
    slides: [first],
    short: "Fewer parameters overfit less",
    statement: "A network with fewer parameters tends to be less susceptible to overfitting.",
    hedge: "tends to",
    evidence: { kind: "measured", studies: ["bias-variance", "double-descent"] },
    corrected:
      "Fewer parameters tend to overfit less while there are fewer parameters than data; beyond, more of them can help.",
  },
  {
    id: "families",
    lesson: "05",
    slides: [second],
    short: "Some families of functions need fewer parameters",
    statement:
      "Some families of functions approximate a target with a smaller error and fewer parameters than others, which depends on the target.",
    hedge: "depends on",
    evidence: { kind: "measured", studies: ["depth-vs-width"], reading: families },
  },
  {
    id: "capacity-scales",
    lesson: "05",
    slides: [third, "These are just conceptual plots!!! Take-home message:"],
    short: "Capacity and overfitting grow differently with size",
    statement:
      "The capacity and the susceptibility to overfitting of different families of functions scale differently, which depends on the task.",
    hedge: "conceptual",
    evidence: { kind: "measured", studies: ["depth-vs-width"], reading: capacityAgainstAccuracy },
  },
  {
    id: "size-decreases",
    lesson: "06",
    slides: ["Size is gradually decreasing. Why?"],
    short: "Layers get narrower, step by step",
    statement: "The sizes of the layers decrease gradually from the input to the output.",
    hedge: "gradually",
    evidence: { kind: "measured", studies: ["bottleneck"], reading: narrowing },
    corrected:
      "Many networks get narrower, but it is no rule: 784-64-256-10 does as well as 784-256-64-10, and a layer of three units costs much wherever it stands.",
  },
  {
    id: "linearly-separable",
    lesson: "06",
    slides: ['Input data is being gradually "transformed"'],
    short: "Layer by layer, classes become linearly separable",
    statement: "Layer by layer the data are transformed until they are linearly separable at the end.",
    hedge: "gradually",
    evidence: { kind: "measured", studies: ["separability"], reading: told },
    corrected:
      "At the last hidden layer they have to be linearly separable, because the last layer is linear; on the way there they need not become so step by step.",
  },
  {
    id: "enough-depth",
    lesson: "05",
    slides: ["Neural network is not a magic"],
    short: "A complicated function needs enough depth",
    statement:
      "A single layer can only do so much: for a complicated function the network must be given enough depth.",
    hedge: null,
    evidence: { kind: "measured", studies: ["sawtooth"] },
    corrected:
      "Depth can make a function cheap to represent; that gradient descent finds it is another matter.",
  },
  {
    id: "information-loss",
    lesson: "06",
    slides: ["Mapping a high-dimensional vector to a"],
    short: "Fewer dimensions always lose information",
    statement:
      "Mapping to fewer dimensions always loses information; the question is whether the relevant part was lost.",
    hedge: null,
    evidence: { kind: "measured", studies: ["information-loss"] },
    corrected:
      "Mapping to fewer dimensions can lose nothing, if what is dropped was constant or followed from the rest; usually it loses something, and the question is whether it mattered.",
  },
  {
    id: "two-layer-bottleneck",
    lesson: "06",
    slides: ["Mapping a high-dimensional vector to a"],
    short: "Two layers are unlikely to compress well",
    statement:
      "A network of two layers is unlikely to map a high-dimensional input to few dimensions with only a very small loss of information.",
    hedge: "unlikely",
    evidence: { kind: "measured", studies: ["bottleneck"], reading: compressing },
  },
  {
    id: "width-helps",
    lesson: "06",
    slides: ["How do we ever want to increase width?"],
    short: "More dimensions than the data have can help",
    statement: "Data of few dimensions represented in more of them can be useful for certain functions.",
    hedge: "can be useful",
    evidence: { kind: "measured", studies: ["circles"] },
  },
  {
    id: "design-flow",
    lesson: "07",
    slides: ["Neural Network Design: flow"],
    short: "Start small, grow, stop when the gap becomes large",
    statement:
      "Start with a small network, increase its capacity until the training loss is low, and stop when the gap to the validation loss becomes large.",
    hedge: "one possible way",
    evidence: { kind: "measured", studies: ["design-flow"] },
    corrected:
      "Name the quantity before you start: the lowest validation loss at the end, the lowest with early stopping, and the best accuracy can choose three different networks.",
  },
  {
    id: "example-code",
    lesson: "07",
    slides: ["Neural Network Design: PyTorch Implementation"],
    short: "The example's code trains what was designed",
    statement:
      "The example's code, whose forward pass ends with a ReLU after the last layer, trains the network that was designed.",
    hedge: null,
    evidence: { kind: "measured", studies: ["relu-on-logits"], reading: harmless },
    corrected: "The last layer's outputs are the logits: return self.layer3(x), without a ReLU.",
  },
];
