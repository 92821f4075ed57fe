import { Random } from '#core/base/random.ts';
import type { Client } from '#core/replica/client.ts';
import type { Replica } from '#core/replica/replica.ts';

import type { Villain } from './misdeed.ts';
import type { Rogue } from './request-misdeeds.ts';

/** What the behaviour of a replica may know of it in a turn. */
export function villainOf(replica: Replica, turn: number): Villain {
  const { id, configuration, view, lowWatermark, bodies } = replica;
  return {
    id,
    configuration,
    view,
    lowWatermark,
    turn,
    random: new Random(`byzantine/${configuration.seed}/${id}/${turn}`),
    batchOf: (digest) => bodies.get(digest),
  };
}

/** How much of its past it knows. */
const pastMax = 3;

/** What the behaviour of a client may know of it. */
export function rogueOf(client: Client): Rogue {
  const { id, configuration, answers } = client;
  return {
    id,
    configuration,
    primary: client.primary(),
    past: [...answers.values()].slice(-pastMax),
  };
}
