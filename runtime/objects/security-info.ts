import type { SecurityInfo as SecurityInfoView } from '../../src/domain/trading.ts';
import { pyRepr } from '../text/python-text.ts';
import { date } from './datetime/date.ts';
import { guardGetters } from './guard.ts';

/** Master data of a security. Dates are null when the venue does not tell them; a listed one ends 2200-01-01. */
export class SecurityInfo {
  readonly #view: SecurityInfoView;

  constructor(view: SecurityInfoView) {
    this.#view = view;
    Object.preventExtensions(this);
  }

  get code(): string {
    return this.#view.security;
  }

  get display_name(): string {
    return this.#view.displayName;
  }

  get name(): string {
    return this.#view.name;
  }

  get type(): string {
    return this.#view.type;
  }

  get start_date(): date | null {
    return this.#view.startDate === null ? null : date.fromisoformat(this.#view.startDate);
  }

  get end_date(): date | null {
    return this.#view.endDate === null ? null : date.fromisoformat(this.#view.endDate);
  }

  /** Parent fund of a structured fund: not known to the venues. */
  get parent(): null {
    return null;
  }

  toString(): string {
    const { code, display_name, name, type } = this;
    const dates = { start_date: String(this.start_date), end_date: String(this.end_date) };
    return `SecurityInfo(${pyRepr({ code, display_name, name, type, ...dates })})`;
  }
}

guardGetters(SecurityInfo, 'security_info');
