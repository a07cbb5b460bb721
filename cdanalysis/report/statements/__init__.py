"""What a report says beside its results: checklist, limitations, references."""
