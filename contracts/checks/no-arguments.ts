import { describe } from "../../np/internal.ts";

/** @throws TypeError for any argument of a constructor that takes none, such as PyTorch's `ReLU(inplace=True)` */
export function expectNoArguments(where: string, given: ArrayLike<unknown>): void {
  if (given.length === 0) return;
  throw new TypeError(
    `${where}: takes no arguments, got ${Array.from(given, describe).join(", ")}; write new ${where}()`,
  );
}
