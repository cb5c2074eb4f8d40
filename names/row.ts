import type * as autograd from "../autograd/index.ts";
import type * as datasets from "../datasets/index.ts";
import type * as initialisers from "../initialisers/index.ts";
import type * as manual from "../manual/index.ts";
import type * as np from "../np/index.ts";
import type * as plots from "../plots/index.ts";
import type * as training from "../training/index.ts";

type Members<Class> = Extract<keyof Class, string>;

/** A name of this package. One that does not exist does not compile. */
export type OurName =
  | `np.${Exclude<keyof typeof np, "linalg">}`
  | `np.linalg.${keyof typeof np.linalg}`
  | `NDArray.${Members<np.NDArray>}`
  | `Random.${Members<np.Random>}`
  | `Tensor.${Members<autograd.Tensor>}`
  | `Module.${Members<autograd.Module>}`
  | `Optimizer.${Members<autograd.Optimizer>}`
  | `functional.${keyof typeof autograd.functional}`
  | `autograd.${keyof typeof autograd}`
  | `manual.${keyof typeof manual}`
  | `training.${keyof typeof training}`
  | `datasets.${keyof typeof datasets}`
  | `plots.${keyof typeof plots}`
  | `initialisers.${keyof typeof initialisers}`;

/**
 * `differentiable`: has a gradient on tape. `constant`: its derivative is 0 wherever it exists. `creation`: makes a new
 * array. `class`: a layer, a loss, an optimizer or a schedule, on both sides. `other`: everything else.
 */
export type Kind = "differentiable" | "constant" | "creation" | "class" | "other";

/** One line of the table: what a NumPy or PyTorch user writes, and what is written here. */
export interface Row {
  readonly kind: Kind;
  /** NumPy's names: `np.sum` stands for the method `ndarray.sum` too. Empty where NumPy has none. */
  readonly numpy: readonly string[];
  /** What does it here, for arrays. */
  readonly np: readonly OurName[];
  /** PyTorch's names: `Tensor.sum` stands for the function `torch.sum` too. */
  readonly torch: readonly string[];
  /** What does it here, for tensors. */
  readonly tape: readonly OurName[];
  /** What differs; where there is no name, what to write instead or why there is none. */
  readonly note: string;
}

type Ours = OurName | readonly OurName[] | null;

/** A row as the table writes it; several foreign names are separated by " · ". */
export type Line = readonly [numpy: string | null, np: Ours, torch: string | null, tape: Ours, note?: string];

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Rows of one kind. */
export function rows(kind: Kind, lines: readonly Line[]): Row[] {
  return lines.map(([numpy, np, torch, tape, note = ""]) => ({
    kind,
    numpy: foreign(numpy),
    np: ours(np),
    torch: foreign(torch),
    tape: ours(tape),
    note,
  }));
}

function foreign(names: string | null): string[] {
  return names === null ? [] : names.split(" · ");
}

function ours(names: Ours): readonly OurName[] {
  if (names === null) return [];
  return typeof names === "string" ? [names] : names;
}
