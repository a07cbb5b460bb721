"""What every test shares: pages whose tables can be read."""

from __future__ import annotations

import page_tables

page_tables.install()
