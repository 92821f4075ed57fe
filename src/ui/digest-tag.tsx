import type { ReactNode } from 'react';

import { shortDigest } from './words/sentence.ts';

import styles from './digest-tag.module.css';

/** A digest, short, with the color that it has everywhere. */
export function DigestTag({ digest }: { readonly digest: string }): ReactNode {
  return (
    <span className={styles['tag']} title={digest}>
      <i style={{ backgroundColor: `hsl(${digestHue(digest)} 52% 52%)` }} aria-hidden="true" />
      <code>{shortDigest(digest)}</code>
    </span>
  );
}

/** A hue that follows from the digest alone, so that equal digests are equal in every view. */
function digestHue(digest: string): number {
  return (Number.parseInt(digest.slice(0, 6), 16) || 0) % 360;
}
