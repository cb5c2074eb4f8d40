import { type BlockName, blockTexts, usedBy } from "./block-texts.ts";
import { keywords } from "./python-names.ts";

/** The classes of one Python file. */
export class ClassTexts {
  readonly #blocks = new Set<BlockName>();
  /** The name of each class in the file, by its name here and its body. */
  readonly #names = new Map<string, string>();
  readonly #texts: string[] = [];

  /** Adds a class of the catalogue, if this is one that PyTorch does not have. */
  need(name: string): void {
    if (name in blockTexts) this.#blocks.add(name as BlockName);
  }

  /** Adds a class, unless one of the same name with the same body is there; returns its name, `Block2` if Block is taken. */
  add(className: string, body: readonly string[]): string {
    const wanted = className.replace(/\W/g, "_").replace(/^(?!\p{L})/u, "Network");
    const text = body.join("\n");
    const known = this.#names.get(`${wanted}\n${text}`);
    if (known) return known;
    const taken = [...this.#names.values(), ...reserved];
    let name = wanted;
    for (let i = 2; taken.includes(name); i++) name = `${wanted}${i}`;
    this.#names.set(`${wanted}\n${text}`, name);
    this.#texts.push(`class ${name}(nn.Module):\n${text}\n`);
    return name;
  }

  /** The texts of all classes, each after those that it uses. */
  all(): string[] {
    const needed = [...this.#blocks].flatMap((name) => [...(usedBy[name] ?? []), name]);
    return [...[...new Set(needed)].map((name) => blockTexts[name]), ...this.#texts];
  }
}

/** Names that mean something else in the file. */
const reserved: readonly string[] = [
  ...keywords,
  "functional",
  "network",
  "nn",
  "torch",
  ...Object.keys(blockTexts),
];
