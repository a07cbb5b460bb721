"""Imported before numpy: one thread for its linear algebra.

The matrices of the tests are small. A second thread finds nothing to do in them and waits at full speed, which cost a third of
the CPU of some tests, and two workers have the two cores anyway.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
