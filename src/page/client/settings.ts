/** What a person has chosen for this browser; `auto`: as browser or system say. */
export interface Choices {
  readonly language: 'auto' | 'en' | 'zh';
  readonly theme: 'auto' | 'light' | 'dark';
  readonly colors: 'auto' | 'redUp' | 'greenUp';
}

/** The same with `auto` decided. */
export interface Settings {
  readonly language: 'en' | 'zh';
  readonly theme: 'light' | 'dark';
  readonly colors: 'redUp' | 'greenUp';
}

const KEY = 'bt-page';
const AUTO: Choices = { language: 'auto', theme: 'auto', colors: 'auto' };

let choices = readChoices();
let serverLanguage: Settings['language'] | null = null;

export function currentChoices(): Choices {
  return choices;
}

/** What holds now. Who has chosen Chinese, or whose browser has, sees rises in red unless he chose otherwise. */
export function currentSettings(): Settings {
  const language = choices.language === 'auto' ? (serverLanguage ?? browserLanguage()) : choices.language;
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  return {
    language,
    theme: choices.theme === 'auto' ? (dark ? 'dark' : 'light') : choices.theme,
    colors: choices.colors === 'auto' ? (language === 'zh' ? 'redUp' : 'greenUp') : choices.colors,
  };
}

export function choose(changes: Partial<Choices>): void {
  choices = { ...choices, ...changes };
  try {
    localStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // A browser that keeps nothing: it holds until the page is closed.
  }
  applySettings();
}

/** BT_LANG of the server. */
export function setServerLanguage(language: Settings['language'] | null): void {
  serverLanguage = language;
  applySettings();
}

/** Tells the style sheet, and who reads the page aloud. */
export function applySettings(): void {
  const { language, theme, colors } = currentSettings();
  const root = document.documentElement;
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
  root.dataset['theme'] = theme;
  root.dataset['colors'] = colors;
}

function browserLanguage(): Settings['language'] {
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

function readChoices(): Choices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return AUTO;
    const one = <T extends string>(name: string, all: readonly T[]): T | 'auto' =>
      all.find((value) => value === Reflect.get(kept, name)) ?? 'auto';
    return {
      language: one('language', ['en', 'zh']),
      theme: one('theme', ['light', 'dark']),
      colors: one('colors', ['redUp', 'greenUp']),
    };
  } catch {
    return AUTO;
  }
}
