import type { ForeignOrder, OrderStatus, UnknownStatus } from '../../../status/types.ts';
import type { PageState } from '../state/page-state.ts';

/** What every view gets. */
export interface ViewProps {
  readonly state: PageState;
  readonly doc: NonNullable<PageState['doc']>;
  /** Opens the dialog of something that is to be confirmed. */
  readonly onAsk: (asked: Asked) => void;
}

/** What a person is asked to confirm. */
export type Asked =
  | { readonly kind: 'kill' | 'pause' | 'resume' }
  | { readonly kind: 'resolve'; readonly order: UnknownStatus }
  | { readonly kind: 'adopt'; readonly order: ForeignOrder }
  | { readonly kind: 'cancel'; readonly order: OrderStatus };

/** What every dialog gets. */
export interface DialogProps {
  readonly instance: string;
  readonly name: string;
  readonly onClose: () => void;
}
