"""The reference's own probe of a server, with its orders: their_probe.py HOST PORT TOKEN, with its checkout on PYTHONPATH."""
import json
import os
import sys
import tempfile

from probe import place_of, row, stand_in

stand_in('jqdatasdk')

from bullet_trade.server import runtime_probe  # noqa: E402

host, port, token = place_of(sys.argv)
os.environ.update(QMT_SERVER_HOST=host, QMT_SERVER_PORT=str(port), QMT_SERVER_TOKEN=token)
with tempfile.TemporaryDirectory() as folder:
    sys.argv[1:] = ['--output-dir', folder, '--trade-smoke']
    runtime_probe.main()
    with open(os.path.join(folder, 'probe_report.json'), encoding='utf-8') as written:
        report = json.load(written)
for step in report['steps']:
    row(step['name'], 'ok' if step['status'] == 'ok' else 'fails', '' if step['status'] == 'ok' else json.dumps(step, ensure_ascii=False))
