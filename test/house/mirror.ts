/** Compares chalk's and tape's text of one file: the diff is the lesson, so it may hold nothing else. */
import ts from "@tslab/typescript-for-tslab";
import { chalkLineProblems, chalkLines } from "./chalk-lines.ts";
import { exportedClasses, isExported, markedComments, parse } from "./source.ts";

/** What stands for the same thing on the two sides. */
const vocabulary: Readonly<Record<string, string>> = {
  Tensor: "NDArray",
  Parameter: "NDArray",
  Module: "Layer",
};

export interface Comparison {
  /** Empty when the twins mirror each other. */
  readonly problems: readonly string[];
  /** The reason that `// differs: why` gives, if one of the twins has that line. */
  readonly differs: string | null;
}

/** `chalk` and `tape` are the texts of two files of the same name; what they re-export from files `withoutTwin` is their own. */
export function compareTwins(
  chalk: string,
  tape: string,
  withoutTwin: ReadonlySet<string> = new Set(),
): Comparison {
  const problems = chalkLineProblems(chalk);
  if (markedComments(tape, "chalk:").length > 0) problems.push('tape has a "// chalk:" line');
  problems.push(...throwsDifferences(chalk, tape));
  const differences = [...exportDifferences(chalk, tape, withoutTwin), ...textDifferences(chalk, tape)];
  const excuses = [...markedComments(chalk, "differs:"), ...markedComments(tape, "differs:")];
  const [excuse] = excuses;
  if (!excuse) return { problems: [...problems, ...differences], differs: null };
  if (excuses.length > 1) problems.push('more than one "// differs:" line');
  if (excuse.why === "") problems.push('"// differs:" says no reason');
  if (differences.length === 0)
    problems.push('"// differs:" stands in twins that do not differ: drop the line');
  return { problems, differs: excuse.why };
}

function exportDifferences(chalk: string, tape: string, withoutTwin: ReadonlySet<string>): string[] {
  const [left, right] = [chalk, tape].map((text) => exportsOf(parse(text), withoutTwin)) as [
    string[],
    string[],
  ];
  return [
    ...left.filter((name) => !right.includes(name)).map((name) => `chalk exports ${name}, tape does not`),
    ...right.filter((name) => !left.includes(name)).map((name) => `tape exports ${name}, chalk does not`),
  ];
}

/** What a file exports, as "class Linear", "function train", "Linear from ./layers/linear.ts" … */
function exportsOf(file: ts.SourceFile, withoutTwin: ReadonlySet<string>): string[] {
  return file.statements.flatMap((statement): string[] => {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier, isTypeOnly } = statement;
      const from = moduleSpecifier?.getText().slice(1, -1) ?? "this file";
      if (withoutTwin.has(from)) return [];
      const names =
        exportClause && ts.isNamedExports(exportClause)
          ? exportClause.elements.map((element) => element.getText())
          : [exportClause?.getText() ?? "*"];
      return names.map((name) => `${isTypeOnly ? "type " : ""}${name} from ${from}`);
    }
    if (!isExported(statement)) return ts.isExportAssignment(statement) ? ["default"] : [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map((one) => `const ${one.name.getText()}`);
    if (ts.isFunctionDeclaration(statement)) return [`function ${statement.name?.text}`];
    if (ts.isClassDeclaration(statement)) return [`class ${statement.name?.text}`];
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return [`type ${statement.name.text}`];
    return [statement.getText()];
  });
}

/** Where the constructors or the text of `forward` part. */
function textDifferences(chalk: string, tape: string): string[] {
  const twins = exportedClasses(parse(tape));
  return exportedClasses(parse(chalk)).flatMap((ours) => {
    const theirs = twins.find((twin) => twin.name?.text === ours.name?.text);
    if (!theirs) return []; // a missing export, already told
    const name = ours.name?.text ?? "default";
    const constructors = difference(
      `${name}: constructor`,
      constructorParameters(ours),
      constructorParameters(theirs),
    );
    const names = new Set([...forwards(ours), ...forwards(theirs)].map((method) => method.name.getText()));
    const dropped = chalkLines(chalk);
    return [
      ...constructors,
      ...[...names].flatMap((method) =>
        difference(
          `${name}.${method}`,
          methodText(ours, method, dropped),
          methodText(theirs, method, new Set()),
        ),
      ),
    ];
  });
}

