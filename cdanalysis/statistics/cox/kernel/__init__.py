"""The arithmetic under every Cox model: risk sets, the likelihood and its derivatives, Newton, what runs away."""
