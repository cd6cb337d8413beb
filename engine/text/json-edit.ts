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
  } else {
    // defineProperty, so that a key named __proto__ is only a key
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

/** Sets `path` to a value, making the objects on the way; a list is filled with nulls up to the index. */
export function setAt(target: Container, path: readonly string[], value: unknown): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let parent = target;
  for (const key of path.slice(0, -1)) {
    let child = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (!isContainer(child)) {
      child = {};
      put(parent, key, child);
    }
    parent = child as Container;
  }
  put(parent, last, value);
}

/** Removes what `path` leads to, wildcards included; a list element becomes null. Nothing there is no error. */
export function removeAt(target: unknown, path: readonly string[]): void {
  const [key, ...rest] = path;
  if (key === undefined || !isContainer(target)) return;
  const keys = key === '*' ? Object.keys(target) : Object.hasOwn(target, key) ? [key] : [];
  if (key === '**') {
    removeAt(target, rest);
    for (const child of Object.values(target)) removeAt(child, path);
    return;
  }
  for (const name of keys) {
    if (rest.length > 0) removeAt(target[name], rest);
    else if (Array.isArray(target)) put(target, name, null);
    else Reflect.deleteProperty(target, name);
  }
}
