"""Who does the work: this process, a pool of processes, or a cluster.

All are executors of ``concurrent.futures``; a crew adds how many jobs it can have in hand, and how
to go on when a worker has died.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, Protocol, TypeVar

from handouts.diagnostics import Diagnostic, WorkerError

T = TypeVar("T")

# Jobs for each worker: one that it does, one that waits for it.
_IN_HAND = 2


class Crew(Protocol):
    """``size`` is how many jobs are done at a time, ``in_hand`` how many it should be given."""

    size: int
    in_hand: int

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        """Raises WorkerError: there is nobody to do it."""

    def has_lost_worker(self, error: BaseException) -> bool:
        """Whether a job failed since whoever did it is dead; other jobs may have gone with it."""

    def has_gone(self, error: BaseException) -> bool:
        """Whether nobody is there any more."""

    def check(self) -> None:
        """Raises WorkerError: nobody is left to do what is in hand."""

    def explained(self, error: Exception) -> Exception:
        """What to tell a person of the error by which a job ended."""

    def close(self, *, at_once: bool = False) -> None:
        """End when all is done, or at once."""


class OwnProcess:
    """Does each job when it is given."""

    size = 1
    in_hand = 1

    def __init__(self) -> None:
        _keep_what_is_loaded()

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(work(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def has_lost_worker(self, error: BaseException) -> bool:
        return False

    def has_gone(self, error: BaseException) -> bool:
        return False

    def check(self) -> None:
        pass

    def explained(self, error: Exception) -> Exception:
        return error

    def close(self, *, at_once: bool = False) -> None:
        pass


AFTER_A_DEATH = 0.2  # seconds until another pool is started


class Pool:
    """Processes on this machine; they are started with the first job.

    They are started from a server that has loaded the program (or anew, where there is none), not
    forked from this process: a fork would inherit the lock on the output.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.in_hand = _IN_HAND * size
        self._executor: Executor | None = None

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        try:
            if self._executor is None:
                self._executor = self._started()
            try:
                return self._executor.submit(work, *arguments)
            except (BrokenProcessPool, ConnectionError, EOFError):
                # The processes have died, or what starts and tracks them has, and is not yet
                # known to be dead: it is started again with the next pool.
                time.sleep(AFTER_A_DEATH)
                self._executor = self._started()
                return self._executor.submit(work, *arguments)
        except (OSError, EOFError) as error:
            hint = "see whether the machine has memory and processes left, and run it again"
            message = f"no worker can be started: {error}"
            raise WorkerError(Diagnostic(message, hint=hint)) from error

    def _started(self) -> Executor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(["handouts.batch.jobs", "icu4py.breakers", "PIL.Image"])
        return ProcessPoolExecutor(self.size, context, _begin)

    def has_lost_worker(self, error: BaseException) -> bool:
        return isinstance(error, BrokenProcessPool)

    def has_gone(self, error: BaseException) -> bool:
        return False

    def check(self) -> None:
        pass  # a pool that has lost its workers says so by itself

    def explained(self, error: Exception) -> Exception:
        return _killed() if self.has_lost_worker(error) else error

    def close(self, *, at_once: bool = False) -> None:
        if self._executor is not None:
            if at_once:
                for process in multiprocessing.active_children():
                    process.terminate()
            # Its threads must have ended before Python does, which otherwise trips over them.
            self._executor.shutdown(cancel_futures=True)


def _begin() -> None:
    """What a worker of the pool does first: outlive Ctrl-C, but not its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _keep_what_is_loaded()


def _keep_what_is_loaded() -> None:
    """Spare it when garbage is looked for, which would take a twentieth of the time."""
    gc.collect()
    gc.freeze()


def _end_with(parent: Any) -> None:
    """A parent that was killed tells nobody. Its workers would wait for jobs for ever."""
    parent.join()
    os._exit(1)


class Cluster:
    """The workers of a Dask scheduler. They see the library and the output at the same places.

    A job whose worker dies is given to another one by the scheduler itself.
    """

    def __init__(self, address: str) -> None:
        """Raises WorkerError: nobody answers, or there are no workers."""
        try:
            from distributed import Client
            from distributed.comm.addressing import get_address_host
        except ImportError as error:
            raise WorkerError(
                Diagnostic(
                    "what talks to a cluster is not installed",
                    hint='run: pip install "patient-handouts[cluster]"',
                )
            ) from error
        for name in ("distributed", "distributed.client", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what is wrong is told in words
        self._address = address
        hint = "see whether the scheduler runs there, with the same version of Dask"
        try:
            get_address_host(address)  # a client of nonsense would hang when it is thrown away
            connect: Any = Client  # it has no types
            self._client = connect(address, timeout=10, set_as_default=False)
            threads = sum(self._client.nthreads().values())
        except (OSError, ValueError, TimeoutError) as error:
            message = f'no scheduler answers at "{address}": {error}'
            raise WorkerError(Diagnostic(message, hint=hint)) from error
        if not threads:
            self._client.close()
            raise self._without_workers()
        self._executor: Executor = self._client.get_executor(pure=False)
        self.size = threads
        self.in_hand = _IN_HAND * threads

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        try:
            return self._executor.submit(work, *arguments)
        except Exception as error:
            raise self._gone() from error

    def check(self) -> None:
        try:
            threads = self._client.nthreads()
        except Exception as error:
            raise self._gone() from error
        if not threads:
            raise self._without_workers()

    def _without_workers(self) -> WorkerError:
        hint = f"start some: dask worker {self._address}"
        return WorkerError(
            Diagnostic(f'the scheduler at "{self._address}" has no workers', hint=hint)
        )

    def _gone(self) -> WorkerError:
        return WorkerError(
            Diagnostic(
                f'the scheduler at "{self._address}" no longer answers',
                hint="start it, and run the batch again: it goes on where it stopped",
            )
        )

    def has_lost_worker(self, error: BaseException) -> bool:
        return type(error).__name__ == "KilledWorker"  # several, one after the other

    def has_gone(self, error: BaseException) -> bool:
        return type(error).__name__ in _LOST

    def explained(self, error: Exception) -> Exception:
        if self.has_lost_worker(error):
            return _killed()
        return self._gone() if self.has_gone(error) else error

    def close(self, *, at_once: bool = False) -> None:
        with suppress(Exception):  # a scheduler that is gone cannot be told
            self._executor.shutdown(wait=False)
        with suppress(Exception):
            self._client.close(timeout=2 if at_once else 10)


# What Dask's futures raise when their scheduler is gone; some of it cannot be imported by name.
_LOST = frozenset({"CancelledError", "CommClosedError", "FutureCancelledError", "TimeoutError"})


def _killed() -> WorkerError:
    return WorkerError(
        Diagnostic(
            "whoever was to make this died at it, more than once",
            hint="see whether the machine has enough memory; if it has, please report it",
        )
    )
