/** Lessons use the TypeScript that lesson 00 shows, and the package in place of plumbing. */
import ts from "@tslab/typescript-for-tslab";
import { descendants, parse } from "../house/source.ts";
import type { CodeCell } from "./authoring/lesson-source.ts";

/** Names of syntax kinds that only group others, or that tell two spellings of one thing apart. */
const unremarkable = new Set(["SyntaxList", "EndOfFileToken", "NoSubstitutionTemplateLiteral"]);

/** Who knows `<` knows `>=`; who knows `+=` knows `*=`; who knows `: number` knows `: boolean`. */
const families: readonly (readonly [name: string, kinds: readonly ts.SyntaxKind[]])[] = [
  [
    "comparison",
    [
      ts.SyntaxKind.LessThanToken,
      ts.SyntaxKind.LessThanEqualsToken,
      ts.SyntaxKind.GreaterThanToken,
      ts.SyntaxKind.GreaterThanEqualsToken,
    ],
  ],
  ["EqualsToken", [ts.SyntaxKind.EqualsToken]],
  [
    "assignment with an operator",
    [
      ts.SyntaxKind.PlusEqualsToken,
      ts.SyntaxKind.MinusEqualsToken,
      ts.SyntaxKind.AsteriskEqualsToken,
      ts.SyntaxKind.SlashEqualsToken,
    ],
  ],
  [
    "name of a basic type",
    [
      ts.SyntaxKind.NumberKeyword,
      ts.SyntaxKind.StringKeyword,
      ts.SyntaxKind.BooleanKeyword,
      ts.SyntaxKind.VoidKeyword,
    ],
  ],
];

function kindOf({ kind }: ts.Node): string {
  return families.find(([, kinds]) => kinds.includes(kind))?.[0] ?? ts.SyntaxKind[kind];
}

/** The kinds of syntax in some cells. */
export function syntaxKinds(cells: readonly CodeCell[]): ReadonlySet<string> {
  return new Set(cells.flatMap(({ text }) => descendants(parse(text)).map(kindOf)));
}

/** One sentence for each kind of syntax that the shown ones lack, in each cell. */
export function languageProblems(cells: readonly CodeCell[], shown: ReadonlySet<string>): string[] {
  return cells.flatMap(({ id, text }) => {
    const first = new Map<string, string>();
    for (const node of descendants(parse(text))) {
      const kind = kindOf(node);
      if (!shown.has(kind) && !unremarkable.has(kind) && !first.has(kind))
        first.set(kind, node.getText().split("\n", 1)[0] ?? "");
    }
    return [...first].map(([kind, line]) => `cell ${id}: lesson 00 does not show ${kind}: ${line}`);
  });
}

/** What a helper of the package has to do in a lesson: a test, and what to write. */
const plumbing: readonly [test: (node: ts.Node) => boolean, instead: string][] = [
  [(node) => calls(node, "Array.from"), "Array.from: give the array itself, or use .map"],
  [
    (node) => calls(node, "Object.entries") || calls(node, "Object.fromEntries"),
    "Object.entries: use a list",
  ],
  [(node) => /\.flat$/.test(callee(node)), ".flat(): give the array itself"],
  [(node) => callee(node) === "console.table", "console.table: use cmp or another table of the package"],
  [isIndexLoop, "a loop with an index: write for (const x of list)"],
  [ts.isForInStatement, "a loop over keys: write for (const x of list)"],
  [ts.isAsExpression, "as: the package lacks a type, or a function"],
  [ts.isNonNullExpression, "!: the package lacks a type, or a function"],
];

/** `for (let i = 0; i < x.length; i++)`, or one that reads `x[i]`. One that counts epochs is none. */
function isIndexLoop(node: ts.Node): boolean {
  if (!ts.isForStatement(node)) return false;
  const [name] = descendants(node).filter(ts.isVariableDeclaration);
  const reads = descendants(node.statement).filter(ts.isElementAccessExpression);
  const isIndex = reads.some(
    ({ argumentExpression }) => argumentExpression.getText() === name?.name.getText(),
  );
  return isIndex || /\.length\b/.test(node.condition?.getText() ?? "");
}

function callee(node: ts.Node): string {
  return ts.isCallExpression(node) ? node.expression.getText().replace(/\s+/g, "") : "";
}

function calls(node: ts.Node, name: string): boolean {
  return callee(node) === name;
}

/** One sentence for each piece of plumbing in a cell. */
export function plumbingProblems(cells: readonly CodeCell[]): string[] {
  return cells.flatMap(({ id, text }) =>
    descendants(parse(text)).flatMap((node) =>
      plumbing.flatMap(([isOne, instead]) => (isOne(node) ? [`cell ${id}: ${instead}`] : [])),
    ),
  );
}
