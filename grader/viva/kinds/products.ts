import { isNode, type Node } from "../../honesty/syntax.ts";
import type { Kind } from "../question.ts";
import { calledFunction, functionAround, methodCall } from "../read-calls.ts";
import { shapeText, smallMatrix, written } from "../small-numbers.ts";

/** `x.matmul(W)`, `matmul(x, W)`: the two factors. */
function factors(node: Node): readonly [Node, Node] | null {
  const call = methodCall(node);
  const [first, second] = call?.arguments ?? [];
  if (call && first && (call.method === "matmul" || call.method === "dot")) return [call.object, first];
  const given = (node.arguments as unknown[] | undefined)?.filter(isNode) ?? [];
  if (calledFunction(node) === "matmul" && given[0] && given[1]) return [given[0], given[1]];
  return first && second && call?.method === "matmul" ? [first, second] : null;
}

const order: Kind = {
  kind: "order of a product",
  ask({ node, textOf, random }) {
    const pair = factors(node);
    if (!pair) return null;
    const [left, right] = pair.map(textOf);
    const [rows, inner, columns] = [random.integer(5, 8), random.integer(3, 4), 2];
    const [i, j] = [random.integer(0, rows - 1), random.integer(0, columns - 1)];
    return {
      question: `Let ${left} have shape ${shapeText(rows, inner)} and ${right} shape ${shapeText(inner, columns)}. What is the shape of the product? Which numbers does its element [${i}, ${j}] add? What if the factors change places?`,
      answer: `${shapeText(rows, columns)}. Row ${i} of ${left} times column ${j} of ${right}: ${inner} products. The other way round the inner lengths are ${columns} and ${rows}: an error.`,
    };
  },
};

/** `x.matmul(W).add(b)`: the bias is repeated along the batch. */
const broadcast: Kind = {
  kind: "repeated bias",
  ask({ node, textOf, random }) {
    const call = methodCall(node);
    const [bias] = call?.arguments ?? [];
    if (call?.method !== "add" || !bias || !/^(this\.)?\w*(b\d*|bias\w*)$/i.test(textOf(bias))) return null;
    const batch = random.integer(3, 4);
    const dy = smallMatrix(random, batch, 2);
    return {
      question: `For a batch of ${batch} and 2 outputs, ${textOf(bias)} has shape (2,). How does it fit ${shapeText(batch, 2)}? What is its gradient if the gradient of the result is ${written(dy)}?`,
      answer: `It is added to each of the ${batch} rows, so its gradient adds the rows: ${written(dy.sum(0))}.`,
    };
  },
};

/** `p.sub(t)` in a loss: probabilities minus targets. */
const minusTarget: Kind = {
  kind: "minus the target",
  ask({ node, textOf, above, random }) {
    const call = methodCall(node);
    const [target] = call?.arguments ?? [];
    if (call?.method !== "sub" || !target) return null;
    if (!/^(t|y|ts|ys|targets?|labels?|oneHot\w*|truth)$/i.test(textOf(target))) return null;
    const right = random.integer(0, 2);
    const p = [0.5, 0.3, 0.2];
    const gradient = p.map((value, i) => Math.round((value - (i === right ? 1 : 0)) * 10) / 10);
    const place = functionAround(above);
    return {
      question: `${place ? `In ${place}: w` : "W"}here does \`${textOf(node)}\` come from? For one sample with probabilities [0.5, 0.3, 0.2] and right class ${right}, what is it? Why do its elements add up to 0?`,
      answer: `It is the derivative of the loss with respect to the logits, before a division by N: [${gradient.join(", ")}]. The probabilities and the target both add up to 1.`,
    };
  },
};

export const productKinds: readonly Kind[] = [order, broadcast, minusTarget];
