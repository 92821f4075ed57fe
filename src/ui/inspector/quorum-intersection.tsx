import { useMemo, useState, type ReactNode } from 'react';

import type { TraceEvent } from '#core/network/trace-event.ts';
import type { ProcessId } from '#core/pbft/message.ts';
import { useClusterShape } from '#ui/cluster-shape.ts';
import {
  certificatesAt,
  intersectionOf,
  tellingPair,
  type Certificate,
  type Intersection,
} from '#ui/picture/certificates.ts';
import { faultyIn } from '#ui/picture/faulty.ts';
import { VoteGlyph } from '#ui/vote-glyph.tsx';
import {
  certificateWords,
  consequenceWords,
  promiseWords,
  sharedWords,
} from '#ui/words/intersection-words.ts';

import { Signers } from './vote-matrix.tsx';

import styles from './vote-matrix.module.css';

interface QuorumIntersectionProps {
  readonly told: readonly TraceEvent[];
  readonly sequence: number;
}

/** Any two certificates that were ever held at a sequence number, who signed both, and what follows from that. */
export function QuorumIntersection({ told, sequence }: QuorumIntersectionProps): ReactNode {
  const { replicas } = useClusterShape();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const certificates = useMemo(
    () => certificatesAt(told, sequence, replicas),
    [told, sequence, replicas],
  );
  const faulty = useMemo(() => faultyIn(told), [told]);
  const [one, other] = tellingPair(certificates) ?? [];
  const byEvent = (event: number | undefined): Certificate | undefined =>
    certificates.find((certificate) => certificate.event === event);
  const first = byEvent(chosen[0]) ?? one;
  const second = byEvent(chosen[1]) ?? other;
  return (
    <section data-testid="intersection" aria-label="Two certificates">
      <h3>What two certificates share</h3>
      {first === undefined || second === undefined ? (
        <p className={styles['note']}>
          As soon as there are two certificates at sequence {sequence}, wherever they are held, who
          signed both is shown here.
        </p>
      ) : (
        <Shared {...{ first, second, faulty, certificates }} onChoose={setChosen} />
      )}
    </section>
  );
}

interface CertificateChooserProps {
  readonly name: string;
  readonly certificates: readonly Certificate[];
  readonly shown: Certificate;
  readonly onChoose: (event: number) => void;
}

function CertificateChooser(props: CertificateChooserProps): ReactNode {
  const { name, certificates, shown, onChoose } = props;
  return (
    <select
      aria-label={name}
      value={shown.event}
      onChange={(change) => onChoose(Number(change.target.value))}
    >
      {certificates.map((certificate) => (
        <option key={certificate.event} value={certificate.event}>
          {certificateWords(certificate)}
        </option>
      ))}
    </select>
  );
}

interface SharedProps {
  readonly certificates: readonly Certificate[];
  readonly first: Certificate;
  readonly second: Certificate;
  readonly faulty: ReadonlySet<ProcessId>;
  /** The events of the two certificates to show. */
  readonly onChoose: (events: readonly number[]) => void;
}

function Shared({ certificates, first, second, faulty, onChoose }: SharedProps): ReactNode {
  const { replicas, quorums } = useClusterShape();
  const intersection = intersectionOf(first, second, quorums, faulty);
  const small = replicas > 7;
  return (
    <>
      <div className={styles['scroll']} {...scrollable}>
        <table className={styles['matrix']} data-pair data-dense={small}>
          <thead>
            <tr>
              <th scope="col">certificate, signed by</th>
              <Signers replicas={replicas} />
            </tr>
          </thead>
          <tbody>
            <CertificateRow certificate={first} {...{ replicas, small }}>
              <CertificateChooser
                name="One certificate"
                {...{ certificates, shown: first }}
                onChoose={(event) => onChoose([event, second.event])}
              />
            </CertificateRow>
            <CertificateRow certificate={second} {...{ replicas, small }}>
              <CertificateChooser
                name="Another certificate"
                {...{ certificates, shown: second }}
                onChoose={(event) => onChoose([first.event, event])}
              />
            </CertificateRow>
            <tr data-row="shared">
              <th scope="row">both of them</th>
              {Array.from({ length: replicas }, (_, replica) => (
                <SharedCell key={replica} {...{ replica, intersection }} />
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <p className={styles['why']} data-broken={intersection.correct.length === 0}>
        {sharedWords(intersection)} {consequenceWords(first, second, intersection)}
        <small>{promiseWords(quorums, intersection)}</small>
      </p>
    </>
  );
}

/** What scrolls can be reached by the keyboard. */
const scrollable = { tabIndex: 0, role: 'group', 'aria-label': 'Signers by replica' } as const;

interface CertificateRowProps {
  readonly certificate: Certificate;
  readonly replicas: number;
  readonly small: boolean;
  /** Which certificate it is. */
  readonly children: ReactNode;
}

function CertificateRow(props: CertificateRowProps): ReactNode {
  const { certificate, replicas, small, children } = props;
  const { kind, view, signers } = certificate;
  const voteOf = (signer: number): 'commit' | 'pre-prepare' | 'prepare' => {
    if (kind === 'committed') return 'commit';
    return signer === view % replicas ? 'pre-prepare' : 'prepare';
  };
  return (
    <tr>
      <th scope="row">{children}</th>
      {Array.from({ length: replicas }, (_, signer) => (
        <td key={signer}>
          {signers.includes(signer) ? (
            <VoteGlyph kind={voteOf(signer)} small={small} name={`signed by R${signer}`} />
          ) : (
            '·'
          )}
        </td>
      ))}
    </tr>
  );
}

interface SharedCellProps {
  readonly replica: number;
  readonly intersection: Intersection;
}

function SharedCell({ replica, intersection }: SharedCellProps): ReactNode {
  if (!intersection.shared.includes(replica)) return <td>·</td>;
  return intersection.correct.includes(replica) ? (
    <td data-shared="correct" title={`R${replica} signed both, and is correct`}>
      ✓
    </td>
  ) : (
    <td data-shared="faulty" title={`R${replica} signed both, and is not correct`}>
      ◈
    </td>
  );
}
