import type { Diagnostic } from "tslab/dist/converter.js";

interface Hint {
  /** What the compiler says. */
  readonly message: RegExp;
  /** What the marked text of the cell is; any text if absent. */
  readonly text?: RegExp;
  readonly say: string;
}

/** What a cell's author probably meant, for messages that speak to compiler writers. */
const hints: readonly Hint[] = [
  {
    message: /^The right-hand side of an arithmetic operation/,
    say: "with a number on the left, 1 - a is np.subtract(1, a), 1 / a is np.divide(1, a), and 2 * a is a.mul(2)",
  },
  {
    message: /^The left-hand side of an arithmetic operation|^Operator '[-+*/%<>]=?' cannot be applied/,
    say: "arrays and tensors have methods in place of operators: a.mul(2), a.add(b), a.greater(0), a.matmul(b)",
  },
  {
    message: /^Type '\d+' has no properties in common with type '(Array|Random)Options'/,
    say: "a shape is a list: np.zeros([2, 3])",
  },
  {
    message: /^Type '.*' has no properties in common with type '\w*(Options|Group)/,
    say: "the last argument is an object of options, such as { bias: false }, { lr: 0.1 } or { dtype: \"float32\" }",
  },
  {
    message: /'Promise<|did you (intend|forget) to use 'await'/i,
    say: "a call that takes time gives a promise: put await before it, as in const history = await train(…)",
  },
  { message: /^Cannot find name 'print'/, say: "console.log(x) prints; the last expression of a cell is shown" },
  { message: /^Cannot find name 'len'/, say: "x.shape[0] is the length of the first axis, list.length that of a list" },
  { message: /^Cannot find name '(None|True|False)'/, say: "JavaScript writes null, true and false" },
  { message: /^Cannot find name '(axis|dim|keepdims|keepdim)'/, say: "arguments stand in order, without their names: x.sum(0, true)" },
  { message: /^Cannot find name .*instance member/, say: "a method reaches the fields of its object through this, as Python does through self" },
  { message: /^Cannot assign to '\w+' because it is a constant/, say: "const keeps its value; a name that changes is made with let" },
  { message: /^Type '(NDArray|Tensor)' is not assignable to type 'number'/, say: "x.item() is the number of an array with one element" },
  { message: /^Argument of type 'NDArray' is not assignable to parameter of type 'Tensor'/, say: "the tape takes tensors: tape.tensor(x), or tensor(x), makes one of an array" },
  { message: /^Argument of type 'Tensor' is not assignable to parameter of type 'NDArray'/, say: "chalk takes arrays: x.data is the array of a tensor" },
  { message: /^Cannot find name/, say: "a new variable needs const or let: const x = 5; one of another cell exists once that cell has run" },
  { message: /^(Invalid character|Property or signature expected)/, text: /^#/, say: "a comment begins with //" },
  { message: /^Left side of comma operator is unused/, say: "a shape is a list: np.zeros([2, 3])" },
  { message: /^This expression is not callable/, say: "a model is called by its method: model.forward(x)" },
  { message: /must have a '\[Symbol\.iterator\]\(\)' method/, say: "a loader needs for await (const { x, y } of loader); an array is read by x.slice(i)" },
  { message: /^Property '\w+' does not exist on type '(NDArray|Tensor|Random|typeof import)/, say: "npx chalk-and-tape names WORD says what a name of NumPy or PyTorch is called here" },
]; // biome-ignore format: a table

/** The first hint that fits a message about `text`; null if none does. */
export function hintFor({ messageText }: Diagnostic, text: string): string | null {
  const found = hints.find((hint) => hint.message.test(messageText) && (hint.text?.test(text) ?? true));
  return found?.say ?? null;
}
