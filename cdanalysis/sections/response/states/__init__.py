"""From state to state over the visits."""
