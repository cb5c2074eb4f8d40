/** The valid calls of some rooms, by the title of the call. */
export interface Calls {
  /** The arguments of functions and constructors that neither a contract nor a case declares. */
  readonly functions: Readonly<Record<string, () => readonly unknown[]>>;
  /** The arguments of methods; without an entry, a method is called without any. */
  readonly methods: Readonly<Record<string, (on: object) => readonly unknown[]>>;
  /** The objects on which methods are called, if the class has no case. */
  readonly instances: Readonly<Record<string, () => object>>;
}
