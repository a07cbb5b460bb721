"""Efron's way to treat tied times beside Breslow's."""
