# -*- coding: utf-8 -*-
"""A strategy with the sender that users had before bt: what it puts on the wire, written anew from its description.

    older_sender.py URL PASSWORD NOW_MS '{"function": "order", "arguments": ["000001.XSHE", 100], "number": 1, "price": 10.5, "held": {}}'

Prints the status, the answer and the body that was sent, as JSON.
"""
import base64
import hashlib
import hmac
import json
import sys
import urllib.error
import urllib.request

from stand_in import Source, china

URL, PASSWORD, NOW_MS, STEP = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])


def sealed(text):
    key = hashlib.sha256(PASSWORD.encode('utf-8')).digest()
    plain = text.encode('utf-8')
    cipher = bytes(byte ^ key[place % len(key)] for place, byte in enumerate(plain))
    signature = hmac.new(key, plain, hashlib.sha256).hexdigest()
    inner = json.dumps({'signature': signature, 'data': base64.b64encode(cipher).decode('ascii')})
    return base64.b64encode(inner.encode('utf-8')).decode('ascii')


def tell(order):
    now = china(NOW_MS)
    fields = [
        ('状态', order.status), ('订单添加时间', order.add_time), ('买卖', order.is_buy), ('下单数量', order.amount),
        ('已经成交', order.filled), ('股票代码', order.security), ('订单ID', order.order_id), ('平均成交价格', order.price),
        ('持仓成本', order.avg_cost), ('多空', order.side), ('交易费用', order.commission), ('时间戳', now), ('密码', 'xxx'),
    ]
    text = json.dumps(dict((name, str(value)) for name, value in fields), ensure_ascii=False)
    body = json.dumps({'encrypted_order': sealed(text), 'timestamp': str(now)})
    request = urllib.request.Request(URL + '/api/order', body.encode('utf-8'), {'Content-Type': 'application/json'})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            status, said = answer.status, answer.read().decode('utf-8')
    except urllib.error.HTTPError as error:
        status, said = error.code, error.read().decode('utf-8')
    print(json.dumps({'status': status, 'answer': said, 'body': body}))


def follows(function):
    def told(*args, **kwargs):
        placed = function(*args, **kwargs)
        if placed is not None:
            tell(placed)
        return placed

    return told


source = Source(NOW_MS, STEP['number'], STEP['price'], STEP['held'])
for name, function in source.functions().items():
    globals()[name] = follows(function)


def handle(context):
    globals()[STEP['function']](*STEP['arguments'])


handle(source.context)
