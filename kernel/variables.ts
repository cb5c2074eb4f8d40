/** A notebook's variables: what its cells export, by name. */
export type Variables = Record<string, unknown>;

/** What tslab passes to its cells as `exports` and `require`. */
interface CellScope {
  exports: Variables;
  readonly require: NodeJS.Require;
}

/** What we add to it, for the JavaScript that we make of a cell. */
export interface CellFunctions {
  hold(value: unknown): Promise<unknown>;
  holdEach(values: Iterable<unknown>): AsyncIterable<unknown>;
}

/**
 * Gives the cells a plain object in place of tslab's proxy, and returns it. Every write to a variable of the top
 * level went through the proxy's trap: a loop of 3e6 steps took 1.7 s, on a plain object it takes 20 ms.
 */
export function usePlainVariables(functions: CellFunctions): Variables {
  const variables: Variables = {};
  const scope = (globalThis as { __tslab__?: CellScope }).__tslab__;
  if (!scope) throw new Error("tslab has made no scope for its cells");
  Object.assign(scope, { exports: variables, define: defineImport, ...functions });
  return variables;
}

/**
 * Imports were what the proxy was for. The compiler defines each as a getter; a cell may declare the same name again,
 * so it has to be a variable like all others.
 */
function defineImport(variables: Variables, name: string, { get, value }: PropertyDescriptor): void {
  if (name !== "__esModule") variables[name] = get ? get() : value;
}

/** The JavaScript of a cell, made to define its imports so. */
export function withPlainImports(output: string): string {
  return output.replace(/^Object\.defineProperty\(exports, /gm, "__tslab__.define(exports, ");
}

/** The names that a cell declares: its JavaScript begins with `exports.a = exports.b = void 0;`. */
export function declaredNames(output: string): string[] {
  const names: string[] = [];
  const lines = output.matchAll(/^(?:exports\.[^\s=]+ = )+void 0;$/gm);
  for (const [line] of lines)
    for (const [, name = ""] of line.matchAll(/exports\.([^\s=]+)/g)) names.push(name);
  return names;
}
