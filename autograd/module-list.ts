import { expectParts } from "../contracts/internal.ts";
import { describe, expectArgument, integer } from "../np/internal.ts";
import { type AnyModule, isModule, Module } from "./module.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Modules in a list. A plain list in a field does as well: its modules are found, and their keys are the same, `layers.0.weight`.
 * A list has no `forward`; the module that holds it calls its items.
 * @throws TypeError for anything but modules
 * @see PyTorch's `torch.nn.ModuleList`
 */
export class ModuleList<Item extends AnyModule = Module> extends Module<readonly unknown[]> {
  items: Item[];

  constructor(modules: Iterable<Item> = []) {
    super();
    this.items = expectModules(this, "modules", modules);
  }

  /** The list whose name is left out of the keys. */
  get unnamedList(): string {
    return "items";
  }
  get length(): number {
    return this.items.length;
  }
  [Symbol.iterator](): Iterator<Item> {
    return this.items[Symbol.iterator]();
  }
  /** The module at an index; negative numbers count from the end. @throws RangeError for an index that is not there */
  at(index: number): Item {
    expectArgument(`ModuleList.at`, "index", integer(), index);
    const found = this.items.at(index);
    if (found) return found;
    throw new RangeError(`ModuleList.at: index ${describe(index)} of ${this.length} modules`);
  }
  /** Adds a module at the end. */
  append(module: Item): this {
    this.items.push(...expectModules(this, "append", [module]));
    return this;
  }
  /** Adds several modules at the end. */
  extend(modules: Iterable<Item>): this {
    this.items.push(...expectModules(this, "extend", modules));
    return this;
  }
  /** Adds a module before the one at `index`. */
  insert(index: number, module: Item): void {
    expectArgument(`ModuleList.insert`, "index", integer(), index);
    this.items.splice(index, 0, ...expectModules(this, "insert", [module]));
  }
  forward(): Tensor {
    throw new TypeError(
      "ModuleList.forward: a list has no forward; call the forward of its items, or use Sequential",
    );
  }
}

function expectModules<Item extends AnyModule>(list: object, name: string, given: Iterable<Item>): Item[] {
  if (typeof given !== "object" || given === null || !(Symbol.iterator in given))
    throw new TypeError(`ModuleList: ${name} is ${describe(given)}; expected a list of modules`);
  const modules = [...given];
  expectParts(list, { [name]: modules }, isModule);
  return modules;
}
