/** The logger that receives Vega's messages about a specification. */
export interface Logger {
  level(value?: number): number | this;
  error(...message: unknown[]): this;
  warn(...message: unknown[]): this;
  info(...message: unknown[]): this;
  debug(...message: unknown[]): this;
}

interface View {
  toSVG(): Promise<string>;
  finalize(): this;
}

/** The parts of vega and vega-lite that plots uses. */
export interface Vega {
  parse(spec: object): object;
  readonly View: new (runtime: object, options: { renderer: "none"; logger: Logger }) => View;
  compile(spec: object, options: { logger: Logger }): { readonly spec: object };
}

/**
 * Loads vega and vega-lite. Not a static import: vega has a top-level await, which would keep
 * `require` from loading this package. `as string` hides their type declarations from the compiler,
 * because these need the DOM's.
 */
export async function loadVega(): Promise<Vega> {
  const [{ parse, View }, { compile }] = await Promise.all([
    import("vega" as string),
    import("vega-lite" as string),
  ]);
  return { parse, View, compile };
}
