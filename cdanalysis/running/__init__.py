"""Who runs the batches of a long computation (`statistics/batches.py`): the cores of this machine, or a Dask cluster."""
