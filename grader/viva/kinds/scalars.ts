import { isNode, type Node } from "../../honesty/syntax.ts";
import type { Kind } from "../question.ts";
import { calledFunction, methodCall, numberOf } from "../read-calls.ts";
import { short } from "../small-numbers.ts";

const comparisons = new Set(["greater", "greaterEqual", "less", "lessEqual"]);

/** `x.greater(0)`, `x > 0 ? dy : 0`, `maximum(x, 0)`, `where(…)` */
const mask: Kind = {
  kind: "mask",
  ask({ node, textOf, random, above }) {
    const call = methodCall(node);
    const name = call?.method ?? calledFunction(node);
    const zero = ((node.arguments as unknown[] | undefined) ?? []).filter(isNode).at(-1);
    const compares = comparisons.has(name) && numberOf(zero) === 0;
    const clips = name === "maximum" && numberOf(zero) === 0;
    const chooses =
      node.type === "ConditionalExpression" &&
      isNode(node.test) &&
      /^[<>]=?$/.test(String(node.test.operator)) &&
      isNode(node.test.right) &&
      numberOf(node.test.right) === 0;
    if (!compares && !clips && !chooses) return null;
    if (compares && above.some((outer) => outer.type === "IfStatement" && outer.test === node)) return null;
    const [low, high] = [-random.integer(1, 5), random.integer(1, 5)];
    const [a, b, c] = [1, 2, 3].map(() => random.integer(1, 9));
    return {
      question: `\`${textOf(node)}\`: take x = [${low}, 0, ${high}] into a ReLU. What comes out? If the gradient of that is [${a}, ${b}, ${c}], what is the gradient of x? What does your line do at exactly 0?`,
      answer: `[0, 0, ${high}]; gradient [0, 0 or ${b} by convention (0 in this course), ${c}]. Look at whether the line compares with > or >=.`,
    };
  },
};

/** `.div(n)`, `/ N`, `.mean()` */
const oneOverN: Kind = {
  kind: "division by N",
  ask({ node, textOf, random }) {
    const call = methodCall(node);
    const divisor =
      node.type === "BinaryExpression" && node.operator === "/" && isNode(node.right)
        ? node.right
        : call?.method === "div" || call?.method === "divide"
          ? call.arguments[0]
          : null;
    const isCount =
      divisor && /^(n|m|batch\w*|rows|count|\w+\.size|\w+\.shape\[0\]|\w+\.length)$/i.test(textOf(divisor));
    if (!isCount && !(call?.method === "mean" && call.arguments.length === 0)) return null;
    const n = random.integer(3, 8);
    return {
      question: `\`${textOf(node)}\`: every sample of a batch of ${n} is put in twice, so the batch has ${2 * n}. How do loss and weight gradients change? How would they change without the division? What would you do to the learning rate then?`,
      answer: `They stay the same. Without the division both double, from ${n} terms to ${2 * n}; the learning rate would have to be halved.`,
    };
  },
};

/** `p.sub(g.mul(lr))`, `w -= lr * g` */
const updateSign: Kind = {
  kind: "sign of the update",
  ask({ node, textOf, random }) {
    const rate = /\b(lr|rate|learningRate|eta|alpha)\b/;
    const call = methodCall(node);
    const given = call?.arguments[0];
    const isCall =
      given &&
      /^(sub|subtract|add|addInPlace)$/.test(call.method) &&
      (rate.test(textOf(given)) || rate.test(call.arguments.map(textOf).join()));
    const isAssignment =
      node.type === "AssignmentExpression" &&
      /^[+-]=$/.test(String(node.operator)) &&
      isNode(node.right) &&
      rate.test(textOf(node.right));
    const isDifference =
      node.type === "BinaryExpression" &&
      /^[+-]$/.test(String(node.operator)) &&
      isNode(node.right) &&
      rate.test(textOf(node.right));
    if (!isCall && !isAssignment && !isDifference) return null;
    const w = random.integer(-20, 20) / 10;
    const g = (random.integer(1, 9) * (random.integer(0, 1) === 0 ? -1 : 1)) / 2;
    const lr = random.integer(1, 4) / 10;
    return {
      question: `\`${textOf(node)}\`: a weight is ${w}, its gradient ${g}, the learning rate ${lr}. What is the weight after the step? What does the loss do if the sign is turned round?`,
      answer: `${w} − ${lr} · ${g} = ${short(w - lr * g)}. With the other sign the weight becomes ${short(w + lr * g)} and the loss goes up.`,
    };
  },
};

/** `exp(z)`: where does it overflow? */
const overflow: Kind = {
  kind: "overflow",
  ask({ node, textOf, random }) {
    const call = methodCall(node);
    const isExp = calledFunction(node) === "exp" || call?.method === "exp";
    if (!isExp) return null;
    const argument = call?.method === "exp" && call.arguments.length === 0 ? call.object : argumentOf(node);
    if (!argument) return null;
    const text = textOf(argument);
    const z = random.integer(8, 12) * 100;
    return {
      question: `\`${textOf(node)}\`: which values can \`${text}\` take if the logits hold ${z} and −${z}? Can the line overflow to Infinity? What does the gradient become then?`,
      answer: `exp(x) is Infinity from x = 709.8 on, and 0 from about −745 down. It is safe if the argument is never above 0 (the largest logit subtracted, or −|z|); otherwise it overflows: 1 / Infinity is a harmless 0, but Infinity / Infinity and 0 · Infinity are NaN.`,
    };
  },
};

function argumentOf(node: Node): Node | null {
  return ((node.arguments as unknown[] | undefined) ?? []).filter(isNode)[0] ?? null;
}

export const scalarKinds: readonly Kind[] = [mask, oneOverN, updateSign, overflow];
