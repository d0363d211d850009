"""Runs one handler as Lambda's Python runtime does: python3 -c <this> FILE EXPORT

Events are lines of JSON on descriptor 4, answers lines on descriptor 3, of which the first says that the
handler is loaded.
"""
import sys

if sys.path and sys.path[0] == "":
    # Nothing that lies beside the handler may stand in for the modules that are needed here.
    del sys.path[0]

import decimal
import importlib.util
import json
import logging
import os
import time
import traceback

FILE, EXPORT = sys.argv[1], sys.argv[2]
MODULE = os.path.splitext(os.path.basename(FILE))[0]
EVENTS = os.fdopen(4, "rb")
ANSWERS = os.fdopen(3, "wb")


class LambdaContext:
    """What a handler may ask about the invocation."""

    def __init__(self, event):
        self._deadline = time.monotonic() + event["remaining"] / 1000
        self.aws_request_id = event["id"]
        self.invoked_function_arn = event["arn"]
        self.function_name = event["name"]
        self.function_version = "$LATEST"
        self.memory_limit_in_mb = "128"
        self.log_group_name = "/aws/lambda/" + event["name"]
        self.log_stream_name = "local"
        self.client_context = None
        self.identity = None

    def get_remaining_time_in_millis(self):
        return max(0, int((self._deadline - time.monotonic()) * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


def failure(error_type, message, trace=None):
    return {"errorMessage": message, "errorType": error_type, "stackTrace": trace or []}


def raised(error):
    """An error of the handler's own, and what of its stack is not ours."""
    trace = traceback.format_list(traceback.extract_tb(error.__traceback__)[1:])
    traceback.print_exception(type(error), error, error.__traceback__)
    return failure(type(error).__name__, str(error), trace)


def load():
    """The handler, or what Lambda says when it cannot be loaded."""
    sys.path.insert(0, os.path.dirname(FILE))
    try:
        spec = importlib.util.spec_from_file_location(MODULE, FILE)
        module = importlib.util.module_from_spec(spec)
        sys.modules.setdefault(MODULE, module)
        spec.loader.exec_module(module)
    except ImportError as error:
        traceback.print_exc()
        return None, failure(
            "Runtime.ImportModuleError", f"Unable to import module '{MODULE}': {error}")
    except SyntaxError as error:
        traceback.print_exc()
        return None, failure(
            "Runtime.UserCodeSyntaxError", f"Syntax error in module '{MODULE}': {error}")
    except Exception as error:
        return None, raised(error)
    if not hasattr(module, EXPORT):
        return None, failure(
            "Runtime.HandlerNotFound", f"Handler '{EXPORT}' missing on module '{MODULE}'")
    return getattr(module, EXPORT), None


def plain(value):
    """Numbers from databases are the one thing besides JSON's own that Lambda writes."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def run(handler, event):
    try:
        result = handler(event["event"], LambdaContext(event))
    except Exception as error:
        return json.dumps({"error": raised(error)})
    try:
        return json.dumps({"result": result}, default=plain)
    except (TypeError, ValueError) as error:
        return json.dumps({"error": failure(
            "Runtime.MarshalError", f"Unable to marshal response: {error}")})


def main():
    # Lambda has a handler of its own there, which is why the documentation's functions need none.
    logging.basicConfig(format="[%(levelname)s] %(name)s %(message)s", stream=sys.stderr)
    handler, error = load()
    ANSWERS.write(b'{"ready":true}\n')
    ANSWERS.flush()
    for line in EVENTS:
        event = json.loads(line)
        answer = json.dumps({"error": error}) if error else run(handler, event)
        sys.stdout.flush()
        ANSWERS.write(answer.encode() + b"\n")
        ANSWERS.flush()


main()
