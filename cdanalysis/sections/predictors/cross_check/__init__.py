"""The same model by a second library."""
