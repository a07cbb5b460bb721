"""What every page stands in: frame, menu, and the pieces that scripts of our own draw."""
