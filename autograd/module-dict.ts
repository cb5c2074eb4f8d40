import { expectKeys, expectParts } from "../contracts/internal.ts";
import { describe, expectArgument, text } from "../np/internal.ts";
import { type AnyModule, isModule, Module } from "./module.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Modules by name. A plain object or a Map in a field does as well: its modules are found, and their keys are the same, `heads.left.weight`.
 * A dict has no `forward`; the module that holds it calls its items. Iterating gives the names, as in Python.
 * @throws TypeError for anything but modules, and for a name that is empty or contains a dot
 * @see PyTorch's `torch.nn.ModuleDict`
 */
export class ModuleDict<Item extends AnyModule = Module> extends Module<readonly unknown[]> {
  entries: Map<string, Item> = new Map();

  constructor(modules: Readonly<Record<string, Item>> | Iterable<readonly [string, Item]> = {}) {
    super();
    if (typeof modules !== "object" || modules === null)
      throw new TypeError(
        `ModuleDict: modules is ${describe(modules)}; expected an object or a Map of modules`,
      );
    const given = Symbol.iterator in modules ? [...modules] : Object.entries(modules);
    for (const entry of given) {
      if (!Array.isArray(entry))
        throw new TypeError(
          `ModuleDict: modules holds ${describe(entry)}; expected pairs of a name and a module`,
        );
      this.set(...(entry as [string, Item]));
    }
  }

  /** The Map whose name is left out of the keys. */
  get unnamedList(): string {
    return "entries";
  }
  get length(): number {
    return this.entries.size;
  }
  [Symbol.iterator](): Iterator<string> {
    return this.entries.keys();
  }
  /** The module of a name. @throws RangeError for a name that is not there */
  get(name: string): Item {
    expectArgument("ModuleDict.get", "name", text, name);
    const found = this.entries.get(name);
    if (found) return found;
    throw new RangeError(
      `ModuleDict.get: no module ${describe(name)}; expected one of ${[...this].join(", ")}`,
    );
  }
  /** Adds a module, or puts it in the place of another. */
  set(name: string, module: Item): void {
    expectArgument("ModuleDict.set", "name", text, name);
    expectKeys(this, "set", [name]);
    expectParts(this, { [name]: module }, isModule);
    this.entries.set(name, module);
  }
  has(name: string): boolean {
    expectArgument("ModuleDict.has", "name", text, name);
    return this.entries.has(name);
  }
  /** Takes a module out and returns it. @throws RangeError for a name that is not there */
  pop(name: string): Item {
    const module = this.get(name);
    this.entries.delete(name);
    return module;
  }
  keys(): IterableIterator<string> {
    return this.entries.keys();
  }
  values(): IterableIterator<Item> {
    return this.entries.values();
  }
  /** Pairs of name and module. */
  items(): IterableIterator<[name: string, module: Item]> {
    return this.entries.entries();
  }
  forward(): Tensor {
    throw new TypeError("ModuleDict.forward: a dict has no forward; call the forward of its items");
  }
}
