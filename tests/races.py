"""Acts that happen at the same moment."""

from threading import Barrier, Thread

from django.db import close_old_connections, connection


def at_once(*acts):
    """Run the acts in a thread each, started together; return what each returned or raised."""
    barrier = Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        try:
            barrier.wait()
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            close_old_connections()
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
