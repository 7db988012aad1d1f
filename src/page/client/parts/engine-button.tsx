import { useId } from 'preact/hooks';
import { t } from '../words.ts';

export interface EngineButtonProps {
  readonly text: string;
  readonly class?: string;
  /** An engine runs, which alone can do it. */
  readonly isRunning: boolean;
  /** What is said where none does; absent = that it needs one. */
  readonly why?: string;
  /** The reason is for who asks for it only: it is told elsewhere too, and there is no room. */
  readonly isTight?: boolean;
  readonly onClick: () => void;
}

/** A button for what only a running engine can do: where none runs it says so and does nothing. */
export function EngineButton({ text, class: name = '', isRunning, why, isTight = false, onClick }: EngineButtonProps) {
  const id = useId();
  if (isRunning) {
    return (
      <button type="button" class={name} onClick={onClick}>
        {text}
      </button>
    );
  }
  const reason = why ?? t('do.needsEngine');
  return (
    <span title={reason}>
      <button type="button" class={name} disabled aria-describedby={id}>
        {text}
      </button>
      <span id={id} class={isTight ? 'hidden' : 'note beside'}>
        {reason}
      </span>
    </span>
  );
}
