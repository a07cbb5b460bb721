"""What the words of several sections share: number formats, labels, escapes, footers, conventions."""
