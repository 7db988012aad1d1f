/** Where the HTTP door is, and for whom. */
export interface HttpOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** Null: none is asked for, which only an address of this machine alone may do. */
  readonly token: string | null;
  /** Origins whose pages may ask, as `https://desk.example`. */
  readonly origins: readonly string[];
}
