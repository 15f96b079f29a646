"""The platform, for stories that also stop it and kill it."""

import json
import subprocess
import threading

from checks import HERE, wait_until


class Platform:
    """`larkspur serve` with one folder and one address, however often it is started."""

    def __init__(self, larkspur, folder):
        self.command = [larkspur, "serve", "--no-rate-limit", "--data", folder / "data"]
        self.ready_file, self.log = folder / "ready.json", folder / "log"
        self.up = threading.Event()
        self.process = self.ready = None

    def start(self):
        self.ready_file.unlink(missing_ok=True)
        address = ["--addr", self.ready["base_url"].removeprefix("http://") if self.ready else "127.0.0.1:0"]
        seed = [] if self.ready else ["--seed", HERE / "seed.toml"]
        more = [*address, *seed, "--ready-file", self.ready_file]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([*self.command, *more], stdout=subprocess.DEVNULL, stderr=log)
        wait_until("the platform is ready", lambda: self.ready_file.exists() or self.process.poll())
        self.ready = json.loads(self.ready_file.read_text(encoding="utf-8"))
        self.up.set()

    def stop(self, how):
        self.up.clear()
        self.process.send_signal(how)
        return self.process.wait(20)

    def end(self):
        """Leaves nothing behind, whatever happened."""
        if self.process and self.process.poll() is None:
            self.process.kill()
