import type { Section } from "../row.ts";
import { classes } from "./classes.ts";
import { creation } from "./creation.ts";
import { elementwise } from "./elementwise.ts";
import { indexing } from "./indexing.ts";
import { linearAlgebra } from "./linear-algebra.ts";
import { python } from "./python.ts";
import { randomNumbers } from "./random.ts";
import { reductions } from "./reductions.ts";
import { shapes } from "./shapes.ts";
import { tape } from "./tape.ts";

/** The table of names, in the order of the page. */
export const sections: readonly Section[] = [
  python,
  creation,
  indexing,
  elementwise,
  reductions,
  shapes,
  linearAlgebra,
  randomNumbers,
  tape,
  classes,
];
