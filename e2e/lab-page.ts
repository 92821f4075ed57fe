import type { Locator, Page } from '@playwright/test';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import type { Inspection } from '#core/replica/inspection.ts';
import type { Condition, Scenario, Step, Verdict } from '#core/simulation/scenario.ts';
import type { LoadOptions } from '#lab/commands.ts';

/** A scenario in short: what is missing has its default. */
export interface ShortScenario {
  readonly [field: string]: unknown;
  readonly steps?: readonly object[];
}

/** A lab in a page, by what a person sees (test ids) and by what a program calls (`window.pbftLab`). */
export class LabPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the lab, paused unless `query` says otherwise, and waits until its cluster is there. */
  async open(query = '?play=0'): Promise<void> {
    await this.page.goto(query);
    await this.ready();
  }

  /** The page again, as a person does it in the middle of anything. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.page.waitForFunction(() => 'pbftLab' in window);
    await this.page.evaluate(() => window.pbftLab.ready);
  }

  /** The workers that run, by the names that developer tools show. */
  workers(): Promise<string[]> {
    return Promise.all(this.page.workers().map((worker) => worker.evaluate(() => self.name)));
  }

  load(scenario: string | ShortScenario, options: LoadOptions = {}): Promise<void> {
    const whole =
      typeof scenario === 'string' ? scenario : { format: 'pbft-lab/scenario@1', ...scenario };
    return this.page.evaluate(([what, how]) => window.pbftLab.load(what, how), [
      whole,
      options,
    ] as const);
  }

  /** Loads a scenario, runs it to its end and judges it. */
  async run(scenario: string | ShortScenario, options: LoadOptions = {}): Promise<Verdict> {
    await this.load(scenario, options);
    return this.finish();
  }

  async finish(): Promise<Verdict> {
    await this.runUntil({ atMs: 120_000 });
    return this.verdict();
  }

  runUntil(goal: Condition | { readonly atMs: number }): Promise<void> {
    return this.page.evaluate((until) => window.pbftLab.runUntil(until), goal);
  }

  submit(operation: Readonly<Record<string, unknown>>): Promise<void> {
    return this.page.evaluate((what) => window.pbftLab.submit(what), operation);
  }

  crash(process: ProcessId): Promise<void> {
    return this.page.evaluate((who) => window.pbftLab.crash(who), process);
  }

  restart(process: ProcessId, options: { readonly disk?: 'kept' | 'corrupt' } = {}): Promise<void> {
    return this.page.evaluate(([who, how]) => window.pbftLab.restart(who, how), [
      process,
      options,
    ] as const);
  }

  do(step: Step): Promise<void> {
    return this.page.evaluate((what) => window.pbftLab.do(what), step);
  }

  verdict(): Promise<Verdict> {
    return this.page.evaluate(() => window.pbftLab.verdict());
  }

  trace(): Promise<readonly TraceEvent[]> {
    return this.page.evaluate(() => window.pbftLab.trace());
  }

  scenario(): Promise<Scenario> {
    return this.page.evaluate(() => window.pbftLab.scenario());
  }

  inspect(process: ProcessId): Promise<Inspection | undefined> {
    return this.page.evaluate((who) => window.pbftLab.inspect(who), process);
  }

  digest(): Promise<string> {
    return this.page.evaluate(() => window.pbftLab.traceDigest());
  }

  seek(ms: number): Promise<void> {
    return this.page.evaluate((atMs) => window.pbftLab.seek(atMs), ms);
  }

  step(count: number): Promise<void> {
    return this.page.evaluate((times) => window.pbftLab.step(times), count);
  }

  fork(ms: number): Promise<void> {
    return this.page.evaluate((atMs) => window.pbftLab.fork(atMs), ms);
  }

  /** The lab of another page. */
  on(page: Page): LabPage {
    return new LabPage(page);
  }

  nowMs(): Promise<number> {
    return this.page.evaluate(async () => (await window.pbftLab.state()).nowMs);
  }

  replica(id: number): Locator {
    return this.page.getByTestId(`replica-${id}`);
  }

  get problems(): Locator {
    return this.page.getByTestId('problem');
  }

  /** The transport: `play`, `step`, `back`, `next-phase`. */
  control(name: string): Locator {
    return this.page.getByTestId(name);
  }
}
