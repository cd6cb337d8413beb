// Copies JSON values, and sets and removes values inside JSON values in place, by the paths that transformations write.
import { isJsonObject } from './json.ts';

type Container = Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  return Array.isArray(value) || isJsonObject(value);
}

function put(parent: Container, key: string, value: unknown): void {
  if (Array.isArray(parent)) {
    const index = Number(key);
    while (parent.length < index) parent.push(null);
    parent[index] = value;
  } else if (key !== '__proto__') {
    parent[key] = value;
  } else {
    // defineProperty, so that this too is only a key
    Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

/** A copy that shares nothing with the original; numbers keep their digits. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map((item: unknown) => cloneJson(item)) as T;
  if (!isJsonObject(value)) return value;
  const copy: Container = {};
  for (const [key, item] of Object.entries(value)) put(copy, key, cloneJson(item));
  return copy as T;
}

/**
 * Sets `path` to a value, making the objects on the way; a list is filled with nulls up to the index. What is on the way is set
 * again, so that a record notices what changed inside it.
 */
export function setAt(target: Container, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    put(target, key, value);
    return;
  }
  const found = Object.hasOwn(target, key) ? target[key] : undefined;
  const child = isContainer(found) ? found : {};
  setAt(child, rest, value);
  put(target, key, child);
}

/**
 * Removes what `path` leads to, wildcards included; a list element becomes null. Nothing there is no error. True when something
 * was removed: what is on the way is then set again, so that a record notices what changed inside it.
 */
export function removeAt(target: unknown, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined || !isContainer(target)) return false;
  const inside = (name: string, further: readonly string[]): boolean => {
    const child = target[name];
    const isChanged = removeAt(child, further);
    if (isChanged) put(target, name, child);
    return isChanged;
  };
  const each = (names: readonly string[], change: (name: string) => boolean): boolean =>
    names.map(change).some((isChanged) => isChanged);

  if (key === '**') {
    const isChanged = removeAt(target, rest);
    return each(Object.keys(target), (name) => inside(name, path)) || isChanged;
  }
  const names = key === '*' ? Object.keys(target) : Object.hasOwn(target, key) ? [key] : [];
  if (rest.length > 0) return each(names, (name) => inside(name, rest));
  for (const name of names) {
    if (Array.isArray(target)) put(target, name, null);
    else Reflect.deleteProperty(target, name);
  }
  return names.length > 0;
}
