import type { LiveLoad, LiveOptions } from '#host/live/live-report.ts';
import type { StorageChoice } from '#host/storage/disk.ts';
import { Refusal } from '#lab/lab.ts';

/** What a person has typed and chosen: numbers as they are written, so that nothing is put right behind their back. */
export interface LiveForm {
  readonly n: string;
  readonly seed: string;
  readonly batch: string;
  readonly pipeline: string;
  readonly interval: string;
  readonly load: LiveLoad['kind'];
  readonly clients: string;
  readonly rate: string;
  readonly put: string;
  readonly get: string;
  readonly add: string;
  /** Empty: until the load is stopped. */
  readonly operations: string;
  readonly storage: StorageChoice['kind'];
  readonly durability: 'relaxed' | 'strict';
}

/** A load that a laptop serves, and that shows what batches are for. */
export const firstForm: LiveForm = {
  n: '4',
  seed: '1',
  batch: '10',
  pipeline: '4',
  interval: '64',
  load: 'closed',
  clients: '32',
  rate: '200',
  put: '60',
  get: '30',
  add: '10',
  operations: '',
  storage: 'indexed-db',
  durability: 'relaxed',
};

/** The options that the form asks for. What is no number is refused; whether a number can be served, the session says. */
export function optionsOf(form: LiveForm): LiveOptions {
  const clients = numberIn(form.clients, 'The number of clients');
  const operations = form.operations.trim();
  return {
    n: numberIn(form.n, 'The number of replicas'),
    seed: numberIn(form.seed, 'The seed'),
    batchMax: numberIn(form.batch, 'The batch'),
    pipeline: numberIn(form.pipeline, 'The pipeline'),
    checkpointInterval: numberIn(form.interval, 'The checkpoint interval'),
    load:
      form.load === 'closed'
        ? { kind: 'closed', clients }
        : { kind: 'open', clients, rate: numberIn(form.rate, 'The rate') },
    mix: {
      put: numberIn(form.put, 'The share of put'),
      get: numberIn(form.get, 'The share of get'),
      add: numberIn(form.add, 'The share of add'),
    },
    ...(operations !== '' && { operations: numberIn(operations, 'The number of operations') }),
    storage:
      form.storage === 'memory'
        ? { kind: 'memory' }
        : { kind: form.storage, durability: form.durability },
  };
}

/** The form that asks for these options. */
export function formOf(options: LiveOptions): LiveForm {
  const { load, mix, operations, storage, checkpointInterval } = options;
  return {
    ...firstForm,
    n: String(options.n),
    seed: String(options.seed),
    batch: String(options.batchMax),
    pipeline: String(options.pipeline),
    interval: String(checkpointInterval ?? firstForm.interval),
    load: load.kind,
    clients: String(load.clients),
    ...(load.kind === 'open' && { rate: String(load.rate) }),
    ...(mix && { put: String(mix.put), get: String(mix.get), add: String(mix.add) }),
    operations: operations === undefined ? '' : String(operations),
    storage: storage.kind,
    ...(storage.kind !== 'memory' && { durability: storage.durability }),
  };
}

function numberIn(text: string, words: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value))
    throw new Refusal(`${words} is a number, not ‘${text}’.`);
  return value;
}
