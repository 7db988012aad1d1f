import { useEffect, useId, useRef } from 'preact/hooks';
import { choose, currentChoices } from '../settings.ts';
import type { Choices } from '../settings.ts';
import { t } from '../words.ts';
import type { Word } from '../words.ts';

export interface SettingsMenuProps {
  readonly redraw: () => void;
  readonly onLogOut: () => void;
}

const LANGUAGES = [
  ['auto', null],
  ['zh', '中文'],
  ['en', 'English'],
] as const;

/** What a person chooses for this browser. */
export function SettingsMenu({ redraw, onLogOut }: SettingsMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeFromOutside(menu), []);
  const take = (changes: Partial<Choices>): void => {
    choose(changes);
    redraw();
  };
  const { language, theme, colors } = currentChoices();
  return (
    <details class="menu" ref={menu}>
      <summary>{t('settings')}</summary>
      <div class="menu-body">
        <Choice
          label="settings.language"
          value={language}
          options={LANGUAGES.map(([value, name]) => [value, name ?? t('settings.auto')])}
          onChoose={(value) => take({ language: value })}
        />
        <Choice
          label="settings.theme"
          value={theme}
          options={(['auto', 'light', 'dark'] as const).map((value) => [value, t(`settings.${value}`)])}
          onChoose={(value) => take({ theme: value })}
        />
        <Choice
          label="settings.colors"
          value={colors}
          options={(['auto', 'redUp', 'greenUp'] as const).map((value) => [value, t(`settings.${value}`)])}
          onChoose={(value) => take({ colors: value })}
        />
        <button type="button" onClick={onLogOut}>
          {t('settings.out')}
        </button>
      </div>
    </details>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: Word;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChoose: (value: T) => void;
}

function Choice<T extends string>({ label, value, options, onChoose }: ChoiceProps<T>) {
  const id = useId();
  return (
    <>
      <label for={id}>{t(label)}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find(([one]) => one === event.currentTarget.value);
          if (chosen !== undefined) onChoose(chosen[0]);
        }}
      >
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}

/** A click elsewhere and Escape close it. */
function closeFromOutside(menu: { readonly current: HTMLDetailsElement | null }): () => void {
  const look = (event: Event): void => {
    const { current } = menu;
    if (current === null || !current.open) return;
    const isKey = event instanceof KeyboardEvent;
    if (isKey ? event.key !== 'Escape' : event.target instanceof Node && current.contains(event.target)) return;
    current.open = false;
    if (isKey) current.querySelector('summary')?.focus();
  };
  document.addEventListener('pointerdown', look);
  document.addEventListener('keydown', look);
  return () => {
    document.removeEventListener('pointerdown', look);
    document.removeEventListener('keydown', look);
  };
}
