'use persistent';

import { outbox, sleep } from '#core/persistent/index.ts';

/** Says its greeting; whoever holds its `greet` as a delegate shares it. */
export class Sayer {
  greeting: string;

  constructor(greeting: string) {
    this.greeting = greeting;
  }

  greet(): string {
    return this.greeting;
  }
}

/** A person, and those it knows: a graph with cycles. */
export class Person {
  readonly name: string;
  readonly friends: Person[] = [];

  constructor(name: string) {
    this.name = name;
  }

  befriend(other: Person): void {
    this.friends.push(other);
    other.friends.push(this);
  }
}

/** Changes the greeting between two uses of a delegate of the same sayer. */
export async function converse(sayer: Sayer, greet: () => string): Promise<void> {
  outbox.send('console', greet());
  await sleep(1000);
  sayer.greeting = "G'day";
  await sleep(1000);
  outbox.send('console', greet());
}
