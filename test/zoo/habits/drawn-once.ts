import { Layer } from "chalk-and-tape/manual";
import { type NDArray, ones, type Random, random } from "chalk-and-tape/np";
import type { HabitProgram } from "./habit.ts";

/** Dropout of single elements, for a student's way to draw. */
abstract class DropoutToFill extends Layer {
  p: number;
  rng: Random;
  mask: NDArray | null = null;
  constructor(p: number, { rng }: { rng: Random }) {
    super();
    this.p = p;
    this.rng = rng;
  }
  draw(rng: Random, shape: readonly number[]): NDArray {
    return rng
      .uniform(0, 1, shape)
      .greaterEqual(this.p)
      .astype("float64")
      .div(1 - this.p);
  }
  abstract newMask(x: NDArray): NDArray;
  forward(x: NDArray): NDArray {
    if (!this.training) return x;
    this.mask = this.newMask(x);
    return x.mul(this.mask);
  }
  backward(dy: NDArray): NDArray {
    return this.training ? dy.mul(this.mask as NDArray) : dy;
  }
}

class KeptForEver extends DropoutToFill {
  newMask(x: NDArray): NDArray {
    return this.mask ?? this.draw(this.rng, x.shape);
  }
}
class NewStream extends DropoutToFill {
  newMask(x: NDArray): NDArray {
    return this.draw(random(0), x.shape);
  }
}
class ByShape extends DropoutToFill {
  masks: Map<string, NDArray> = new Map();
  newMask(x: NDArray): NDArray {
    const key = x.shape.join();
    const mask = this.masks.get(key) ?? this.draw(this.rng, x.shape);
    this.masks.set(key, mask);
    return mask;
  }
}
class AgainInBackward extends DropoutToFill {
  newMask(x: NDArray): NDArray {
    return this.draw(this.rng, x.shape);
  }
  override backward(dy: NDArray): NDArray {
    return this.training ? dy.mul(this.draw(this.rng, dy.shape)) : dy;
  }
}
class SameRow extends DropoutToFill {
  newMask(x: NDArray): NDArray {
    return this.draw(this.rng.foldIn(3), x.shape);
  }
}

class ChannelsOnce extends Layer {
  p: number;
  mask: NDArray | null = null;
  constructor(p: number) {
    super();
    this.p = p;
  }
  forward(x: NDArray): NDArray {
    const [N, C] = x.shape as [number, number];
    const draw = random(5).uniform(0, 1, [N, C, 1, 1]);
    this.mask = this.training
      ? draw
          .greaterEqual(this.p)
          .astype("float64")
          .div(1 - this.p)
      : ones([1]);
    return x.mul(this.mask);
  }
  backward(dy: NDArray): NDArray {
    return dy.mul(this.mask as NDArray);
  }
}

class OffAfterEval {
  p: number;
  mask: number[] = [];
  constructor(p: number) {
    this.p = p;
  }
  eval(): void {
    this.p = 0; // train() does not know the old p
  }
  train(): void {}
  forward(x: NDArray): NDArray {
    this.mask = [...x.flat()].map(() => (Math.random() < this.p ? 0 : 1 / (1 - this.p)));
    return this.#times(x);
  }
  #times(x: NDArray): NDArray {
    const y = x.copy();
    for (const [i, m] of this.mask.entries()) y.flat()[i] = (x.flat()[i] as number) * m;
    return y;
  }
  backward(dy: NDArray): NDArray {
    return this.#times(dy);
  }
}

const kind = "drawn once";
export const drawnOnce: readonly HabitProgram[] = [
  {
    kind,
    what: "the first mask is kept",
    name: "Dropout",
    student: KeptForEver,
    says: /all forwards have the same mask/,
  },
  {
    kind,
    what: "random(0) in every forward",
    name: "Dropout",
    student: NewStream,
    says: /all forwards have the same mask/,
  },
  {
    kind,
    what: "one mask for each shape",
    name: "Dropout",
    student: ByShape,
    says: /all forwards have the same mask/,
  },
  {
    kind,
    what: "another mask in backward",
    name: "Dropout",
    student: AgainInBackward,
    says: /keep the mask in forward/,
  },
  {
    kind,
    what: "a stream that does not advance",
    name: "Dropout",
    student: SameRow,
    says: /all forwards have the same mask/,
  },
  {
    kind,
    what: "whole channels, random(5) in every forward",
    name: "Dropout2d",
    student: ChannelsOnce,
    says: /all forwards have the same mask/,
  },
  {
    kind: "alternating modes",
    what: "eval sets p to 0 for ever",
    name: "Dropout",
    student: OffAfterEval,
    says: /train/,
  },
];
