/** A method as seen by its caller. */
type Method = (...args: never[]) => unknown;

/**
 * Wraps a method of one object until the returned function is called. The class and its other
 * instances are unaffected, and no new enumerable field appears.
 */
export function wrapMethod<T extends object, K extends keyof T>(
  owner: T,
  key: K,
  around: (original: T[K] & Method) => T[K],
): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  const original = (owner[key] as Method).bind(owner) as T[K] & Method;
  Object.defineProperty(owner, key, {
    value: around(original),
    configurable: true,
    enumerable: false,
    writable: true,
  });
  return () => {
    if (before) Object.defineProperty(owner, key, before);
    else delete (owner as Partial<T>)[key];
  };
}
