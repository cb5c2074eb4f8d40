/** A method as it is called from outside. */
type Method = (...args: never[]) => unknown;

/**
 * Puts a method of one object inside another, until the function that is returned is called. The object's class and its other objects
 * stay as they are, and its fields list nothing new.
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
