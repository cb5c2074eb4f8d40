import { isNode } from "../../honesty/syntax.ts";
import type { Kind } from "../question.ts";
import { methodCall, numberOf } from "../read-calls.ts";
import { shapeText, smallMatrix, written } from "../small-numbers.ts";

/** `dy.sum(0)`, `x.mean(1)` */
const axis: Kind = {
  kind: "axis of a sum",
  ask({ node, textOf, random }) {
    const call = methodCall(node);
    const given = numberOf(call?.arguments[0]);
    if (
      !call ||
      (call.method !== "sum" && call.method !== "mean") ||
      given === null ||
      call.arguments.length > 1
    )
      return null;
    if (![0, 1, -1, -2].includes(given)) return null;
    const x = smallMatrix(random, random.integer(2, 3), 3);
    const [object, other] = [textOf(call.object), call.method === "sum" ? "mean" : "sum"];
    const turned = given === 0 || given === -2 ? 1 : 0;
    const reduced = (axis: number, method: string) => written(method === "sum" ? x.sum(axis) : x.mean(axis));
    return {
      question: `Let ${object} be ${written(x)}. What comes out? What if you had written ${call.method}(${turned})? And ${other}(${given})?`,
      answer: `${reduced(given, call.method)}. ${call.method}(${turned}) gives ${reduced(turned, call.method)}, ${other}(${given}) gives ${rounded(reduced(given, other))}.`,
    };
  },
};

/** `W.T`, `x.transpose()` */
const transpose: Kind = {
  kind: "transpose",
  ask({ node, textOf, random, above }) {
    const call = methodCall(node);
    const isT = node.type === "MemberExpression" && isNode(node.property) && node.property.name === "T";
    const object = isT ? node.object : call?.method === "transpose" ? call.object : null;
    if (!isNode(object) || call?.arguments.length) return null;
    const [rows, columns] = [random.integer(4, 6), random.integer(2, 3)];
    const [i, j] = [random.integer(0, rows - 1), random.integer(0, columns - 1)];
    const name = textOf(object);
    const outer = methodCall(above.at(-1) ?? node) ?? methodCall(above.at(-2) ?? node);
    const why = outer ? ` Why does \`${outer.method}\` need the transpose here?` : "";
    return {
      question: `Let ${name} have shape ${shapeText(rows, columns)}. What is the shape of the transpose, and where in it does element [${i}, ${j}] of ${name} stand?${why}`,
      answer: `Shape ${shapeText(columns, rows)}; at [${j}, ${i}].${outer ? " Without it the inner lengths do not fit, or the sum runs over the wrong axis." : ""}`,
    };
  },
};

/** `x.sum(1, true)`, `max(z, 1, true)`: the axis stays with length 1. */
const keepdims: Kind = {
  kind: "axis that stays",
  ask({ node, textOf, random }) {
    const call = methodCall(node);
    const [first, second] = call?.arguments ?? [];
    const given = numberOf(first);
    if (!call || given === null || second?.type !== "Literal" || second.value !== true) return null;
    if (!["sum", "mean", "max", "min"].includes(call.method) || ![1, -1].includes(given)) return null;
    const [rows, columns] = [random.integer(4, 8), random.integer(2, 3)];
    const shape = shapeText(rows, columns);
    return {
      question: `Let ${textOf(call.object)} have shape ${shape}. What is the shape of the result with \`true\`, and without it? What goes wrong without it when the result meets an array of shape ${shape}?`,
      answer: `${shapeText(rows, 1)} with it, ${shapeText(rows)} without. Without it, ${shapeText(rows)} would stand along the ${columns} columns: lengths ${rows} and ${columns} do not fit.`,
    };
  },
};

/** `x.reshape(-1, 4)` */
const reshape: Kind = {
  kind: "reshape",
  ask({ node, textOf, random }) {
    const call = methodCall(node);
    if (call?.method !== "reshape" || call.arguments.length === 0) return null;
    const [i, j] = [random.integer(0, 2), random.integer(0, 3)];
    const at = 4 * i + j;
    return {
      question: `Say what \`${textOf(node)}\` is for. If an array of shape (3, 4) is reshaped to (2, 6), where does element [${i}, ${j}] land? Is that a transpose?`,
      answer: `It is number ${at} in row order, so it lands at [${Math.floor(at / 6)}, ${at % 6}]. No: the order in memory stays; a transpose changes it.`,
    };
  },
};

function rounded(text: string): string {
  return text.replace(/-?\d+\.\d{4,}/g, (number) => String(Math.round(Number(number) * 1000) / 1000));
}

export const axisKinds: readonly Kind[] = [axis, transpose, keepdims, reshape];
