import { Module } from "../../../autograd/index.ts";
import { partsIn, placeName } from "../../../contracts/internal.ts";
import { Layer } from "../../../manual/index.ts";
import type { AnyLayer, AnyModule } from "../../subjects/sides.ts";

/** The recorded parts of one network, by their path: `layer1`, `layers[0]`, `encoder.relu1`. */
export type Parts<Part> = ReadonlyMap<string, Part>;

function children<Part>(network: object, isPart: (value: unknown) => value is Part): [string, Part][] {
  return partsIn(network, isPart).map(({ key, path, part }) => [placeName(key, path), part]);
}

function isLayer(value: unknown): value is AnyLayer {
  return value instanceof Layer;
}

function isModule(value: unknown): value is AnyModule {
  return value instanceof Module;
}

/** The innermost parts of both networks. A part is opened only if its twin at the same path has parts as well. */
export function partsOf(
  left: AnyLayer,
  right: AnyModule,
): { left: Parts<AnyLayer>; right: Parts<AnyModule> } {
  const found = { left: new Map<string, AnyLayer>(), right: new Map<string, AnyModule>() };
  const visit = (a: AnyLayer, b: AnyModule, prefix: string): void => {
    const [ours, theirs] = [children(a, isLayer), children(b, isModule)];
    for (const [key, part] of ours) {
      const twin = theirs.find(([other]) => other === key)?.[1];
      if (twin && opens(part, twin)) visit(part, twin, `${prefix}${key}.`);
      else found.left.set(prefix + key, part);
    }
    for (const [key, part] of theirs) {
      const twin = ours.find(([other]) => other === key)?.[1];
      if (!twin || !opens(twin, part)) found.right.set(prefix + key, part);
    }
  };
  visit(left, right, "");
  return found;
}

function opens(a: AnyLayer, b: AnyModule): boolean {
  return children(a, isLayer).length > 0 && children(b, isModule).length > 0;
}
