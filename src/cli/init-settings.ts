/** `.env.local`: what has to be filled in stands first and empty; what has a default is a comment. */
export const SETTINGS_FILE = `# Settings of bt in this folder. Keep this file to yourself: it will hold the token of your gateway.
# Order: options, environment, --env-file, .env.local, .env. An empty value counts as not set.

# Fill in: where the QMT gateway listens, and what it wants to hear.
QMT_SERVER_HOST=
QMT_SERVER_PORT=58620
QMT_SERVER_TOKEN=

# Only for a gateway with several accounts, or sub-accounts.
QMT_SERVER_ACCOUNT_KEY=
QMT_SERVER_SUB_ACCOUNT=

# The certificate (PEM) a gateway behind TLS is checked against; setting it switches TLS on.
QMT_SERVER_TLS_CERT=

# A Sanic wrapper around xtquant instead: --broker qmt-http, and --data qmt-remote for quotes.
# QMT_HTTP_URL=http://192.168.1.10:7800
# QMT_HTTP_ACCOUNT_ID=

# Saves typing --broker qmt-remote.
DEFAULT_BROKER=qmt-remote

# A market order is sent as a limit so far from the last price, in shares of it, and waited for so many seconds of trading.
# MARKET_BUY_PRICE_PERCENT=0.015
# MARKET_SELL_PRICE_PERCENT=-0.015
# TRADE_MAX_WAIT_TIME=16

# In continuous trading nothing is ordered when the gateway's quotes have stood still for so many seconds.
# QUOTE_MAX_AGE_SECONDS=30

# Messages to a phone (docs/notify.md has all channels): try it with bt notify test.
# NOTIFY_WECOM_KEY=
# NOTIFY_QUIET=22:30-07:30

# A gateway with real money is traded only when --real was said at the first start, which shows the account; there is no setting for it, on purpose.
`;

/** What does not belong into a repository: the token, and the ledger. */
export const GITIGNORE = `.env.local
.bt/
node_modules/
`;
