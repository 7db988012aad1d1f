"""The reference's own server with its stub behind it: their_server.py PORT TOKEN. Its command line does not know the stub, its registry does."""
import asyncio
import sys

from probe import stand_in

stand_in('jqdatasdk')

from bullet_trade.server.adapters import get_adapter, stub  # noqa: E402,F401
from bullet_trade.server.adapters.base import AccountRouter  # noqa: E402
from bullet_trade.server.app import ServerApplication  # noqa: E402
from bullet_trade.server.config import AccountConfig, ServerConfig  # noqa: E402


async def serve(port, token):
    account = AccountConfig(key='default', account_id='demo')
    config = ServerConfig(server_type='stub', listen='127.0.0.1', port=port, token=token, accounts=[account])
    router = AccountRouter(config.accounts)
    application = ServerApplication(config=config, router=router, adapters=get_adapter('stub')(config, router))
    await application.start()


asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
