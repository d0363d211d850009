"""A Lambda handler in Python behind plain HTTP, as a webhook of Lifeguard's.

SECRET=... python3 handler_webhook.py <port, 0 = any> <file>

First line: {"ready":true,"port":...}
"""
import hashlib
import hmac
import importlib.util
import json
import os
import sys
import threading
import time
import types
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, FILE = sys.argv[1:3]
spec = importlib.util.spec_from_file_location("handler", FILE)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)


def is_signed(headers, body):
    timestamp = headers.get("X-Lifeguard-Timestamp", "")
    mac = hmac.new(os.environ["SECRET"].encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    given = headers.get("X-Lifeguard-Signature", "")
    return hmac.compare_digest(f"v1={mac.hexdigest()}", given) and abs(time.time() - int(timestamp)) < 300


class Webhook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_signed(self.headers, body):
            return self.answer(401, b"")
        try:
            returned = module.lambda_handler(json.loads(body), types.SimpleNamespace(function_name="webhook"))
            return self.answer(200, json.dumps(returned).encode())
        except Exception as error:
            return self.answer(400, json.dumps({"errorMessage": str(error)}).encode())

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def end_with_parent(parent):
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
server = ThreadingHTTPServer(("127.0.0.1", int(PORT)), Webhook)
print(json.dumps({"ready": True, "port": server.server_port}), flush=True)
sys.stdout = sys.stderr
server.serve_forever()
