"""An addon of mitmdump's: prints "ready HOST:PORT" once it listens, as the programs of these tests do."""
import re


def add_log(entry):
    if listening := re.search(r"server listening at (\S+)", entry.msg):
        print(f"ready {listening[1]}", flush=True)
