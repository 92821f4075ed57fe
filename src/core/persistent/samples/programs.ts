import { defined } from '#core/base/assert.ts';
import { delegate, type Engine, Source } from '#core/persistent/index.ts';

import { Download } from './downloader.ts';
import { beat, watch } from './heartbeat.ts';
import { Invoice } from './invoice.ts';
import { Alarms, morning } from './persistent-timer.ts';
import { Pinger, Ponger } from './ping-pong.ts';
import { converse, Sayer } from './sayer.ts';
import { TravelAgent } from './travel-agent.ts';

/** The first turn of each sample of the catalogue. */
const programs: Readonly<Record<string, (engine: Engine) => void>> = {
  'ping-pong': () => {
    const messages = new Source<string>();
    void new Ponger(messages).start();
    void new Pinger(messages).start(3);
  },
  'travel-agent': () => void new TravelAgent('Ann').book(1000),
  sayer: (engine) => {
    const sayer = new Sayer('Hello');
    engine.attach('sayer', sayer);
    void converse(sayer, delegate(sayer, 'greet'));
  },
  heartbeat: () => {
    const heart = new Source<number>();
    void watch(heart, 2500);
    void beat(heart, 3);
  },
  alarms: () => void morning(new Alarms()),
  downloader: () => void new Download('moon').run(2000),
  invoice: () => void new Invoice().send('Ann'),
};

/** What a sample does first. */
export function programOf(name: string): (engine: Engine) => void {
  return defined(programs[name], `there is a sample ${name}`);
}
