"""The bundle, the ledger, settings files."""
