/** Names ordered by the time they are due, then by name. Set, remove and first in O(log n), whatever the size. Pure. */
import type { EpochMs } from '../../shared/contract/messages.ts';

interface Node {
  readonly name: string;
  dueMs: EpochMs;
  position: number;
}

export class DueHeap {
  readonly #nodes: Node[] = [];
  readonly #byName = new Map<string, Node>();

  get size(): number {
    return this.#nodes.length;
  }

  get first(): { readonly name: string; readonly dueMs: EpochMs } | undefined {
    return this.#nodes[0];
  }

  dueMs(name: string): EpochMs | undefined {
    return this.#byName.get(name)?.dueMs;
  }

  set(name: string, dueMs: EpochMs): void {
    const known = this.#byName.get(name);
    if (known === undefined) {
      const node = { name, dueMs, position: this.#nodes.length };
      this.#nodes.push(node);
      this.#byName.set(name, node);
      this.#rise(node);
      return;
    }
    known.dueMs = dueMs;
    this.#rise(known);
    this.#sink(known);
  }

  remove(name: string): void {
    const node = this.#byName.get(name);
    if (node === undefined) return;
    this.#byName.delete(name);
    const last = this.#nodes.pop();
    if (last === undefined || last === node) return;
    this.#put(last, node.position);
    this.#rise(last);
    this.#sink(last);
  }

  names(): IterableIterator<string> {
    return this.#byName.keys();
  }

  #rise(node: Node): void {
    for (;;) {
      const parent = this.#nodes[(node.position - 1) >> 1];
      if (node.position === 0 || parent === undefined || !isBefore(node, parent)) return;
      this.#swap(node, parent);
    }
  }

  #sink(node: Node): void {
    for (;;) {
      const left = this.#nodes[2 * node.position + 1];
      const right = this.#nodes[2 * node.position + 2];
      const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (child === undefined || !isBefore(child, node)) return;
      this.#swap(child, node);
    }
  }

  #swap(a: Node, b: Node): void {
    const position = a.position;
    this.#put(a, b.position);
    this.#put(b, position);
  }

  #put(node: Node, position: number): void {
    this.#nodes[position] = node;
    node.position = position;
  }
}

const isBefore = (a: Node, b: Node): boolean => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.name < b.name);
