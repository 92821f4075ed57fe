import { useState, type ReactNode } from 'react';

import type { Network } from '#core/network/network-settings.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { useCommands, useLab, usePicture } from '#ui/lab-context.ts';
import { shortName } from '#ui/picture/process-name.ts';
import { useProcesses } from '#ui/use-processes.ts';

import { networkAfter } from './network-now.ts';
import { NumberField } from './number-field.tsx';
import { ProcessField } from './process-field.tsx';
import { SheetFrame } from './sheet-frame.tsx';

import styles from './control-panel.module.css';

interface NetworkSheetProps {
  readonly onDone: () => void;
}

type Scope = 'all' | 'link';

/** How slow and how bad the links are, all of them or one in one direction. */
export function NetworkSheet({ onDone }: NetworkSheetProps): ReactNode {
  const commands = useCommands();
  const network = useNetwork();
  const [scope, setScope] = useState<Scope>('all');
  const [[from, to], setLink] = useState<readonly [ProcessId, ProcessId]>([0, 1]);
  const [[least, most], setLatency] = useState(network.latencyMs);
  const [lossPercent, setLoss] = useState(Math.round(network.loss * 100));
  const [copyPercent, setCopies] = useState(Math.round(network.duplicate * 100));
  const change = (): void => {
    const settings = {
      latencyMs: [least, Math.max(least, most)],
      loss: lossPercent / 100,
      duplicate: copyPercent / 100,
    } as const;
    const others = network.links.filter((link) => link.from !== from || link.to !== to);
    void commands.do(
      scope === 'all'
        ? { do: 'network', ...settings }
        : { do: 'network', links: [...others, { from, to, ...settings }] },
    );
  };
  return (
    <SheetFrame
      title="The network"
      act="Change"
      disabled={scope === 'link' && from === to}
      onAct={change}
      onDone={onDone}
    >
      <ScopeChoice scope={scope} onScope={setScope} />
      {scope === 'link' ? (
        <LinkFields from={from} to={to} onLink={setLink} onDone={onDone} />
      ) : null}
      <div className={styles['fields']}>
        <NumberField
          words="latency from (ms)"
          min={1}
          value={least}
          onValue={(next) => setLatency([next, most])}
        />
        <NumberField
          words="to (ms)"
          min={1}
          value={most}
          onValue={(next) => setLatency([least, next])}
        />
        <NumberField words="lost %" min={0} max={100} value={lossPercent} onValue={setLoss} />
        <NumberField words="doubled %" min={0} max={100} value={copyPercent} onValue={setCopies} />
      </div>
      <Exceptions network={network} />
    </SheetFrame>
  );
}

interface ScopeChoiceProps {
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
}

function ScopeChoice({ scope, onScope }: ScopeChoiceProps): ReactNode {
  return (
    <fieldset>
      <legend className="visually-hidden">Which links</legend>
      <label>
        <input
          type="radio"
          name="scope"
          checked={scope === 'all'}
          onChange={() => onScope('all')}
        />
        all links
      </label>
      <label>
        <input
          type="radio"
          name="scope"
          checked={scope === 'link'}
          onChange={() => onScope('link')}
        />
        one link, one way
      </label>
    </fieldset>
  );
}

interface LinkFieldsProps {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly onLink: (link: readonly [ProcessId, ProcessId]) => void;
  readonly onDone: () => void;
}

function LinkFields({ from, to, onLink, onDone }: LinkFieldsProps): ReactNode {
  const all = useProcesses();
  return (
    <div className={styles['fields']}>
      <ProcessField
        words="from"
        choices={all}
        value={from}
        onValue={(next) => onLink([next, to])}
      />
      <ProcessField words="to" choices={all} value={to} onValue={(next) => onLink([from, next])} />
      <CutButton from={from} to={to} onDone={onDone} />
    </div>
  );
}

function useNetwork(): Network {
  const initial = useLab((state) => state.scenario?.network);
  const trace = useLab((state) => state.trace);
  useLab((state) => state.traceLength);
  return networkAfter(initial ?? { latencyMs: [10, 30], loss: 0, duplicate: 0, links: [] }, trace);
}

interface CutButtonProps {
  readonly from: ProcessId;
  readonly to: ProcessId;
  readonly onDone: () => void;
}

/** Cuts a link in one direction, beside what is cut already. */
function CutButton({ from, to, onDone }: CutButtonProps): ReactNode {
  const commands = useCommands();
  const partition = usePicture().partition;
  const cut = (): void => {
    const groups = partition?.groups ?? [];
    void commands.do({
      do: 'partition',
      ...(groups.length > 0 && { groups }),
      cut: [...(partition?.cuts ?? []), [from, to]],
    });
    onDone();
  };
  return (
    <button type="button" data-danger disabled={from === to} onClick={cut}>
      Cut it
    </button>
  );
}

/** The links that differ, each with a way back. */
function Exceptions({ network }: { readonly network: Network }): ReactNode {
  const commands = useCommands();
  if (network.links.length === 0) return null;
  return (
    <ul aria-label="Links that differ" className={styles['rules']}>
      {network.links.map((link) => {
        const { from, to, latencyMs, loss, duplicate } = { ...network, ...link };
        const name = `${shortName(from)} → ${shortName(to)}`;
        return (
          <li key={name} className={styles['link']}>
            {name}: {latencyMs.join(' to ')} ms, {Math.round(loss * 100)} % lost,{' '}
            {Math.round(duplicate * 100)} % doubled
            <button
              type="button"
              data-quiet
              aria-label={`${name} like the others`}
              onClick={() =>
                void commands.do({
                  do: 'network',
                  links: network.links.filter((other) => other !== link),
                })
              }
            >
              like the others
            </button>
          </li>
        );
      })}
    </ul>
  );
}
