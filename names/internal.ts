/** NumPy's and PyTorch's names, and what they are called here: the table behind docs/names.md and `chalk-and-tape names`. */

export { allRows, type Found, findNames, nearName } from "./find.ts";
export { type LeftOut, leftOut } from "./left-out.ts";
export { namesPage, writtenIn } from "./page.ts";
export { type Kind, type OurName, type Row, rows, type Section } from "./row.ts";
export { sections } from "./table/index.ts";
