import { useCallback, useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';

import { Dialog, DialogEnds } from '#ui/frame/dialog.tsx';
import { useCommands } from '#ui/lab-context.ts';

import styles from './history.module.css';

interface ShareDialogProps {
  readonly onClose: () => void;
}

/** A link to everything done so far, to be copied. */
export function ShareDialog({ onClose }: ShareDialogProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const link = useLink(onClose);
  useEffect(() => {
    if (link !== undefined) field.current?.select();
  }, [link]);
  return (
    <Dialog title="Share this run" testId="share-dialog" onClose={onClose}>
      <p>
        The link holds the scenario, its seed and everything that was done. Whoever opens it runs it
        again and sees the same, event for event; nothing of it is sent to a server.
      </p>
      <textarea
        ref={field}
        className={styles['link']}
        data-testid="share-link"
        aria-label="Link"
        readOnly
        rows={4}
        value={link ?? 'Being made…'}
      />
      <CopyRow link={link} field={field} onClose={onClose} />
    </Dialog>
  );
}

/** Made once, when the dialog opens; what goes wrong is on the page, and the dialog goes. */
function useLink(onFailure: () => void): string | undefined {
  const commands = useCommands();
  const [link, setLink] = useState<string | undefined>(undefined);
  const isAsked = useRef(false);
  const ask = useCallback(async () => {
    const made = await commands.share();
    if (made === undefined) onFailure();
    else setLink(made);
  }, [commands, onFailure]);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    void ask();
  }, [ask]);
  return link;
}

interface CopyRowProps {
  readonly link: string | undefined;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onClose: () => void;
}

function CopyRow({ link, field, onClose }: CopyRowProps): ReactNode {
  const [copied, setCopied] = useState<string | undefined>(undefined);
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('Copied.');
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      field.current?.select();
      setCopied('This browser does not let the page copy: press Ctrl+C.');
    }
  };
  return (
    <DialogEnds>
      <output>{copied ?? (link === undefined ? '' : `${link.length} characters`)}</output>
      <button data-quiet onClick={onClose}>
        Close
      </button>
      <button
        data-primary
        disabled={link === undefined}
        onClick={() => void (link !== undefined && copy(link))}
      >
        Copy link
      </button>
    </DialogEnds>
  );
}
