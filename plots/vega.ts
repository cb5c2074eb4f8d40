/** Where Vega tells what it thinks of a specification. */
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

/** The few names of vega and vega-lite that plots calls. */
export interface Vega {
  parse(spec: object): object;
  readonly View: new (runtime: object, options: { renderer: "none"; logger: Logger }) => View;
  compile(spec: object, options: { logger: Logger }): { readonly spec: object };
}

/**
 * Loads vega and vega-lite. Not a static import: vega has a top-level await, which would keep `require` from loading this
 * package. And `as string` keeps the compiler from their declarations, which need the DOM's.
 */
export async function loadVega(): Promise<Vega> {
  const [{ parse, View }, { compile }] = await Promise.all([
    import("vega" as string),
    import("vega-lite" as string),
  ]);
  return { parse, View, compile };
}