/** What a `@throws` of one side says that is not true of the other: `@throws TypeError for … (chalk only)`. */
const onlyHere: Readonly<Record<"chalk" | "tape", RegExp>> = {
  chalk: / \(chalk only\)$/,
  tape: / \(tape only\)$/,
};

/** Where the `@throws` of two exported classes or functions of one name part, those left out that say they are one side's only. */
function throwsDifferences(chalk: string, tape: string): string[] {
  const theirs = promisedThrows(tape, onlyHere.tape);
  return [...promisedThrows(chalk, onlyHere.chalk)].flatMap(([name, promised]) =>
    theirs.has(name) ? difference(`${name}: @throws`, promised, theirs.get(name) ?? null) : [],
  );
}

/** The `@throws` of every exported class and function, its constructor's and its `forward`'s included, by name. */
function promisedThrows(text: string, left: RegExp): Map<string, string | null> {
  const declared = parse(text).statements.filter(
    (node) => (ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node)) && isExported(node),
  ) as (ts.ClassDeclaration | ts.FunctionDeclaration)[];
  return new Map(
    declared.map((node) => {
      const members = ts.isClassDeclaration(node)
        ? [...node.members.filter(ts.isConstructorDeclaration), ...forwards(node)]
        : [];
      const promised = [node, ...members]
        .flatMap(throwsOf)
        .map(translate)
        .filter((said) => !left.test(said));
      return [node.name?.text ?? "default", promised.join(" | ") || null];
    }),
  );
}

/** What follows each `@throws` of a doc comment, up to the next tag; it may stand within a line. */
function throwsOf(node: ts.Node): string[] {
  const comments = node.getChildren().filter(ts.isJSDoc);
  return comments.flatMap((comment) => {
    const text = comment.getText().replace(/^\s*\*\/?|\*\/$/gm, "");
    return [...text.matchAll(/@throws\s+([^@]*)/g)].map(([, said = ""]) => said.replace(/\s+/g, " ").trim());
  });
}

function difference(where: string, chalk: string | null, tape: string | null): string[] {
  return chalk === tape
    ? []
    : [`${where} differs\n  chalk: ${chalk ?? "(none)"}\n  tape:  ${tape ?? "(none)"}`];
}

function constructorParameters(node: ts.ClassDeclaration): string | null {
  const found = node.members.find(ts.isConstructorDeclaration);
  return found ? `(${found.parameters.map((one) => translate(one.getText())).join(", ")})` : null;
}

/** One vocabulary for both sides, repeated members of a union left out: `Tensor | NDArray` is `NDArray`. */
function translate(text: string): string {
  const words = text.replace(/\w+/g, (word) => vocabulary[word] ?? word);
  return words.replace(/\b(\w+)(?: \| \1\b)+/g, "$1").replace(/\s+/g, " ");
}

/** `forward`, and the steps that a model calls from it, as in the lecture's `forwardSingleLayer`. */
function forwards(node: ts.ClassDeclaration): ts.MethodDeclaration[] {
  return node.members
    .filter(ts.isMethodDeclaration)
    .filter((method) => /^#?forward/.test(method.name.getText()));
}

/** Parameter names and body, without the dropped lines, blank lines and the spaces around lines. */
function methodText(node: ts.ClassDeclaration, name: string, dropped: ReadonlySet<number>): string | null {
  const method = forwards(node).find((one) => one.name.getText() === name);
  if (!method?.body) return null;
  const file = node.getSourceFile();
  const first = file.getLineAndCharacterOfPosition(method.body.getStart()).line;
  const lines = method.body.getText().split("\n");
  const kept = lines.filter((_, i) => !dropped.has(first + i)).map((line) => line.trim());
  const parameters = method.parameters.map((one) => one.name.getText() + (one.initializer?.getText() ?? ""));
  return `(${parameters.join(", ")}) ${kept.filter((line) => line !== "").join("\n         ")}`;
}
