import { isNode } from "../../honesty/syntax.ts";
import type { Kind } from "../question.ts";
import { functionAround, methodCall } from "../read-calls.ts";

/** `for (let i = n - 1; i >= 0; i--)`, `layers.reverse()`: from the last to the first. */
const lastFirst: Kind = {
  kind: "order of a loop",
  ask({ node, textOf, above, random }) {
    const call = methodCall(node);
    const turned = call && /^(reverse|toReversed|reduceRight)$/.test(call.method);
    const down =
      node.type === "ForStatement" &&
      isNode(node.update) &&
      (node.update.operator === "--" || node.update.operator === "-=");
    if (!turned && !down) return null;
    const count = random.integer(3, 5);
    const place = functionAround(above) || "this part of the file";
    const code =
      down && isNode(node.update) && isNode(node.test)
        ? `${textOf(node.test)}; ${textOf(node.update)}`
        : textOf(node);
    return {
      question: `\`${code}\` in ${place}: with ${count} steps, which comes first and which last? What does each step need from the one before it? What goes wrong in the other order?`,
      answer: `Step ${count}, …, step 1. Each needs the gradient of its own output, which the step after it in the forward pass computes; the other way round that gradient is not complete yet.`,
    };
  },
};

/** `x.grad += …`, `x.grad = x.grad.add(…)`: what several uses add up. */
const accumulation: Kind = {
  kind: "accumulation",
  ask({ node, textOf, random }) {
    if (node.type !== "AssignmentExpression" || !isNode(node.left) || !isNode(node.right)) return null;
    const [left, right] = [textOf(node.left), textOf(node.right)];
    if (!/grad|(^|\.)d[A-Z]/.test(left)) return null;
    const adds =
      node.operator === "+=" ||
      (node.operator === "=" && right.startsWith(left) && /^\s*(\.add\(|\+)/.test(right.slice(left.length)));
    if (!adds) return null;
    const x = random.integer(2, 6);
    return {
      question: `\`${textOf(node)}\`: take y = x · x + x at x = ${x}. What is the gradient of x, which parts add up to it, and what would be left if the line only assigned?`,
      answer: `2x + 1 = ${2 * x + 1}: ${x} and ${x} from the product's two factors, 1 from the sum. An assignment would keep only the part that came last.`,
    };
  },
};

/** `for (let i = 0; …)` over samples: a loop that an array operation could replace. */
const loopOverRows: Kind = {
  kind: "loop or array operation",
  ask({ node, textOf, above, random }) {
    if (node.type !== "ForStatement" || !isNode(node.update) || node.update.operator !== "++") return null;
    if (!isNode(node.test) || above.some(({ type }) => type === "ForStatement")) return null;
    const n = random.integer(3, 6);
    const place = functionAround(above) || "this part of the file";
    return {
      question: `\`${textOf(node.test)}\` in ${place}: what does one turn of this loop compute, and which turns depend on an earlier one? For ${n} turns, which values has the loop variable? Which array operation does the same?`,
      answer: `The loop variable runs over 0 … ${n - 1}, if it begins at 0. Turns that only write their own element or add to a sum may run in any order; an elementwise operation or a sum replaces them. Updates of weights, steps of time and a tape depend on the turn before.`,
    };
  },
};

export const orderKinds: readonly Kind[] = [lastFirst, accumulation, loopOverRows];
