import type { CallExpression, Node } from "oxc-parser";

/** Replaces the text from `start` to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly to: string;
  /** What it does, in a few words; missing if the text is removed. */
  readonly what?: string;
}

/** The edits of one kind that fit at this node. */
type Operator = (node: Node, text: string) => readonly Edit[];

const otherMethods: Readonly<Record<string, readonly string[]>> = {
  add: ["sub"],
  sub: ["add"],
  subtract: ["add"],
  mul: ["div"],
  div: ["mul"],
  sum: ["mean"],
  mean: ["sum"],
  max: ["min"],
  min: ["max"],
  maximum: ["minimum"],
  minimum: ["maximum"],
  greater: ["less", "greaterEqual"],
  greaterEqual: ["greater", "less"],
  less: ["greater", "lessEqual"],
  lessEqual: ["less"],
  log: ["log1p"],
  log1p: ["log"],
  exp: ["expm1"],
};

const otherSigns: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  ">": ["<", ">="],
  "<": [">", "<="],
  ">=": [">"],
  "<=": ["<"],
  "===": ["!=="],
  "!==": ["==="],
};

/** Methods whose call may be dropped: `a.add(b)` → `a`. */
const droppable = ["add", "sub", "mul", "div", "neg", "sum", "mean"];

/** The kinds of small mistakes that a student makes. */
export const operators: Readonly<Record<string, Operator>> = {
  "another method": (node) => {
    const property = methodOf(node);
    const others = property && Object.hasOwn(otherMethods, property.name) ? otherMethods[property.name] : [];
    if (!property || !others) return [];
    const { start, end, name } = property;
    return others.map((to) => ({ start, end, to, what: `${name} → ${to}` }));
  },
  "another sign": (node, text) => {
    if (node.type !== "BinaryExpression") return [];
    const { left, right, operator } = node;
    const start = text.indexOf(operator, left.end);
    if (start < 0 || start >= right.start || !Object.hasOwn(otherSigns, operator)) return [];
    const end = start + operator.length;
    return (otherSigns[operator] ?? []).map((to) => ({ start, end, to, what: `${operator} → ${to}` }));
  },
  "a missing transpose": (node) => {
    if (node.type !== "MemberExpression" || node.property.type !== "Identifier") return [];
    return node.property.name === "T" ? [{ start: node.object.end, end: node.end, to: "" }] : [];
  },
  "a missing call": (node, text) => {
    const method = methodOf(node);
    if (!method) return [];
    const { callee, arguments: args, start, end } = node as CallExpression;
    if (callee.type !== "MemberExpression") return [];
    const isNamespace = callee.object.type === "Identifier" && callee.object.name === "np";
    if (!isNamespace && droppable.includes(method.name)) return [{ start: callee.object.end, end, to: "" }];
    const [first] = args;
    if (!isNamespace || args.length !== 1 || !first) return [];
    return [{ start, end, to: text.slice(first.start, first.end), what: `${method.name} removed` }];
  },
  "swapped operands": (node, text) => {
    if (node.type !== "CallExpression" || methodOf(node)?.name !== "matmul") return [];
    const { callee, arguments: args, start, end } = node;
    const [other] = args;
    if (callee.type !== "MemberExpression" || !other) return [];
    const [a, b] = [callee.object, other].map((part) => text.slice(part.start, part.end));
    return [{ start, end, to: `${b}.matmul(${a})`, what: "the factors of matmul swapped" }];
  },
  "another constant": (node) => {
    if (node.type !== "Literal" || typeof node.value !== "number") return [];
    const { value, start, end } = node;
    return [{ start, end, to: String(value + 1), what: `${value} → ${value + 1}` }];
  },
  "another field": (node) => {
    if (node.type !== "MemberExpression" || node.property.type !== "Identifier") return [];
    const { name, start, end } = node.property;
    const [, letters, digit] = name.match(/^([a-zA-Z]+)(\d)$/) ?? [];
    if (letters === undefined || digit === undefined) return [];
    const to = `${letters}${digit === "1" ? 2 : Number(digit) - 1}`;
    return [{ start, end, to, what: `${name} → ${to}` }];
  },
  "a missing statement": (node) =>
    node.type === "ExpressionStatement" ? [{ start: node.start, end: node.end, to: "" }] : [],
};

/** The name of the method that a node calls. */
function methodOf(node: Node): { name: string; start: number; end: number } | null {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return null;
  const { property } = node.callee;
  return property.type === "Identifier" ? property : null;
}
