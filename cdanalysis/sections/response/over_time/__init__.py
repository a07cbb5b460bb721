"""Each patient's course of one measurement over the scheduled visits, and the mean of the groups by response."""
