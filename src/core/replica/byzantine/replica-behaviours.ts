import {
  type BehaviourEntry,
  count,
  how,
  mutations,
  newViewFaults,
  stateLies,
  viewChangeFaults,
  wrongPlaces,
} from './behaviour-entry.ts';

/** Every way for a replica to be Byzantine: those of any, of primaries, of voters, of repair, of view changes. */
export const replicaBehaviours = [
  {
    name: 'silent',
    of: 'replica',
    words: 'It hears everything and says nothing.',
    options: [],
  },
  {
    name: 'silent-to',
    of: 'replica',
    words: 'It says nothing to some, and behaves correctly towards the others.',
    options: [
      { name: 'targets', kind: 'processes', words: 'Silent to', initial: 'nobody', required: true },
    ],
  },
  {
    name: 'delay',
    of: 'replica',
    words: 'Whatever it says leaves late.',
    options: [{ name: 'ms', kind: 'number', words: 'Late by (ms)', initial: '300' }],
  },
  {
    name: 'equivocate',
    of: 'replica',
    words: 'As primary it proposes two different batches for the same sequence number.',
    options: [
      {
        name: 'split',
        kind: 'replicas',
        words: 'Who gets the second batch',
        initial: 'the upper half',
      },
    ],
  },
  {
    name: 'collude',
    of: 'replica',
    words: 'It votes, before each replica, for whatever its partner has proposed to that replica.',
    options: [
      { name: 'with', kind: 'replica', words: 'Its partner', initial: 'nobody', required: true },
    ],
  },
  {
    name: 'twin',
    of: 'replica',
    words: 'A second, correct instance of it runs beside it, with the same name and key.',
    options: [],
  },
  {
    name: 'double-vote',
    of: 'replica',
    words: 'It signs two contradicting votes.',
    options: [],
  },
  {
    name: 'wrong-digest',
    of: 'replica',
    words: 'It votes for something nobody proposed.',
    options: [],
  },
  {
    name: 'wrong-sequence',
    of: 'replica',
    words: 'It puts proposals and votes at places where they do not belong.',
    options: [how('Where', wrongPlaces)],
  },
  {
    name: 'skip-sequence',
    of: 'replica',
    words: 'As primary it leaves places in the order empty.',
    options: [count('How many places', 2)],
  },
  {
    name: 'exhaust-sequence',
    of: 'replica',
    words: 'As primary it proposes at the very end of the window, and then beyond it.',
    options: [],
  },
  {
    name: 'bad-signature',
    of: 'replica',
    words: 'Its signatures are invalid.',
    options: [],
  },
  {
    name: 'forge-sender',
    of: 'replica',
    words: 'It speaks in the name of another replica, without having its key.',
    options: [],
  },
  {
    name: 'censor',
    of: 'replica',
    words: 'As primary it leaves out the requests of one client.',
    options: [
      { name: 'client', kind: 'client', words: 'Whose requests', initial: 'the first client’s' },
    ],
  },
  {
    name: 'replay',
    of: 'replica',
    words: 'It says everything three times.',
    options: [],
  },
  {
    name: 'flood',
    of: 'replica',
    words: 'Beside whatever it says it sends messages about places that nobody has come to yet.',
    options: [count('How many each time', 8)],
  },
  {
    name: 'lie-checkpoint',
    of: 'replica',
    words: 'Its checkpoints name a state that nobody has.',
    options: [],
  },
  {
    name: 'lie-state',
    of: 'replica',
    words: 'Who fetches state or batches from it gets wrong ones.',
    options: [how('What is wrong', stateLies)],
  },
  {
    name: 'lie-reply',
    of: 'replica',
    words: 'It answers clients with made-up results.',
    options: [],
  },
  {
    name: 'lie-view',
    of: 'replica',
    words: 'It tells clients of a view far ahead.',
    options: [],
  },
  {
    name: 'hide-prepared',
    of: 'replica',
    words: 'Its VIEW-CHANGE leaves out what it has prepared.',
    options: [],
  },
  {
    name: 'bad-view-change',
    of: 'replica',
    words: 'Its VIEW-CHANGE does not prove what it claims.',
    options: [how('What is wrong', viewChangeFaults)],
  },
  {
    name: 'bad-new-view',
    of: 'replica',
    words: 'Its NEW-VIEW does not follow from the votes it shows.',
    options: [how('What is wrong', newViewFaults)],
  },
  {
    name: 'view-change-storm',
    of: 'replica',
    words: 'It asks for other views without reason, also for ones far away.',
    options: [],
  },
  {
    name: 'mutate',
    of: 'replica',
    words: 'One field of what it says is a small step off.',
    options: [
      how('Which field', mutations),
      { name: 'targets', kind: 'processes', words: 'Towards', initial: 'everybody' },
    ],
  },
  {
    name: 'random',
    of: 'replica',
    words: 'It does each time something else of all this.',
    options: [],
  },
] as const satisfies readonly BehaviourEntry[];
