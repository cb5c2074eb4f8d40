import type { Control } from "./control.ts";
import { attempt } from "./crew.ts";
import { decodeExtent } from "./encode-task.ts";
import type { UnitRange } from "./partition.ts";

/** A helper's loop: wait for a task, compute parts while there are any, wait for the next. `decodeWork` reads a task's numbers. */
export function serve(
  control: Control,
  decodeWork: (numbers: Float64Array) => (part: UnitRange) => void,
): never {
  let task = 0;
  control.signIn();
  for (;;) {
    task = control.await(task);
    const { parts, units } = decodeExtent(control.numbers); // if this is already a later task, `take` returns null
    let work: ((part: UnitRange) => void) | null = null;
    for (let part = control.take(task, parts, units); part; part = control.take(task, parts, units)) {
      const taken = part;
      const done = attempt(() => {
        work ??= decodeWork(control.numbers);
        work(taken);
      });
      control.finish(done);
    }
  }
}
