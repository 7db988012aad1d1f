import { render } from 'preact';
import { App } from './app.tsx';
import { applySettings, setServerLanguage } from './settings.ts';

const place = document.getElementById('page');
const { language } = document.documentElement.dataset;
if (language === 'en' || language === 'zh') setServerLanguage(language);
applySettings();
if (place !== null) render(<App />, place);
