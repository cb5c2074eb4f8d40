import * as autograd from "../../autograd/index.ts";
import * as manual from "../../manual/index.ts";
import { containerName, leafName } from "../trace/catalogue.ts";
import { isNetwork } from "../trace/places.ts";
import type { AnyNetwork, Traced } from "../trace/traced.ts";
import { blockExpression } from "./block-expression.ts";
import { ClassTexts } from "./class-texts.ts";
import { type Content, contentsOf, type Style, styleOf, styleOfNetwork } from "./contents.ts";
import { forwardLines } from "./forward-lines.ts";
import { leafExpression } from "./layer-expression.ts";
import { after, type Bracketed, call, type Expression, linesOf } from "./python-text.ts";
import { isSequence } from "./sequence.ts";

const indent = "    ";

/** Writes the parts of one network as Python, and gathers the classes that they need. */
export class PythonClasses {
  /** All forwards of each part that was called. */
  readonly #traces: ReadonlyMap<AnyNetwork, readonly Traced[]>;
  readonly #classes = new ClassTexts();
  /** The parts that are being written, the outermost first. */
  readonly #open: AnyNetwork[] = [];

  constructor(traces: ReadonlyMap<AnyNetwork, readonly Traced[]>) {
    this.#traces = traces;
  }

  /** The texts of all classes used so far, each after those that it uses. */
  texts(): string[] {
    return this.#classes.all();
  }

  /** `nn.Linear(784, 256)`, `nn.Sequential(…)`, `Mlp()`: a part, or a list, object or Map of parts. */
  expression(value: unknown): Expression {
    if (!isNetwork(value)) return this.#collection(value, styleOf(value));
    const ready = leafExpression(value) ?? blockExpression(value);
    if (ready) {
      this.#classes.need(ready.open.slice(0, -1));
      return ready;
    }
    this.#open.push(value);
    const made = this.#container(value);
    this.#open.pop();
    return made;
  }

  /** A part that holds others. */
  #container(part: AnyNetwork): Expression {
    const style = this.style(part);
    if (this.#isSequence(part))
      return call(
        "nn.Sequential",
        this.#items(part, style).map(({ value }) => value),
      );
    if (style !== "attributes") return this.#collection(part, style);
    return this.#residual(part) ?? `${this.#classes.add(part.constructor.name, this.#body(part))}()`;
  }

  /** How Python reaches the contents of a network. */
  style(network: AnyNetwork): Style {
    return styleOfNetwork(network, this.#isSequence(network));
  }

  /** `self.layers[0]` for `layers.0`, and `self` for "". */
  access(holder: unknown, name: string, start: string = "self"): string {
    if (name === "") return start;
    const inside = contentsOf(holder, isNetwork(holder) ? this.style(holder) : styleOf(holder));
    const found = inside.find((one) => name === one.name || name.startsWith(`${one.name}.`));
    if (!found) throw new RangeError(`export: there is no ${name}`);
    return this.access(found.value, name.slice(found.name.length + 1), start + found.access);
  }

  #isSequence(part: AnyNetwork): boolean {
    return isSequence(part, this.#traces.get(part) ?? []);
  }

  #items(holder: unknown, style: Style): { readonly content: Content; readonly value: Expression }[] {
    const isAround = ({ value }: Content): boolean => isNetwork(value) && this.#open.includes(value);
    return contentsOf(holder, style)
      .filter((content) => !isAround(content)) // such as its parent
      .map((content) => ({ content, value: this.expression(content.value) }));
  }

  #collection(holder: unknown, style: Style): Bracketed {
    const items = this.#items(holder, style);
    if (style === "list")
      return { open: "nn.ModuleList([", items: items.map(({ value }) => value), close: "])" };
    return {
      open: "nn.ModuleDict({",
      items: items.map(({ content, value }) => after(`${JSON.stringify(content.name)}: `, value)),
      close: "})",
    };
  }

  #residual(part: AnyNetwork): Bracketed | null {
    if (!(part instanceof manual.Residual || part instanceof autograd.Residual)) return null;
    if (containerName(part) === null || Object.hasOwn(part, "forward")) return null;
    this.#classes.need("Residual");
    const shortcut = leafName(part.shortcut) === "Identity" ? [] : [this.expression(part.shortcut)];
    return call("Residual", [this.expression(part.main), ...shortcut]);
  }

  #body(part: AnyNetwork): string[] {
    const assigned = this.#items(part, "attributes").flatMap(({ content, value }) => {
      const isField = content.access.startsWith(".") && !content.access.includes("(");
      const statement = isField
        ? after(`self${content.access} = `, value)
        : call("self.add_module", [JSON.stringify(content.name), value]);
      return linesOf(statement, indent + indent);
    });
    const init = [`${indent}def __init__(self):`, `${indent}${indent}super().__init__()`, ...assigned];
    const [traced] = this.#traces.get(part) ?? [];
    if (!traced) return init;
    const { parameters, lines } = forwardLines(traced, (name) => this.access(part, name));
    const head = `${indent}def forward(self, ${parameters.join(", ")}):`;
    return [...init, "", head, ...lines.map((line) => indent + indent + line)];
  }
}
