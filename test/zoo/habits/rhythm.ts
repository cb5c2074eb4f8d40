import { exp, maximum, type NDArray, oneHot, zeros } from "chalk-and-tape/np";
import type { HabitProgram } from "./habit.ts";
import { LinearToFill } from "./remembered-too-long.ts";

class Forgets extends LinearToFill {
  override backward(dy: NDArray): NDArray {
    const dx = super.backward(dy);
    this.x = null; // to save memory
    return dx;
  }
}

class Stack {
  stack: NDArray[] = [];
  forward(x: NDArray): NDArray {
    this.stack.push(x);
    return maximum(x, 0);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul((this.stack.pop() as NDArray).greater(0));
  }
}

class InPlaceProbabilities {
  p: NDArray = zeros([1]);
  target: NDArray = zeros([1]);
  forward(x: NDArray, target: NDArray): NDArray {
    const e = exp(x.sub(x.max(1, true)));
    this.p = e.div(e.sum(1, true));
    this.target = target;
    let sum = 0;
    for (const [i, c] of target.flat().entries()) sum -= Math.log(this.p.item(i, c));
    return zeros([]).add(sum / target.size);
  }
  backward(dy: NDArray | number = 1): NDArray {
    const C = this.p.shape[1] as number;
    for (const [i, c] of this.target.flat().entries()) this.p.flat()[i * C + c] = this.p.item(i, c) - 1;
    return this.p.mul(dy).div(this.target.size);
  }
}

class OwnSlope {
  y: NDArray = zeros([1]);
  forward(x: NDArray): NDArray {
    this.y = exp(x.neg()).add(1).pow(-1);
    return this.y;
  }
  backward(dy: NDArray): NDArray {
    this.y = this.y.mul(this.y.neg().add(1)); // becomes the slope
    return dy.mul(this.y);
  }
}

class Counts {
  d: NDArray = zeros([1]);
  calls = 0;
  forward(x: NDArray, t: NDArray): NDArray {
    this.calls = 0;
    this.d = x.sub(t);
    return this.d.pow(2).mean();
  }
  backward(dy: NDArray | number = 1): NDArray {
    this.calls += 1;
    return this.d
      .mul(2)
      .mul(dy)
      .div(this.d.size * this.calls);
  }
}

class Accumulates extends LinearToFill {
  override forward(x: NDArray): NDArray {
    this.dW = zeros(this.W.shape); // a new step begins
    return super.forward(x);
  }
  override backward(dy: NDArray): NDArray {
    const before = this.dW as NDArray;
    const dx = super.backward(dy);
    this.dW = (this.dW as NDArray).add(before);
    return dx;
  }
}

class FirstOfQueue {
  queue: NDArray[] = [];
  forward(x: NDArray): NDArray {
    this.queue.push(oneHot(x.argmax(1), x.shape[1] as number));
    const e = exp(x.sub(x.max(1, true)));
    this.queue.push(e.div(e.sum(1, true)));
    return this.queue.at(-1) as NDArray;
  }
  backward(dy: NDArray): NDArray {
    const y = this.queue[1] as NDArray; // the first forward's
    return y.mul(dy.sub(dy.mul(y).sum(1, true)));
  }
}

const kind = "another rhythm";
const says = /a second backward after one forward/;
export const anotherRhythm: readonly HabitProgram[] = [
  { kind, what: "backward forgets x", name: "Linear", student: Forgets, says },
  { kind, what: "backward takes x from a stack", name: "ReLU", student: Stack, says },
  {
    kind,
    what: "backward writes into the probabilities",
    name: "CrossEntropyLoss",
    student: InPlaceProbabilities,
    says,
  },
  { kind, what: "backward replaces y by the slope", name: "Sigmoid", student: OwnSlope, says },
  { kind, what: "backward divides by the number of its calls", name: "MSELoss", student: Counts, says },
  { kind, what: "adds up within one forward", name: "Linear", student: Accumulates, says },
  {
    kind,
    what: "backward uses the first forward",
    name: "Softmax",
    student: FirstOfQueue,
    says: /an earlier forward|other numbers/,
  },
];
