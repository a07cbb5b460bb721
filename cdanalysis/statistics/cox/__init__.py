"""The Cox model: one batched Newton, of which a single fit is a batch of one."""
