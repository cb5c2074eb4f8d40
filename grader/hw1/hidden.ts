import { type Check, hw1 } from "../../homework/internal.ts";
import { hiddenLayerChecks } from "./hidden/layers.ts";
import { hiddenNetworkChecks } from "./hidden/network.ts";

/** The checks that no student's edition holds. */
export const hidden: readonly Check[] = [
  ...hiddenLayerChecks,
  ...hiddenNetworkChecks,
  {
    id: "h6-train",
    task: 6,
    points: 0.5,
    title: "trainStep: 50 steps on another set of points",
    needs: ["t6-train"],
    run: (examiner) => hw1.training(examiner, [40, 50, 0.2]),
  },
];
