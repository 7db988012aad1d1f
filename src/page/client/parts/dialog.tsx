import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { PageCommand } from '../../wire.ts';
import { RequestFailed, runCommand } from '../state/requests.ts';
import { t } from '../words.ts';

export interface CommandDialogProps {
  readonly title: string;
  readonly text: string;
  /** On the button that does it. */
  readonly verb: string;
  readonly isGrave?: boolean;
  /** What is to be done; null = something is missing. */
  readonly command: () => PageCommand | null;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}

interface Outcome {
  readonly isDone: boolean;
  readonly text: string;
}

/** Asks before something is done, and shows what was answered. Escape and Back do nothing. */
export function CommandDialog(props: CommandDialogProps) {
  const { title, text, verb, isGrave = false, command, onClose, children } = props;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const send = async (): Promise<void> => {
    const asked = command();
    if (asked === null) return;
    setBusy(true);
    setOutcome(await outcomeOf(asked));
    setBusy(false);
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <h2 id={id}>{title}</h2>
        {outcome?.isDone !== true && <p>{text}</p>}
        {outcome?.isDone !== true && children}
        <p role="alert" class={outcome?.isDone === true ? 'done' : 'problem'}>
          {outcome?.text ?? ''}
        </p>
        <Buttons
          isDone={outcome?.isDone === true}
          isBusy={isBusy}
          isGrave={isGrave}
          verb={verb}
          onBack={() => dialog.current?.close()}
        />
      </form>
    </dialog>
  );
}

interface ButtonsProps extends Pick<CommandDialogProps, 'verb'> {
  readonly isDone: boolean;
  readonly isBusy: boolean;
  readonly isGrave: boolean;
  readonly onBack: () => void;
}

function Buttons({ isDone, isBusy, isGrave, verb, onBack }: ButtonsProps) {
  return (
    <div class="buttons">
      <button type="button" onClick={onBack}>
        {t(isDone ? 'do.close' : 'do.back')}
      </button>
      {!isDone && (
        <button type="submit" class={isGrave ? 'grave' : 'main'} disabled={isBusy}>
          {isBusy ? t('do.working') : verb}
        </button>
      )}
    </div>
  );
}

async function outcomeOf(command: PageCommand): Promise<Outcome> {
  try {
    return { isDone: true, text: await runCommand(command) };
  } catch (error) {
    const isHeard = error instanceof RequestFailed && error.status !== 0;
    return { isDone: false, text: isHeard ? `${t('do.failed')}: ${error.message}` : t('do.unheard') };
  }
}

/** A reason that is written down. */
export function Reason(props: { readonly isNeeded: boolean; readonly onInput: (text: string) => void }) {
  const id = useId();
  return (
    <>
      <label for={id}>{t('do.reason')}</label>
      <input
        id={id}
        name="reason"
        maxLength={500}
        required={props.isNeeded}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </>
  );
}
