"""What the figures of several sections share: theme, axes, Kaplan-Meier and forest figures."""
